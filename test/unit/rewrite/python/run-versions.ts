/** Runs the before and after files of a recipe with Python. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython, isAtLeast } from '../../../python-interpreter';
import { fixturesFolder, type Case } from './fixtures';

export interface Outcome {
  /** What it printed, on both streams. */
  readonly output: string;
  /** Most calls of the support module that were under way at once. */
  readonly peak: number;
  /** How often a marked function ran, and in how many processes besides the script's own. */
  readonly calls: number;
  readonly workers: number;
}

export interface Versions {
  readonly before: Outcome;
  readonly after: Outcome;
}

const interpreter = findPython();

/** Whether the tests' Python has task groups. */
export const hasGroups = isAtLeast(interpreter, [3, 11]);

const support = join(fixturesFolder, 'support');

/** Both versions of each case, run as scripts; one Python process forks them all. */
export async function runVersions(cases: readonly Case[]): Promise<Map<string, Versions>> {
  const folder = mkdtempSync(join(tmpdir(), 'corewise-rewrites-'));
  try {
    const files = cases.flatMap(({ name, before, after }) => {
      const both = [join(folder, `${fileName(name)}_before.py`), join(folder, `${fileName(name)}_after.py`)];
      writeFileSync(both[0]!, before);
      writeFileSync(both[1]!, after);
      return both;
    });
    const lines = (await python([join(support, 'run.py')], `${JSON.stringify({ files, support })}\n`)).trim().split('\n');
    const outcomes = lines.map((line) => JSON.parse(line) as Outcome);
    return new Map(cases.map(({ name }, at) => [name, { before: outcomes[2 * at]!, after: outcomes[2 * at + 1]! }]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The name of a file that can be imported. */
const fileName = (name: string): string => name.replaceAll('-', '_');

/** One version as a script of its own, where each worker begins as a new interpreter that imports the script. */
export async function runSpawning({ name, after }: Case): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'corewise-rewrites-'));
  try {
    const file = join(folder, `${fileName(name)}.py`);
    writeFileSync(file, after);
    return await python([file], '', { PYTHONPATH: support, START_METHOD: 'spawn', WORKED: join(folder, 'worked') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What Python prints; the process is ended after half a minute. */
export function python(args: readonly string[], input: string, environment: Record<string, string> = {}): Promise<string> {
  const child = spawn(interpreter.path, args, {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => (code === 0 ? resolve(output) : reject(new Error(`Python ended with ${code ?? signal}:\n${errors}`))));
  });
}
