import { importPeer } from '../lib/peers.mjs';

/** One task a message, as Piscina is made to be used; `concurrency` tasks wait in each thread. */
export async function start({ file, task, threads, concurrency = 1 }) {
  const { Piscina } = (await importPeer('piscina')).default;
  const pool = new Piscina({ filename: file, name: task, minThreads: threads, maxThreads: threads, concurrentTasksPerWorker: concurrency });
  return { run: (input) => pool.run(input) };
}
