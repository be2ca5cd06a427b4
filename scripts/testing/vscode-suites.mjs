import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { start } from '../setup/processes.mjs';
import { root } from '../setup/root.mjs';
import { makeProfile } from '../vscode/profile.mjs';
import { bundle, bundleTests } from './bundle-tests.mjs';
import { follow } from './follow.mjs';
import { glob } from './glob.mjs';
import { none, ran, sum } from './report.mjs';
import { reportFiles } from './run-mocha.mjs';
import { watch } from './watchdog.mjs';

/**
 * A folder of test/vscode/ with a suite.json: its tests share one launch of VS Code.
 * @typedef {object} LaunchedSuite
 * @property {string} [workspace] a folder of the project; the tests get a copy of it. None: an empty folder
 * @property {boolean} [trust] false: in Restricted Mode
 * @property {object} [settings] of the user
 * @property {string[]} [extensions] folders of the project with extensions that are installed beside ours
 */

const boundMs = 5 * 60_000;

/** Runs every launch. @param {import('./suites.mjs').Options} options */
export async function runVscodeSuites(options) {
  const folders = (await glob('test/vscode', /^suite\.json$/)).map((file) => path.posix.dirname(file));
  await refuseOrphans(folders);
  await bundle(['test/vscode/index.ts']);
  let counts = none;
  for (const folder of folders) counts = sum(counts, await runLaunch(folder.slice('test/'.length), options));
  return counts;
}

/** A test that no launch takes would never run. @param {string[]} folders of the launches */
async function refuseOrphans(folders) {
  const tests = await glob('test/vscode', /\.test\.tsx?$/);
  const orphans = tests.filter((test) => !folders.some((folder) => test.startsWith(`${folder}/`)));
  if (orphans.length > 0) throw new Error(`In no folder with a suite.json, and so never run: ${orphans.join(', ')}`);
}

/**
 * @param {string} folder below test/, such as `vscode/trusted`
 * @param {import('./suites.mjs').Options} options
 */
async function runLaunch(folder, { vscode, grep }) {
  const files = await bundleTests(folder);
  if (files.length === 0) return none;
  console.log(`\n  ${folder} on VS Code ${vscode}`);
  /** @type {LaunchedSuite} */
  const { workspace, trust = true, settings, extensions = [] } = JSON.parse(await readFile(path.join(root, 'test', folder, 'suite.json'), 'utf8'));
  const others = extensions.map((extension) => path.join(root, extension));
  const profile = await makeProfile({ workspace: workspace && path.join(root, workspace), settings, extensions: others });
  const { reportFile, stackFile } = await reportFiles(folder.replaceAll('/', '-'));
  const outputFile = reportFile.replace(/json$/, 'txt');
  const launch = { vscode, restricted: !trust, workspace: profile.workspace, data: profile.data, extensions: profile.extensions };
  const child = await startLogged(['scripts/testing/run-in-vscode.mjs', JSON.stringify(launch)], folder, {
    COREWISE_TEST_FILES: JSON.stringify(files.map((file) => path.join(root, file))),
    COREWISE_TEST_REPORTER: path.join(root, 'scripts/testing/reporter.cjs'),
    COREWISE_TEST_REPORT: reportFile,
    COREWISE_TEST_OUTPUT: outputFile,
    ...(grep === undefined ? {} : { COREWISE_TEST_GREP: grep }),
  });
  const stopFollowing = follow(outputFile);
  try {
    const counts = await watch(child, { reportFile, stackFile, boundMs });
    if (ran(counts) <= 1 && counts.failed > 0) console.log(await tail(logOf(folder)));
    return counts;
  } finally {
    stopFollowing();
    await profile.remove();
  }
}

/** @param {string} name */
const logOf = (name) => path.join(root, 'out/logs', `${name.replaceAll('/', '-')}.log`);

/** The end of a log, for a VS Code that did not come as far as its tests. @param {string} file */
async function tail(file) {
  return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-15).join('\n');
}

/**
 * Starts Node with its output in a log file: VS Code's own is too long for the screen.
 * @param {string[]} args
 * @param {string} name of the log
 * @param {NodeJS.ProcessEnv} env
 */
async function startLogged(args, name, env) {
  const file = logOf(name);
  await mkdir(path.dirname(file), { recursive: true });
  console.log(`  (its log: ${path.relative(root, file)})`);
  const log = openSync(file, 'w');
  const child = start(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', log, log] });
  closeSync(log);
  return child;
}
