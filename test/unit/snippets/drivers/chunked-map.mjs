import { Piscina } from 'piscina';
import { mapInChunks } from './map.js';

const pool = new Piscina({ filename: new URL('./worker.js', import.meta.url).href, minThreads: 2, maxThreads: 2 });
const items = Array.from({ length: 1000 }, (_, i) => i);

const squares = await mapInChunks(pool, items);
console.log(`${squares.filter((square, i) => square === i * i).length} squares in order`);
console.log(`${pool.completed} messages`);
const before = pool.completed;
await mapInChunks(pool, items, 300);
console.log(`${pool.completed - before} messages of up to 300`);
if ((await mapInChunks(pool, [])).length === 0) console.log('nothing in, nothing out');
await pool.destroy();
