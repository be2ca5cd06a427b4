/** Puts a case's snippets into modules of a folder of their own, and runs its driver with an interpreter. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Interpreter } from '../../../python-interpreter';
import { projectRoot } from '../project-root';
import type { Insertion, PythonCase } from './cases';

export function makeFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'corewise-snippets-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function around({ before, after, indent = 0 }: Insertion, text: string): string {
  const lines = text.split(/\r?\n/).map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return [...(before === undefined ? [] : [before]), ...lines, ...(after === undefined ? [] : [after]), ''].join('\n');
}

/** Writes the case's modules into `folder`, with the text of every snippet asked of `insert`. */
export function writeCase(folder: string, { files, driver, helpers = [] }: PythonCase, insert: (prefix: string) => string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, insertion] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.py`), around(insertion, insert(insertion.prefix)));
  }
  for (const name of [driver, 'left', ...helpers]) {
    // A driver may be called as the module that it drives.
    const copy = name === driver ? 'driver' : name;
    copyFileSync(join(projectRoot, 'test/unit/snippets/python/drivers', `${name}.py`), join(folder, `${copy}.py`));
  }
}

export interface ProgramEnd {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/**
 * Runs a program of the folder, for a minute at most. Every warning is an error: of resources that nobody has closed,
 * of coroutines that nobody has awaited. It has ended when every process that has its output has ended too.
 */
export function runProgram(python: Interpreter, folder: string, args: readonly string[]): Promise<ProgramEnd> {
  const options = { cwd: folder, timeout: 60_000, killSignal: 'SIGKILL' as const };
  return new Promise((resolve) => {
    const child = execFile(python.path, ['-W', 'error', ...args], options, (_error, stdout, stderr) => {
      resolve({ stdout: stdout.replaceAll('\r\n', '\n').replace(/http:\/\/127.0.0.1:\d+/g, 'URL'), stderr, exitCode: child.exitCode });
    });
  });
}
