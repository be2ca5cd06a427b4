import { Crowd } from './crowd.mjs';
import { createLimiter } from './limiter.js';

const crowd = new Crowd();
const limited = createLimiter(2);
const task = (name) => () => {
  if (name === 'b') throw new Error(name);
  return name;
};
const outcomes = await Promise.all(
  ['a', 'b', 'c', 'd', 'e'].map((name) => limited(() => crowd.join(task(name))).catch((error) => `failed: ${error.message}`)),
);
console.log(outcomes, `with at most ${crowd.most} under way`);
const again = await Promise.all(['f', 'g', 'h'].map((name) => limited(() => crowd.join(task(name)))));
console.log(again, `with at most ${crowd.most} under way`);
try {
  createLimiter(NaN);
} catch (error) {
  console.log(String(error));
}
