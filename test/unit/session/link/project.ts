/** Small projects in a temporary folder, linked and run in a fresh Node. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { link } from '../../../../src/session/link/link';
import type { LinkedModule, LinkError } from '../../../../src/session/link/linked-module';
import { SourceCache } from '../../../../src/session/link/sources';
import type { Result } from '../../../../src/base/result';

const folders: string[] = [];

/** Removes every project of this process. */
export function removeProjects(): void {
  for (const it of folders.splice(0)) fs.rmSync(it, { recursive: true, force: true });
}

export interface LinkAs {
  readonly inputs?: string | null;
  readonly unsaved?: Record<string, string>;
  readonly line?: number;
  /** Another than the project's own: what is known after a restart. */
  readonly cache?: SourceCache;
  /** From so many files on the project's own esbuild transpiles. */
  readonly esbuildFrom?: number;
  readonly workspace?: readonly string[];
}

export interface Outcome {
  /** What the target gave for each call. */
  readonly results?: unknown[];
  readonly error?: { readonly message: string; readonly stack: string };
  /** The elements of the inputs expression. */
  readonly inputs?: unknown[];
  /** What was printed. */
  readonly output?: string;
  /** Servers, timers and the like that are open in the end. */
  readonly handles?: number;
  /** What the code said to `effect`, in order, before the first call. */
  readonly effects?: unknown[];
}

export class Project {
  readonly root: string;
  readonly cache: string;
  readonly sources = new SourceCache();

  constructor(files: Record<string, string>) {
    const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'corewise-link-')));
    folders.push(folder);
    this.root = path.join(folder, 'project');
    this.cache = path.join(folder, 'cache');
    this.write(files);
  }

  write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(this.path(name)), { recursive: true });
      fs.writeFileSync(this.path(name), text);
    }
  }

  /** Gives the project an esbuild of its own, or something in its place. */
  installEsbuild(from = path.resolve('node_modules/esbuild')): void {
    fs.mkdirSync(this.path('node_modules'), { recursive: true });
    fs.symlinkSync(from, this.path('node_modules/esbuild'));
  }

  symlink(name: string, to: string): void {
    fs.mkdirSync(path.dirname(this.path(name)), { recursive: true });
    fs.symlinkSync(this.path(to), this.path(name));
  }

  path(name: string): string {
    return path.join(this.root, name);
  }

  /** @param target `file#function` */
  link(target: string, { inputs = null, unsaved = {}, line = 1, cache = this.sources, esbuildFrom, workspace }: LinkAs = {}): Promise<Result<LinkedModule, LinkError>> {
    const [file, name] = [target.slice(0, target.lastIndexOf('#')), target.slice(target.lastIndexOf('#') + 1)];
    return link(
      {
        target: { language: 'typescript', file: this.path(file), function: name, line, column: 1 },
        inputs,
        unsaved: new Map(Object.entries(unsaved).map(([it, text]) => [this.path(it), text])),
        cache: this.cache,
        ...(workspace && { workspace: workspace.map((it) => this.path(it)) }),
      },
      { cache, ...(esbuildFrom !== undefined && { esbuildFrom }) },
    );
  }

  /** Links, then calls the target in a new process once for each argument list, or for each element of the inputs. */
  async run(target: string, calls: unknown[][] = [[]], as: LinkAs = {}, node = process.execPath): Promise<Outcome> {
    const linked = await this.link(target, as);
    if (!linked.ok) throw new Error(`${linked.error.code}: ${linked.error.message}`);
    return runLinked(linked.value, calls, this.root, node);
  }
}

export async function runLinked(linked: LinkedModule, calls: unknown[][], cwd: string, node = process.execPath): Promise<Outcome> {
  const job = JSON.stringify({ ...linked, calls });
  const main = path.join(cwd, '../run.cjs');
  fs.writeFileSync(main, script);
  const { stdout, stderr } = await promisify(execFile)(node, [main, job], { cwd, timeout: 30_000, maxBuffer: 1e8, env: { PATH: process.env.PATH } });
  const end = stdout.lastIndexOf('\u0001');
  return { ...(JSON.parse(stdout.slice(end + 1)) as Outcome), output: stdout.slice(0, end) + stderr };
}

/** What a worker does, as short as can be. */
const script = `
const { pathToFileURL } = require('node:url');
const job = JSON.parse(process.argv[2]);
const slot = (globalThis[Symbol.for('corewise.slot')] = {});
const effects = [];
globalThis.effect = (it) => (effects.push(it), it);
// File, line and column of the call.
globalThis.where = () => new Error().stack.split('\\n')[2].match(/[^/\\\\]+:\\d+:\\d+(?=\\)?$)/)?.[0];
if (job.sourceMaps) process.setSourceMapsEnabled(true);
(async () => {
  const answer = {};
  try {
    await import(pathToFileURL(job.moduleFile).href);
    if (job.inputsFile !== job.moduleFile) await import(pathToFileURL(job.inputsFile).href);
    if (slot.inputs) answer.inputs = [...await slot.inputs()];
    if (effects.length > 0) answer.effects = [...effects];
    answer.results = [];
    for (const call of job.calls) answer.results.push(await slot.target(...call));
  } catch (error) {
    answer.error = { message: String(error?.message), stack: String(error?.stack) };
  }
  answer.handles = process.getActiveResourcesInfo().filter((it) => /^(?:TCP|Timeout|Immediate|FSEvent|Process)/.test(it)).length;
  process.stdout.write('\\u0001' + JSON.stringify(answer), () => process.exit());
})();
`;
