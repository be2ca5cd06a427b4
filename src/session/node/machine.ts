/** What the search for a Node asks of the machine: a small port, so that it can be tried on machines that are made up. */
import { execFile } from 'node:child_process';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path, { type PlatformPath } from 'node:path';
import type { Millis } from '../../base/units';

export interface Machine {
  readonly platform: NodeJS.Platform;
  /** How paths are written there. */
  readonly path: PlatformPath;
  readonly home: string;
  /** The Node that this code runs in; `electron` where it is one only when told to be. */
  readonly own: { readonly path: string; readonly version: string; readonly electron: boolean; readonly threadCpu: boolean };
  /** The text of a file of at most a mebibyte; `null` where it cannot be read. */
  readText(file: string): Promise<string | null>;
  /** Names in a folder; empty where there is none. */
  list(folder: string): Promise<readonly string[]>;
  /** The file's path behind links, or `null` where there is no such file. */
  resolveFile(file: string): Promise<string | null>;
  /** Starts a program and gives what it prints. Rejects with a reason when it fails or takes longer. */
  ask(program: string, args: readonly string[], env: NodeJS.ProcessEnv, within: Millis): Promise<string>;
}

const mostText = 1 << 20;

export const thisMachine: Machine = {
  platform: process.platform,
  path,
  home: homedir(),
  own: {
    path: process.execPath,
    version: process.versions.node,
    electron: process.versions.electron !== undefined,
    threadCpu: 'threadCpuUsage' in process,
  },
  async readText(file) {
    try {
      const { size } = await stat(file);
      return size <= mostText ? await readFile(file, 'utf8') : null;
    } catch {
      return null;
    }
  },
  async list(folder) {
    try {
      return await readdir(folder);
    } catch {
      return [];
    }
  },
  async resolveFile(file) {
    try {
      return (await stat(file)).isFile() ? await realpath(file) : null;
    } catch {
      return null;
    }
  },
  ask: (program, args, env, within) =>
    new Promise((resolve, reject) => {
      const options = { env, cwd: homedir(), timeout: within, killSignal: 'SIGKILL', maxBuffer: mostText, windowsHide: true } as const;
      execFile(program, args, options, (fault, stdout) => {
        if (!fault) resolve(stdout);
        else reject(new Error(fault.killed ? `it did not answer in ${within / 1000} s` : reasonOf(fault)));
      });
    }),
};

function reasonOf(fault: Error & { code?: unknown; signal?: unknown }): string {
  if (fault.code === 'ENOENT') return 'there is no such file';
  if (fault.code === 'EACCES') return 'it may not be executed';
  if (typeof fault.code === 'number') return `it ended with exit code ${fault.code}`;
  if (typeof fault.signal === 'string') return `it was ended by ${fault.signal}`;
  return typeof fault.code === 'string' ? `it cannot be started (${fault.code})` : 'it cannot be started';
}
