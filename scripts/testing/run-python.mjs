import { spawn } from 'node:child_process';
import { root } from '../setup/root.mjs';
import { none } from './report.mjs';

/** What Debian, macOS, pyenv and Windows call it. */
const names = ['python3', 'python', ...[14, 13, 12, 11, 10, 9].map((minor) => `python3.${minor}`)];
const question = 'import sys; print(sys.executable if sys.version_info >= (3, 9) else "")';
const boundMs = 3 * 60_000;

/** A Python that is new enough, or null. @returns {Promise<string | null>} */
async function findPython() {
  const chosen = process.env.PYTHON;
  for (const name of chosen ? [chosen] : names) {
    const { code, output } = await ask(name, ['-I', '-c', question]);
    if (code === 0 && output.trim() !== '') return output.trim();
  }
  return null;
}

/**
 * Runs a program and shows what it prints, or keeps it.
 * @param {string} program @param {string[]} args @param {boolean} [shown]
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function ask(program, args, shown = false) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], timeout: boundMs, killSignal: 'SIGKILL' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output += text;
        if (shown) process.stdout.write(text);
      });
    }
    child.on('error', () => resolve({ code: null, output }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** The unit tests of the runner for Python, by its own unittest. @returns {Promise<import('./report.mjs').Counts>} */
export async function runPythonTests() {
  const python = await findPython();
  if (python === null) {
    console.log('  – Skipped: no Python 3.9 or newer was found. Install one, or name it in PYTHON.');
    return { ...none, skipped: 1 };
  }
  console.log(`  with ${python}`);
  const { code, output } = await ask(python, ['-B', '-W', 'error::ResourceWarning', '-m', 'unittest', 'discover', '-s', 'test/python', '-t', 'test/python'], true);
  const ran = Number(/^Ran (\d+) test/m.exec(output)?.[1] ?? 0);
  const count = (/** @type {string} */ what) => Number(new RegExp(`^(?:OK|FAILED) \\(.*?\\b${what}=(\\d+)`, 'm').exec(output)?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  const skipped = count('skipped');
  // What broke before it could be counted is one failure.
  return { passed: ran - failed - skipped, failed: code === 0 || failed > 0 ? failed : 1, skipped };
}
