/** Entry of the analysis thread: small, so that it starts at once; each language's bundle comes from the code cache when it is needed. */
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { loadCached, type CachedCode } from './code-cache';
import type * as Core from './core';
import type { LanguageCore } from './language-core';
import type { Family, ThreadData } from './protocol';
import { serve } from './serve';

const { codeCache } = workerData as ThreadData;

const files: Record<Family, string> = { javascript: 'analyst-core.js', python: 'analyst-python.js' };
const loaded = new Map<Family, { readonly code: CachedCode; readonly core: LanguageCore }>();

function load(family: Family): LanguageCore {
  let known = loaded.get(family);
  if (!known) {
    const code = loadCached(path.join(__dirname, files[family]), codeCache);
    known = { code, core: (code.exports as typeof Core).createCore() };
    loaded.set(family, known);
  }
  return known.core;
}

/** How long the thread has to be idle before it spends time on its next start. */
const idleMs = 300;
let idle: NodeJS.Timeout | undefined;

serve(parentPort!, load, () => {
  clearTimeout(idle);
  idle = setTimeout(() => loaded.forEach(({ code }) => code.keep()), idleMs);
});
