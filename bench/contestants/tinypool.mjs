import { importPeer } from '../lib/peers.mjs';

export async function start({ file, task, threads, concurrency = 1 }) {
  const { default: Tinypool } = await importPeer('tinypool');
  const pool = new Tinypool({ filename: file, name: task, minThreads: threads, maxThreads: threads, concurrentTasksPerWorker: concurrency });
  return { run: (input) => pool.run(input) };
}
