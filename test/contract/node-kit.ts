import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { nodeModels } from '../../src/protocol/target';
import { createEngine } from '../../src/session/create-engine';
import type { RunHandle } from '../../src/session/engine';
import type { Program, RunnerKit, RunOptions } from './kit';
import { nodePrograms } from './node-programs';
import { processesMarked } from './processes';

/** The contract's kit for JavaScript: the built runner, without a spare, so that no process is left by intent. */
export class NodeKit implements RunnerKit {
  readonly name = 'Node';
  readonly models = nodeModels;
  readonly pool = 'threads';
  readonly overlapping = 'gather';
  readonly numbers = (n: number): string => `Array.from({ length: ${n} }, (_, i) => i)`;
  readonly iterator = (n: number): string => `(function* () { for (let i = 0; i < ${n}; i++) yield i; })()`;
  readonly pairs = (n: number): string => `Array.from({ length: ${n} }, (_, i) => [i, i * 10])`;
  readonly unsendable = { inputs: '[1, { a: [1, { callback() {} }] }, 3]', path: /\.a\[1\]\.callback/ };
  readonly returns = (answer: number): string => `export function f(n) {\n  return ${answer};\n}\n`;
  readonly uncloneable = /its \.x\.y is a symbol/;
  readonly thrown = [/null/, /a: 1/] as const;
  readonly exit = /process\.exit\(3\)/;
  file = '';
  readonly #folder = mkdtempSync(join(tmpdir(), 'corewise-contract-'));
  readonly #mark = `COREWISE_CONTRACT=${randomUUID()}`;
  readonly #engine = createEngine({
    dist: resolve('dist'),
    cache: join(this.#folder, 'cache'),
    spare: false,
    env: { ...process.env, [this.#mark.split('=')[0]!]: this.#mark.split('=')[1] },
    nodePath: process.env['COREWISE_TEST_NODE'] ?? process.execPath,
    log: () => {},
  });
  #count = 0;

  start(program: Program | { readonly text: string }, options: RunOptions): RunHandle {
    const folder = join(this.#folder, String(this.#count++));
    mkdirSync(folder);
    this.file = join(folder, 'program.mjs');
    writeFileSync(this.file, typeof program === 'string' ? nodePrograms[program] : program.text);
    const { inputs, wantResults, memoryMb, startMs, model = this.pool, ...plan } = options;
    return this.#engine.start({
      target: { language: 'javascript', file: this.file, function: 'f', line: 1, column: 1 },
      inputs: { kind: 'expression', text: inputs },
      plan: { model, ...plan },
      limits: { ...(memoryMb ? { memoryMb } : {}), ...(startMs ? { startMs } : {}) },
      ...(wantResults ? { wantResults } : {}),
    });
  }

  processes(): number[] {
    return processesMarked(this.#mark);
  }

  async dispose(): Promise<void> {
    await this.#engine.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
