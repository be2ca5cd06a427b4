import { fileURLToPath } from 'node:url';
import { importPeer } from '../lib/peers.mjs';

/** A fixed pool with task queues in its workers: the fastest that Poolifier offers. */
export async function start({ task, threads, concurrency = 1 }) {
  const { FixedThreadPool } = await importPeer('poolifier');
  const worker = fileURLToPath(new URL('poolifier-worker.mjs', import.meta.url));
  const pool = new FixedThreadPool(threads, worker, {
    enableTasksQueue: concurrency > 1,
    ...(concurrency > 1 ? { tasksQueueOptions: { concurrency } } : {}),
  });
  return { run: (input) => pool.execute(input, task) };
}
