/** The private wire between the runner's main thread and one worker thread. */
import type { MessagePort } from 'node:worker_threads';
import type { Millis } from '../../base/units';
import type { Fault, MessageOf, ModuleSpec } from '../../protocol/runner';

/** A worker's first word, on the channel that user code can reach too; only the first of each thread counts. */
export interface LinkMessage {
  readonly type: 'corewise-link';
  readonly threadId: number;
  readonly port: MessagePort;
  /** Written by the worker, read by the main thread after a death: see {@link Watch}. */
  readonly watch: SharedArrayBuffer;
}

/** Slots of the shared memory that tells what a worker was doing when it died. */
export const Watch = {
  /** Index of the task that runs now, one at a time; -1 between tasks and where tasks overlap. */
  running: 0,
  /** Number of tasks that were started, counted from index 0: tasks at and above it never began in this worker. */
  started: 1,
  slots: 2,
} as const;

/** Told to each worker once a run, before its first chunk; a rehearsal is a run of its own. */
export interface Orders {
  /** The worker's number in this run. */
  readonly id: number;
  readonly module: ModuleSpec;
  readonly spread: boolean;
  readonly concurrency: number;
  readonly record: boolean;
  readonly wantResults: boolean;
  readonly previews: number;
  /** The run's origin on the machine's monotonic clock, ms. */
  readonly origin: Millis;
}

/** What Piscina carries to a worker. */
export type Errand =
  | Chunk
  /** Take the orders and load the module; sent once for each worker, so that all load at the same time. */
  | { readonly type: 'load' }
  /** Let loose ends come out, then tell what the worker used. */
  | { readonly type: 'farewell'; readonly gather: SharedArrayBuffer; readonly expected: number };

export interface Chunk {
  readonly type: 'chunk';
  /** Index of the first task. */
  readonly first: number;
  readonly count: number;
  /** One element a task; `null` where the target is called without arguments. */
  readonly inputs: readonly unknown[] | null;
  /** When the inputs were there, from the origin. */
  readonly madeAt: Millis;
  readonly sentAt: Millis;
}

/** What a worker posts over its link. */
export type FromWorker =
  | { readonly type: 'ready'; readonly at: Millis }
  | { readonly type: 'load-failed'; readonly fault: Fault }
  | Answer
  | { readonly type: 'output'; readonly lines: readonly OutputLine[]; readonly dropped: number }
  | { readonly type: 'warning'; readonly text: string }
  /** The worker is about to end because user code asked for it; `task` is whose code, `null` where unknown. */
  | { readonly type: 'exiting'; readonly code: number; readonly task: number | null }
  | { readonly type: 'farewell'; readonly onCpuMs: number | null; readonly peakMemoryMb: number };

export type OutputLine = MessageOf<'batch'>['output'][number];

/** Tasks that are done, of one chunk or of several that overlap. */
export interface Answer {
  readonly type: 'answer';
  readonly count: number;
  /** Index of the first task, where they are `[from, from + count)`; else `indices` has them in order of their end. */
  readonly from: number;
  readonly indices: Uint32Array | null;
  /** `count` records as laid out in protocol/columns; `null` with recording off. */
  readonly records: ArrayBuffer | null;
  /**
   * Results in the same order; failed tasks hold `undefined`. Where nobody asked for them, only those of which sending
   * must show that they can be sent.
   */
  readonly results: readonly unknown[];
  readonly failures: readonly Fault[];
  readonly previews: MessageOf<'batch'>['previews'];
}

/** What Piscina brings back of a chunk: how long the worker had it, ms, for choosing the size of the next. */
export interface ChunkDone {
  readonly span: Millis;
}
