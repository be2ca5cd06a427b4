import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { barrierServer } from './barrier-server.mjs';
import { runAll } from './pool.js';

const size = 2 * availableParallelism();
const server = await barrierServer(size);
const paths = Array.from({ length: size }, (_, i) => `/${i}`);

const hashes = await runAll(paths.map(server.url));
const expected = paths.map((path) => createHash('sha256').update(`body of ${path}`).digest('hex'));
if (hashes.every((hash, i) => hash === expected[i])) console.log('hashes in order, more requests under way than threads');
await runAll([server.url('/missing')]).catch((error) => console.log(`missing page: ${/404/.exec(error.message)}`));
server.close();
