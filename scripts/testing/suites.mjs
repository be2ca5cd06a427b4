import { findChromium } from '../vscode/chromium.mjs';
import { buildBundles } from '../setup/build.mjs';
import { runChecks } from './checks.mjs';
import { runMocha } from './run-mocha.mjs';
import { runPythonTests } from './run-python.mjs';
import { runVscodeSuites } from './vscode-suites.mjs';

/** @typedef {{ vscode: string, grep?: string | undefined }} Options */
/**
 * @typedef {object} Suite
 * @property {string} name the word that selects it, and for a suite of mocha tests the folder of test/
 * @property {Array<() => Promise<unknown>>} needs what must be there first, in order; each does nothing where it is
 * @property {boolean} [optional] it may find nothing to run on; it says so then
 * @property {(options: Options) => Promise<import('./report.mjs').Counts>} run
 */

const minute = 60_000;

/** Where the journeys find the package. */
const vsix = async () => (process.env.COREWISE_VSIX = await (await import('../setup/vsix.mjs')).makeVsix());

/** Tests and what they start find the browser here. */
const chromium = async () => (process.env.CHROME_PATH = await findChromium());

/** @param {string} name @param {number} boundMs @returns {Suite['run']} */
const mocha = (name, boundMs) => ({ vscode, grep }) =>
  runMocha(name, { boundMs, grep, env: { COREWISE_VSCODE: vscode } });

/** In the order in which they run: the quickest to tell of a mistake first. @type {Suite[]} */
export const suites = [
  { name: 'check', needs: [], run: runChecks },
  { name: 'unit', needs: [], run: mocha('unit', 10 * minute) },
  { name: 'python', needs: [], optional: true, run: runPythonTests },
  { name: 'contract', needs: [buildBundles], run: mocha('contract', 15 * minute) },
  { name: 'panel', needs: [buildBundles, chromium], run: mocha('panel', 10 * minute) },
  { name: 'vscode', needs: [buildBundles, chromium], run: runVscodeSuites },
  { name: 'journey', needs: [chromium, vsix], run: mocha('journey', 10 * minute) },
];
