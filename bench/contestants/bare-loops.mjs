/** The ideal: each thread loops over its share; nothing is sent but "go" and "done". */
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

export async function start({ file, task, threads }) {
  const workers = Array.from({ length: threads }, () => new Worker(new URL(import.meta.url), { workerData: { file, task } }));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  return {
    async runAll(n, input) {
      const done = workers.map((worker) => once(worker, 'message'));
      for (const [i, worker] of workers.entries()) worker.postMessage({ n: Math.floor((n + i) / threads), input });
      await Promise.all(done);
    },
  };
}

if (!isMainThread && workerData?.task) {
  const run = (await import(workerData.file))[workerData.task];
  let kept = 0;
  parentPort.on('message', ({ n, input }) => {
    for (let i = 0; i < n; i++) kept += run(input ?? i) & 1;
    parentPort.postMessage(kept);
  });
  parentPort.postMessage('ready');
}
