import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../setup/root.mjs';
import { start } from '../setup/processes.mjs';
import { bundleTests } from './bundle-tests.mjs';
import { none } from './report.mjs';
import { watch } from './watchdog.mjs';

export const reportsFolder = path.join(root, 'out/reports');

/**
 * Fresh files for what one test process reports.
 * @param {string} name of the suite
 */
export async function reportFiles(name) {
  await mkdir(reportsFolder, { recursive: true });
  const reportFile = path.join(reportsFolder, `${name}-${process.pid}.json`);
  const stackFile = path.join(reportsFolder, `${name}-${process.pid}.stack.json`);
  await rm(reportFile, { force: true });
  await rm(stackFile, { force: true });
  return { reportFile, stackFile };
}

/**
 * Runs the tests of a folder of test/ in one Node process, from the root.
 * @param {string} folder
 * @param {{ boundMs: number, grep?: string | undefined, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<import('./report.mjs').Counts>}
 */
export async function runMocha(folder, { boundMs, grep, env }) {
  const files = await bundleTests(folder);
  if (files.length === 0) return none;
  const { reportFile, stackFile } = await reportFiles(folder.replaceAll('/', '-'));
  const mocha = [
    ...['node_modules/mocha/bin/_mocha', '--reporter', 'scripts/testing/reporter.cjs', '--timeout', '20000'],
    ...(process.env.CI ? ['--forbid-only'] : []),
    ...(grep === undefined ? [] : ['--grep', grep]),
  ];
  const node = ['--enable-source-maps', '--require', './scripts/testing/stack-teller.cjs'];
  const child = start(process.execPath, [...node, ...mocha, ...files], {
    cwd: root,
    env: { ...process.env, ...env, COREWISE_TEST_REPORT: reportFile, COREWISE_STACK_FILE: stackFile },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return watch(child, { reportFile, stackFile, boundMs });
}
