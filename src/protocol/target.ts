/** The words of a run that every part shares: what is run, with what, and how. */
import type { Mebibytes, Millis } from '../base/units';

import type { Language } from '../base/language';

export type { Language };

/** How tasks are run. Node offers all but `processes` and `interpreters`; `interpreters` needs Python 3.14. */
export type Model = 'sequential' | 'gather' | 'threads' | 'processes' | 'hybrid' | 'interpreters';

export const nodeModels = ['sequential', 'gather', 'threads', 'hybrid'] as const satisfies readonly Model[];
export const pythonModels = ['sequential', 'gather', 'threads', 'processes', 'hybrid', 'interpreters'] as const satisfies readonly Model[];

/** The models of a language. */
export const modelsOf = (language: Language): readonly Model[] => (language === 'python' ? pythonModels : nodeModels);

/** What "run on a worker pool" means in a language: what is parallel there. */
export const poolModel = (language: Language): Model => (language === 'python' ? 'processes' : 'threads');

/** How Python starts worker processes; which of them there are depends on the system. */
export const startMethods = ['spawn', 'forkserver', 'fork'] as const;
export type StartMethod = (typeof startMethods)[number];

/** One function in one file. */
export interface Target {
  readonly language: Language;
  /** Absolute path. */
  readonly file: string;
  /** As a person names it: `f`, `Class.method`, `object.member`, `default`. */
  readonly function: string;
  /** 1-based line of the function's name (of its first token where it has none). */
  readonly line: number;
  /** 1-based column, in UTF-16 units. */
  readonly column: number;
}

/** Where a run's argument lists come from. Expressions and files are read by the runner, never by the editor. */
export type Inputs =
  /** An expression in the target's language with its module in scope; each element is one call. */
  | { readonly kind: 'expression'; readonly text: string }
  /** A JSON array, NDJSON or CSV file, by its extension. Absolute path. */
  | { readonly kind: 'file'; readonly path: string }
  /** Call the target `times` times without arguments. */
  | { readonly kind: 'repeat'; readonly times: number };

/** What is asked of a plan; whatever is absent is chosen by the engine. */
export interface PlanRequest {
  readonly model: Model;
  readonly workers?: number | undefined;
  /** Tasks that run at once in each worker (gather and hybrid). */
  readonly concurrency?: number | undefined;
  readonly chunk?: number | 'auto' | undefined;
  /** Of worker processes, in Python; its own default where absent. */
  readonly startMethod?: StartMethod | undefined;
  /** Limit of the whole run. */
  readonly timeoutMs?: Millis | undefined;
}

/** A model with its numbers, as it was run. */
export interface Plan {
  readonly model: Model;
  readonly workers: number;
  readonly concurrency: number;
  readonly chunk: number | 'auto';
  readonly startMethod?: string;
  /** Number of tasks; `null` while an iterator has not said. */
  readonly tasks: number | null;
}

/** Bounds on what a run may use and keep. */
export interface Limits {
  /** Of the runner process with all its workers (resident set). `null`: three quarters of what the machine allows. */
  readonly memoryMb: Mebibytes | null;
  /** How long loading the module and evaluating the inputs may take before the first task starts. */
  readonly startMs: Millis;
}
