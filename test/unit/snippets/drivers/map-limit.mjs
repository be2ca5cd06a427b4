import { Crowd } from './crowd.mjs';
import { mapLimit } from './map.js';

const crowd = new Crowd();
function* numbers(count) {
  for (let i = 0; i < count; i++) yield i;
}

const tens = await mapLimit(numbers(6), 3, (n, index) => crowd.join(() => n * 5 + index * 5));
console.log(tens, `with at most ${crowd.most} under way`);
console.log('more pullers than items:', await mapLimit([1], 9, async (n) => n * 10));

const failing = new Crowd();
const fail = (n) => {
  if (n === 1) throw new Error(`no ${n}`);
};
try {
  await mapLimit(numbers(100), 3, (n) => failing.join(() => fail(n)));
} catch (error) {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  // Three at first; one of them took a fourth item before the second failed.
  console.log(`failed: ${error.message}; calls started: ${failing.started}`);
}
await mapLimit([1], 0, async (n) => n).catch((error) => console.log(String(error)));
