import { Piscina } from 'piscina';
import { DrainingPool } from './pool.js';

const filename = new URL('./held-task.mjs', import.meta.url).href;
const newPool = (threads) => new Piscina({ filename, minThreads: threads, maxThreads: threads });
const newFlag = () => new Int32Array(new SharedArrayBuffer(4));
const release = (flag) => {
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
};

const pool = newPool(2);
const draining = new DrainingPool(pool);
const flags = [newFlag(), newFlag()];
const tasks = ['first', 'second'].map((name, i) => draining.run({ name, flag: flags[i] }));
const closed = draining.close();
release(flags[0]);
await tasks[0];
// Long enough for a pool that closes too early to show it.
for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
console.log(`after the first: ${pool.threads.length} threads live`);
release(flags[1]);
console.log(await Promise.all(tasks));
await draining.run({ name: 'late', flag: newFlag() }).catch((error) => console.log(`refused: ${error.message}`));
await closed;
console.log(`closed: ${pool.threads.length} threads live`);

const hasty = new DrainingPool(newPool(1));
const endless = hasty.run({ name: 'endless', flag: newFlag() }).catch((error) => console.log(`over the limit: ${error.message}`));
await Promise.all([hasty.close(20), endless]);
