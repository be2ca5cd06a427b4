import { fileURLToPath } from 'node:url';
import { importPeer } from '../lib/peers.mjs';

export async function start({ task, threads }) {
  const { default: workerpool } = await importPeer('workerpool');
  const worker = fileURLToPath(new URL('workerpool-worker.mjs', import.meta.url));
  const pool = workerpool.pool(worker, { workerType: 'thread', minWorkers: threads, maxWorkers: threads });
  return { run: (input) => pool.exec(task, [input]) };
}
