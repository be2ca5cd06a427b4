import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pythonModels, type StartMethod } from '../../src/protocol/target';
import { createEngine } from '../../src/session/create-engine';
import type { RunHandle } from '../../src/session/engine';
import { discoverPython } from '../../src/session/python/discover';
import type { Program, RunnerKit, RunOptions } from './kit';
import { processesMarked } from './processes';
import { pythonPrograms } from './python-programs';

export interface PythonOptions extends RunOptions {
  /** Other files of the program's folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Name of the program's own file in it. */
  readonly name?: string;
  readonly function?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** The contract's kit for Python: the built runner, without a spare, so that no process is left by intent. */
export class PythonKit implements RunnerKit {
  readonly name = 'Python';
  readonly models = pythonModels.filter((model) => model !== 'interpreters');
  readonly pool = 'processes';
  readonly overlapping = 'gather';
  readonly numbers = (n: number): string => `range(${n})`;
  readonly iterator = (n: number): string => `(i for i in range(${n}))`;
  readonly pairs = (n: number): string => `[(i, i * 10) for i in range(${n})]`;
  readonly returns = (answer: number): string => `def f(n):\n    return ${answer}\n`;
  readonly unsendable = { inputs: '[1, {"a": [1, {"callback": lambda: 1}]}, 3]', path: /\['a'\]\[1\]\['callback'\]/ };
  readonly uncloneable = /its \['x'\]\['y'\] is a lambda/;
  readonly thrown = [/derive from BaseException/, /cannot be read/] as const;
  readonly exit = /os\._exit\(3\)/;
  file = '';
  readonly #folder = mkdtempSync(join(tmpdir(), 'corewise-contract-'));
  readonly #mark = `COREWISE_CONTRACT=${randomUUID()}`;
  readonly #env = { ...process.env, [this.#mark.split('=')[0]!]: this.#mark.split('=')[1] };
  #engine = this.#makeEngine(this.#env);
  readonly #others: ReturnType<typeof createEngine>[] = [];
  #count = 0;

  constructor(private readonly startMethod?: StartMethod) {}

  start(program: Program | { readonly text: string }, options: PythonOptions): RunHandle {
    const folder = join(this.#folder, String(this.#count++));
    const { inputs, wantResults, memoryMb, startMs, model = this.pool, files = {}, name = 'program.py', function: f = 'f', env, ...plan } = options;
    this.file = join(folder, name);
    for (const [path, text] of [...Object.entries(files), [name, typeof program === 'string' ? pythonPrograms[program] : program.text] as const]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const method = this.startMethod && (model === 'processes' || model === 'hybrid') ? { startMethod: this.startMethod } : {};
    return this.#engineFor(env).start({
      target: { language: 'python', file: this.file, function: f, line: 1, column: 1 },
      inputs: { kind: 'expression', text: inputs },
      plan: { model, ...method, ...plan },
      limits: { ...(memoryMb ? { memoryMb } : {}), ...(startMs ? { startMs } : {}) },
      ...(wantResults ? { wantResults } : {}),
    });
  }

  processes(): number[] {
    return processesMarked(this.#mark);
  }

  async dispose(): Promise<void> {
    for (const engine of [this.#engine, ...this.#others]) await engine.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #engineFor(env: NodeJS.ProcessEnv | undefined): ReturnType<typeof createEngine> {
    if (!env) return this.#engine;
    const engine = this.#makeEngine({ ...this.#env, ...env });
    this.#others.push(engine);
    return engine;
  }

  #makeEngine(env: NodeJS.ProcessEnv): ReturnType<typeof createEngine> {
    const chosen = process.env['PYTHON'];
    return createEngine({
      dist: resolve('dist'),
      cache: join(this.#folder, 'cache'),
      spare: false,
      env,
      ...(chosen ? { pythonPath: chosen } : {}),
      log: () => {},
    });
  }
}

/** Why Python's part cannot be tested on this machine; `null` where it can. */
export async function whyNoPython(): Promise<string | null> {
  if (process.platform === 'win32') return 'Functions of Python are run on Linux and macOS so far.';
  const chosen = process.env['PYTHON'];
  const found = await discoverPython({ folder: tmpdir(), env: process.env, ...(chosen ? { setting: chosen } : {}) });
  return found.ok ? null : found.error.message;
}
