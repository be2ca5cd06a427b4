/** Entry of the analysis thread: small, so that it starts at once; the bundle with TypeScript in it comes from the code cache. */
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { loadCached } from './code-cache';
import type * as Core from './core';
import type { ThreadData } from './protocol';

const { codeCache } = workerData as ThreadData;
const loaded = loadCached(path.join(__dirname, 'analyst-core.js'), codeCache);
const { serve } = loaded.exports as typeof Core;

/** How long the thread has to be idle before it spends time on its next start. */
const idleMs = 300;
let idle: NodeJS.Timeout | undefined;

serve(parentPort!, () => {
  clearTimeout(idle);
  idle = setTimeout(loaded.keep, idleMs);
});
