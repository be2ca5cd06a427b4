import { gatherWithin } from './gather.js';

const alive = setInterval(() => {}, 1000);
let given;
const never = (_, signal) => {
  given = signal;
  return new Promise(() => {});
};
const aborted = () => `others aborted: ${given.aborted}`;

console.log(await gatherWithin([1, 2], async (n) => n * 2));

await gatherWithin([1, 2], never, 20).catch((error) => console.log(`time-out: ${error.name}, ${aborted()}`));

const failOnTwo = (n, signal) => (n === 2 ? Promise.reject(new Error('two')) : never(n, signal));
await gatherWithin([1, 2], failOnTwo).catch((error) => console.log(`failure: ${error.name}, ${aborted()}`));

const stop = new AbortController();
setTimeout(() => stop.abort('stopped by hand'), 20);
await gatherWithin([1], never, 60_000, stop.signal).catch((why) => console.log(`aborted by the caller: ${why}, ${aborted()}`));

let calls = 0;
await gatherWithin([1], async () => calls++, 60_000, stop.signal).catch((why) => console.log(`aborted before: ${why}, calls: ${calls}`));
clearInterval(alive);
