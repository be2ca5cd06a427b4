/** Corewise in the benchmarks: the real engine (see build-engine.mjs) with the built runner and analyst of dist/. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { dist, engineFile } from './build-engine.mjs';

/** How long a spare gets to start its threads before a run is timed, ms: more than it needs. */
const spareSettles = 1000;

/** A folder for what an engine keeps between its lives: compiled code, linked modules. */
export const makeCache = () => mkdtempSync(join(tmpdir(), 'corewise-bench-'));

/** An engine with the settings of a fresh installation, running on this very Node; with a cache of its own, or a given one. */
export function openEngine({ spare = true, cache } = {}) {
  const { createEngine } = createRequire(import.meta.url)(engineFile);
  const own = cache === undefined ? makeCache() : null;
  const engine = createEngine({ dist, cache: cache ?? own, spare, nodePath: process.execPath, env: process.env, log: () => {} });
  return {
    engine,
    async dispose() {
      // A spare does not keep this process alive, but its end has to be waited for.
      const alive = setInterval(() => {}, 1000);
      await engine.dispose();
      clearInterval(alive);
      if (own) rmSync(own, { recursive: true, force: true });
    },
  };
}

export const fixture = (name) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

/** An iterator of `n` inputs, as a person would write one: `input` each time, or the numbers from 0. */
export const iterable = (n, input = 'i') => `(function* () { for (let i = 0; i < ${n}; i++) yield ${input}; })()`;

/** What a run is asked for: one of the functions of `file` over `inputs`, everything else as by default. */
export function request({ file = fixture('tasks.mjs'), task, inputs, language = 'javascript', ...rest }) {
  return {
    target: { language, file, function: task, line: 1, column: 1 },
    inputs: { kind: 'expression', text: inputs },
    plan: { model: 'threads' },
    ...rest,
  };
}

/** One run to its end. Throws where a task failed: a benchmark of failures measures nothing. */
export async function runToEnd(engine, wish) {
  const data = await engine.start(wish).ended;
  if (data.outcome !== 'completed' || data.counts.failed > 0) {
    throw new Error(`The run ${data.outcome}: ${data.message ?? data.errors[0]?.message}`);
  }
  return data;
}

/** The same on a spare that has had the time to get ready. */
export async function runWarm(engine, wish) {
  engine.warm(wish.target.file);
  await sleep(spareSettles);
  const data = await runToEnd(engine, wish);
  if (data.processStartMs !== null) throw new Error('The run was to take the spare, and did not.');
  return data;
}
