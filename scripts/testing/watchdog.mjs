// Waits for a test process with a bound, and tells what it was doing if it hangs.
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { descendants } from '../setup/process-table.mjs';
import { end, exited, isRunning } from '../setup/processes.mjs';
import { oneFailed, readReport, sum } from './report.mjs';

/** After its last test a process has this long to let go of what it holds. */
const closingMs = 15_000;

/**
 * Waits until the process has exited; ends it, with all it started, when the bound is over.
 * @param {import('node:child_process').ChildProcess} child
 * @param {{ reportFile: string, stackFile: string, boundMs: number, print?: (text: string) => void }} how
 * @returns {Promise<import('./report.mjs').Counts>} of its report; a hang or a crash counts as a failure more
 */
export async function watch(child, { reportFile, stackFile, boundMs, print = console.log }) {
  const complaint = await complaintOf(child, reportFile, boundMs);
  if (complaint) {
    print(`\n✖ ${complaint}`);
    if (isRunning(child)) print(await hangReport(child, stackFile));
  }
  await end(child);
  const report = await readReport(reportFile);
  return complaint ? sum(report, oneFailed) : report;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} reportFile
 * @param {number} boundMs
 * @returns {Promise<string | undefined>} what is wrong with the way it ended, if anything
 */
async function complaintOf(child, reportFile, boundMs) {
  const start = performance.now();
  while (!(await exited(child, 500))) {
    if ((await readReport(reportFile)).ended && !(await exited(child, closingMs))) {
      return `All tests have ended, and their process still runs ${closingMs / 1000} s later: something was left open.`;
    }
    if (performance.now() - start > boundMs && isRunning(child)) {
      const { running } = await readReport(reportFile);
      return `Not done in ${boundMs / 1000} s. Running: ${running}`;
    }
  }
  const { running, ended, failed } = await readReport(reportFile);
  if (!ended) return `The test process died (${child.signalCode ?? `code ${child.exitCode}`}). Running: ${running}`;
  if (failed === 0 && child.exitCode !== 0) return `The test process ended with code ${child.exitCode}.`;
  return undefined;
}

/** @param {import('node:child_process').ChildProcess} child @param {string} stackFile */
async function hangReport(child, stackFile) {
  const tree = descendants(child.pid ?? 0).map(({ pid, command }) => `  ${pid} ${command.slice(0, 200)}`);
  return ['Processes that it started:', ...tree, 'JavaScript stack:', ...(await askStack(stackFile))].join('\n');
}

/**
 * Asks stack-teller.cjs, which is in the process if it was started with it.
 * @param {string} stackFile
 * @returns {Promise<string[]>} one line a frame
 */
async function askStack(stackFile) {
  await writeFile(stackFile, '');
  for (let tries = 0; tries < 20; tries++) {
    await delay(250);
    const stack = await readFile(stackFile, 'utf8').then(JSON.parse).catch(() => null);
    if (stack !== null) return stack.map((/** @type {string} */ frame) => `  ${frame}`);
  }
  return ['  (no answer)'];
}
