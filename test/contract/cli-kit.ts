import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { processesMarked } from './processes';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Hears of the process as it begins. */
  readonly started?: (child: ChildProcess) => void;
}

/** The built command line, started as a person does, in a folder of its own. */
export class CliKit {
  readonly folder = mkdtempSync(join(tmpdir(), 'corewise-cli-'));
  readonly node = process.env['COREWISE_TEST_NODE'] ?? process.execPath;
  readonly #mark = `COREWISE_CLI=${randomUUID()}`;

  /** Writes a file of the folder; returns its path. */
  write(name: string, text: string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Writes a program of the folder's `bin`. */
  program(name: string, text: string): string {
    const path = this.write(join('bin', name), text);
    chmodSync(path, 0o755);
    return dirname(path);
  }

  run(words: readonly string[], { env = {}, cwd = this.folder, started }: CliOptions = {}): Promise<Ended> {
    const [markName = '', markValue] = this.#mark.split('=');
    const child = spawn(this.node, [resolve(process.env['COREWISE_DIST'] ?? 'dist', 'cli.js'), ...words], {
      cwd,
      env: { ...process.env, XDG_CACHE_HOME: join(this.folder, 'cache'), PATH: this.path(), ...env, [markName]: markValue },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) child[name]!.setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
    started?.(child);
    return new Promise((done, fail) => {
      child.on('error', fail);
      child.on('close', (code) => done({ code, ...texts }));
    });
  }

  /** A PATH on which the Node under test comes first, or after other folders. */
  path(...before: string[]): string {
    return [...before, dirname(this.node), process.env['PATH']].join(delimiter);
  }

  /** Ids of processes that a command line started, or is, and that live. */
  processes(): number[] {
    return processesMarked(this.#mark);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
