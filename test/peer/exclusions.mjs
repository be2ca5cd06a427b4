/** Tests of Piscina that do not hold for the bundle, and why that is right. One that passes after all is an error. */

/**
 * Piscina's package is one set of modules in a thread: its worker file and a task that imports `piscina` share state
 * (whether this is a worker thread, the worker data, the private mark of moved objects). The runner ships two bundles,
 * the pool's half and the thread's half, and a task of a user who imports `piscina` gets the package of their own
 * project, which never is the runner's. So nothing can share that state, and nothing of ours relies on it.
 */
const ownPackageInThread = 'A task that imports piscina does not share state with the thread it runs in';

const excluded = {
  'fixed-queue.test.ts': ['simple integraion with Piscina'],
  'move-test.test.ts': ['Moving works'],
  'simple-test.test.ts': [
    'Piscina.isWorkerThread has the correct value (worker)',
    'Piscina.isWorkerThread has the correct value (worker) with named import',
    'passing valid workerData works',
    'passing valid workerData works with named import',
  ],
  'test-is-buffer-transferred.test.ts': [
    'transferable objects must be transferred',
    'objects that implement transferable must be transferred',
  ],
};

export const exclusions = Object.entries(excluded).flatMap(([file, tests]) =>
  tests.map((test) => ({ file, test, why: ownPackageInThread })),
);
