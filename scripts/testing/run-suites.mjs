import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { processesMarked } from '../setup/process-table.mjs';
import { none, oneFailed, onePassed, ran, sum } from './report.mjs';
import { suites } from './suites.mjs';

/** In the environment of everything that a test run starts, so that what is left of it can be told. */
const mark = { name: 'COREWISE_TEST_RUN', value: randomUUID() };

/**
 * @param {string[]} names none: every suite
 * @param {import('./suites.mjs').Options} options
 * @returns {Promise<{ counts: import('./report.mjs').Counts, whole: boolean }>} whole: each suite ran at least one test
 */
export async function runSuites(names, options) {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Error(`No such suite: ${unknown}. There are: ${suites.map(({ name }) => name)}.`);
  const chosen = suites.filter(({ name }) => names.length === 0 || names.includes(name));
  process.env[mark.name] = mark.value;

  let counts = none;
  let whole = true;
  for (const suite of chosen) {
    const own = await runSuite(suite, options);
    if (ran(own) === 0 && options.grep === undefined && !suite.optional) {
      console.log(`✖ The suite ${suite.name} ran no test.`);
      whole = false;
    }
    counts = sum(counts, own);
  }
  counts = sum(counts, await nothingIsLeft());
  return { counts, whole };
}

/**
 * @param {import('./suites.mjs').Suite} suite
 * @param {import('./suites.mjs').Options} options
 */
async function runSuite({ name, needs, run }, options) {
  console.log(`\n── ${name} ──`);
  const start = performance.now();
  try {
    for (const need of needs) await need();
    const counts = await run(options);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`── ${name}: ${counts.passed} passed, ${counts.failed} failed in ${seconds} s`);
    return counts;
  } catch (error) {
    console.log(`✖ ${name}: ${error instanceof Error ? error.stack : error}`);
    return oneFailed;
  }
}

/** A test of all the tests: whatever they started must have ended. Waits a little, for ends that are under way. */
async function nothingIsLeft() {
  if (process.platform !== 'linux') return none;
  const findLeft = () => processesMarked(mark.name, mark.value).filter(({ pid }) => pid !== process.pid);
  for (let tries = 0; tries < 20 && findLeft().length > 0; tries++) await delay(250);
  const left = findLeft();
  for (const { pid, command } of left) {
    console.log(`✖ Left running: ${pid} ${command.slice(0, 200)}`);
    process.kill(pid, 'SIGKILL');
  }
  return left.length === 0 ? onePassed : oneFailed;
}
