import { Piscina } from 'piscina';
import { runInPlace } from './transfer.js';

const pool = new Piscina({ filename: new URL('./worker.js', import.meta.url).href, maxThreads: 1 });
const bytes = new Uint8Array([0, 1, 2]);
console.log(await runInPlace(pool, bytes));
console.log(`handed over: ${bytes.length} bytes are left`);
await pool.destroy();
