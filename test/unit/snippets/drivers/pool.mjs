import { Piscina } from 'piscina';
import { runAll } from './pool.js';

let made = 0;
let ended = 0;
const { run, destroy } = Piscina.prototype;
const seen = new WeakSet();
Piscina.prototype.run = function (...args) {
  if (!seen.has(this)) made++;
  seen.add(this);
  return run.apply(this, args);
};
Piscina.prototype.destroy = async function () {
  await destroy.call(this);
  if (this.threads.length === 0) ended++;
};

console.log(await runAll([10, 100, 1000]));
await runAll([10, Symbol('no copy')]).catch((error) => console.log(`uncloneable input: ${error.name}`));
const stop = new AbortController();
const endless = runAll([Number.MAX_SAFE_INTEGER], stop.signal);
setTimeout(() => stop.abort(), 20);
await endless.catch((error) => console.log(`aborted: ${error.name}`));
console.log(`pools ended: ${ended} of ${made}`);
