/** From drafts to the texts of copies. */
import type { Result } from '../../base/result';
import type { Refusal } from '../../source/found-function';
import { finish, type Draft } from '../../source/javascript/emit';
import { bounded } from '../../source/javascript/parse';
import type { Transpiled } from '../../source/javascript/transpile';
import { canTranspile, EsbuildError, type Esbuild } from './esbuild';

/** One text for each draft, in its order. */
export type Compile = (drafts: readonly Draft[]) => Promise<Result<string, Refusal>[]>;

/** From so many files on that are more than types, starting esbuild pays. */
export const esbuildFrom = 10;

/** Drafts between which messages are let in, such as a cancellation. */
const batch = 20;

export interface CompileOptions {
  /** Looked for only where there is enough to do. */
  readonly findEsbuild: () => Esbuild | null;
  readonly least: number;
  /** A sentence for the log. */
  readonly note: (sentence: string) => void;
}

/** With the project's own esbuild where many files have to be transpiled; with TypeScript otherwise, and whenever that fails. */
export function compileWith({ findEsbuild, least, note }: CompileOptions): Compile {
  return async (drafts) => {
    const many = drafts.flatMap((it) => ('how' in it && canTranspile(it.how) ? [it] : []));
    const esbuild = many.length >= least ? findEsbuild() : null;
    const done = esbuild ? await tried(esbuild, many, note) : new Map<Draft, Transpiled>();
    return finishAll(drafts, done);
  };
}

type Unfinished = Exclude<Draft, { readonly text: string }>;

async function tried(esbuild: Esbuild, drafts: readonly Unfinished[], note: CompileOptions['note']): Promise<Map<Draft, Transpiled>> {
  try {
    const results = await esbuild.transpile(drafts);
    const done = new Map<Draft, Transpiled>();
    for (const [i, it] of drafts.entries()) if (results[i]) done.set(it, results[i]);
    note(`esbuild ${esbuild.version} of the project compiled ${done.size} of ${drafts.length} files.`);
    return done;
  } catch (fault) {
    if (!(fault instanceof EsbuildError)) throw fault;
    note(`esbuild ${esbuild.version} of the project was not used: ${fault.message}`);
    return new Map();
  }
}

async function finishAll(drafts: readonly Draft[], done: ReadonlyMap<Draft, Transpiled>): Promise<Result<string, Refusal>[]> {
  const texts: Result<string, Refusal>[] = [];
  for (const it of drafts) {
    const known = done.get(it);
    texts.push(bounded(() => finish(it, known && (() => known))));
    if (texts.length % batch === 0) await new Promise(setImmediate);
  }
  return texts;
}

