/** Links slices and loads them in a fresh Node, and the whole module beside it: a slice must load wherever its module does. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const loader = fileURLToPath(new URL('load-module.mjs', import.meta.url));

/** @returns {Promise<{ outcome: 'loads' | 'both fail' | 'not linked' | 'fails', why?: string, work?: object }[]>} */
export async function loadAll({ link, SourceCache }, chosen, log) {
  const folder = mkdtempSync(join(tmpdir(), 'corewise-slices-'));
  const caches = new Map();
  const cacheOf = (name) => caches.get(name) ?? caches.set(name, new SourceCache()).get(name);
  const outcomes = [];
  try {
    for (const one of chosen) {
      outcomes.push(await outcomeOf(one));
      if (outcomes.length % 50 === 0) log(`${outcomes.length} of ${chosen.length} loaded`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return outcomes;

  async function outcomeOf({ package: name, file, line, name: fn }) {
    const language = /\.[cm]?tsx?$/.test(file) ? 'typescript' : 'javascript';
    const target = { language, file, function: fn, line, column: 1 };
    const linked = await link({ target, inputs: null, cache: join(folder, 'cache') }, { cache: cacheOf(name) });
    if (!linked.ok) return { outcome: 'not linked', code: linked.error.code, why: linked.error.message };
    const slice = await load(linked.value.moduleFile, folder, true);
    if (slice === null) return { outcome: 'loads' };
    // Only Node's own formats can be loaded whole without us.
    const whole = language === 'javascript' ? await load(file, folder, false) : 'TypeScript';
    return whole === null || language === 'typescript' ? { outcome: 'fails', why: slice } : { outcome: 'both fail', why: slice };
  }
}

/** `null` where the module loads, and hands over a function where it has to; else why not. */
function load(file, cwd, isSlice) {
  const child = spawn(process.execPath, [loader, file, isSlice ? 'slice' : 'whole'], { cwd, stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 });
  let said = '';
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(0, 4000)));
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve(code === 0 ? null : signal ? `ended by ${signal}` : firstError(said)));
  });
}

const firstError = (text) => text.split('\n').find((it) => /Error|error/.test(it)) ?? text.split('\n')[0];
