/** What the contract needs of a runner's language: programs to run, and an engine that runs them. */
import type { RunHandle } from '../../src/session/engine';
import type { Model, PlanRequest } from '../../src/protocol/target';

/** Programs of the contract. Each defines `f`, which is called with whole numbers from 0 unless the case says otherwise. */
export type Program =
  | 'identity'
  | 'spin'
  | 'sleep'
  | 'addTwo'
  | 'noArguments'
  | 'throwAtSeven'
  | 'throwNullAndObjects'
  | 'exitAtSeven'
  | 'exitAfterResult'
  | 'exitAfterResultOverlapping'
  | 'floatingRejection'
  | 'growHeapAtSeven'
  | 'growBuffersAtSeven'
  | 'spinForEverAtSeven'
  | 'regexBombAtSeven'
  | 'blockForEverAtSeven'
  | 'childForEverAtSeven'
  | 'neverSettleAtSeven'
  | 'recurseAtSeven'
  | 'killRunnerAtSeven'
  | 'crashRunnerAtSeven'
  | 'uncloneableResults'
  | 'largeResults'
  | 'exitAtLoad'
  | 'throwAtLoad'
  | 'loopAtLoad'
  | 'printLines'
  | 'floodOutput'
  | 'floodRawOutput'
  | 'forgeMessages'
  | 'foreignBytes'
  | 'readStdin'
  | 'nestedPool';

export interface RunOptions extends Partial<PlanRequest> {
  readonly inputs: string;
  readonly wantResults?: boolean;
  readonly memoryMb?: number;
  readonly startMs?: number;
}

export interface RunnerKit {
  readonly name: string;
  readonly models: readonly Model[];
  /** The model of "run on the worker pool". */
  readonly pool: Model;
  readonly overlapping: Model;
  /** Writes the program into a fresh folder and starts it. */
  start(program: Program | { readonly text: string }, options: RunOptions): RunHandle;
  /** The file that the last `start` wrote. */
  readonly file: string;
  /** Ranges, as the language writes them: `n` numbers from 0; an iterator of them; a list of pairs. */
  readonly numbers: (n: number) => string;
  readonly iterator: (n: number) => string;
  readonly pairs: (n: number) => string;
  /** Inputs of which the second cannot be sent, for `identity`; and where its fault sits. */
  readonly unsendable: { readonly inputs: string; readonly path: RegExp };
  /** A program whose `f` returns that number. */
  readonly returns: (answer: number) => string;
  /** What the message of the first of `uncloneableResults` says: where the fault sits. */
  readonly uncloneable: RegExp;
  /** What the messages of the first two of `throwNullAndObjects` say. */
  readonly thrown: readonly [RegExp, RegExp];
  /** How the end of `exitAtSeven` is called. */
  readonly exit: RegExp;
  /** Process ids that belong to this suite and live. */
  processes(): number[];
  dispose(): Promise<void>;
}
