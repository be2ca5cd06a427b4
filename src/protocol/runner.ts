/**
 * The wire between a session and its runner process: JSON with binary blobs, framed as in framing.ts. The session gives
 * the stream's token as the first eight bytes that it writes; then the runner speaks first, with `hello`.
 * All times are milliseconds on the runner's monotonic clock, from the run's origin: the moment it accepted the run.
 */
import * as v from 'valibot';
import type { Mebibytes, Millis } from '../base/units';
import { recordBytes } from './columns';
import { checkStamped, stampedRecords } from './stamps';
import type { Model, StartMethod } from './target';

/** Changed with every change of a message; a mismatch ends the runner with a clear error. */
export const runnerProtocol = 2;

/** What a runner needs to make the calls of one run; `Module` is what its runtime loads. */
export interface RunSpec<Module = ModuleSpec> {
  readonly module: Module;
  readonly inputs: InputsSpec;
  /** Spread an input that is an array over the parameters. */
  readonly spread: boolean;
  readonly plan: PlanSpec;
  /** Off only to measure what recording costs. */
  readonly record: boolean;
  readonly wantResults: boolean;
  /** Tasks with an index below this carry previews of input and result. */
  readonly previews: number;
  readonly memoryMb: Mebibytes;
  readonly cwd: string;
}

/** A module ready for Node's own loader. Loading it sets the target (and inputs) in the runner's slot. */
export interface ModuleSpec {
  readonly file: string;
  /** The module that sets the inputs: `file` itself where the expression names something of it. */
  readonly inputsFile: string;
  readonly sourceMaps: boolean;
}

/** A module for Python, which is compiled from its text under the file's name. */
export interface PythonModuleSpec {
  readonly file: string;
  /** What is loaded in the file's place; its lines are where they are in the file. */
  readonly text: string;
  /** An expression in the module's scope that evaluates to the target. */
  readonly entry: string;
  /** An expression in the module's scope; `null` where the inputs come from elsewhere. */
  readonly inputs: string | null;
  /** Text of other modules that are open and not saved, by absolute path. */
  readonly unsaved: Readonly<Record<string, string>>;
}

export type InputsSpec =
  | { readonly kind: 'module' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'repeat'; readonly times: number };

export interface PlanSpec {
  readonly model: Model;
  readonly workers: number;
  readonly concurrency: number;
  readonly chunk: number | 'auto';
  /** How Python starts worker processes; its own default where absent. */
  readonly startMethod?: StartMethod;
}

export type ToRunner<Module = ModuleSpec> =
  /** Start the pool's workers now, so that a run finds them waiting. `rehearse`: there is time to get up to speed, too. */
  | { readonly type: 'warm'; readonly workers: number; readonly memoryMb: Mebibytes; readonly rehearse: boolean }
  /** Evaluate the inputs and answer with `inputs`; no task runs. */
  | { readonly type: 'preview'; readonly spec: RunSpec<Module>; readonly most: number }
  | { readonly type: 'run'; readonly spec: RunSpec<Module> }
  /** End the run; what finished is kept. */
  | { readonly type: 'cancel'; readonly why: 'cancelled' | 'timed out' };

const fault = v.object({
  index: v.number(),
  name: v.string(),
  message: v.string(),
  stack: v.string(),
  phase: v.picklist(['load', 'inputs', 'send', 'run', 'receive', 'pool']),
});
/** An error as it travels: plain text, bounded, read from the thrown value where it was thrown. */
export type Fault = v.InferOutput<typeof fault>;

/** Index of a blob of the same frame. */
const blob = v.pipe(v.number(), v.integer(), v.minValue(0));

const preview = v.object({ index: v.number(), input: v.string(), result: v.nullable(v.string()) });

const output = v.object({
  stream: v.picklist(['stdout', 'stderr']),
  task: v.nullable(v.number()),
  text: v.string(),
});

const millis = v.number() satisfies v.GenericSchema<Millis>;

/** Every message of a runner; checked on arrival, since user code shares the process that sends them. */
export const fromRunner = v.variant('type', [
  /** The first packet. */
  v.object({
    type: v.literal('hello'),
    protocol: v.number(),
    runtime: v.string(),
    version: v.string(),
    pid: v.number(),
    os: v.string(),
    cores: v.number(),
    measures: v.object({ onCpu: v.boolean(), runQueue: v.boolean(), oursPerCore: v.boolean() }),
  }),
  /** The pool's workers are up and waiting. */
  v.object({ type: v.literal('warmed') }),
  /** The run's origin. */
  v.object({ type: v.literal('accepted') }),
  /** The inputs are there and tasks begin. `tasks` is `null` for an iterator. */
  v.object({
    type: v.literal('started'),
    tasks: v.nullable(v.number()),
    at: millis,
    /** How worker processes were started, where there are any. */
    startMethod: v.optional(v.string()),
  }),
  v.object({
    type: v.literal('inputs'),
    count: v.nullable(v.number()),
    /** The arguments of the first calls, as they would be written. */
    first: v.array(v.string()),
    /** What of the first calls cannot be sent to a worker, as a sentence; absent where all can. */
    unsendable: v.optional(v.string()),
  }),
  v.object({ type: v.literal('inputs-failed'), fault }),
  v.object({ type: v.literal('worker-started'), id: v.number(), at: millis }),
  v.object({ type: v.literal('worker-ready'), id: v.number(), at: millis }),
  v.object({
    type: v.literal('worker-ended'),
    id: v.number(),
    at: millis,
    fault: v.optional(v.string()),
    onCpuMs: v.nullable(v.number()),
    peakMemoryMb: v.nullable(v.number()),
  }),
  /** What a span of time brought; arrays are empty where nothing of the kind happened. */
  v.object({
    type: v.literal('batch'),
    at: millis,
    /** Chunks sent to workers, as flat pairs: index of the first task, number of tasks. */
    sent: v.array(v.number()),
    /** Chunks that are no longer running, by the index of their first task. */
    answered: v.array(v.number()),
    counts: v.object({ succeeded: v.number(), failed: v.number() }),
    /** `n` records each, laid out as in columns.ts. */
    records: v.array(v.object({ n: v.number(), blob })),
    /** Records of runtimes that leave it to the session to lay them out. */
    stamped: v.optional(v.array(stampedRecords)),
    failures: v.array(fault),
    /** Results by index: `[index, value]` pairs in the runtime's own encoding, for those that fit. */
    results: v.array(v.object({ encoding: v.picklist(['v8', 'json']), blob })),
    tooLarge: v.array(v.object({ index: v.number(), preview: v.string() })),
    previews: v.array(preview),
    output: v.array(output),
    outputDropped: v.number(),
    warnings: v.array(v.string()),
    samples: v.array(
      v.object({ at: millis, span: millis, ours: v.array(v.nullable(v.number())), busy: v.array(v.number()) }),
    ),
  }),
  /** Sent every second, whatever else happens. */
  v.object({ type: v.literal('alive') }),
  /** The last packet: the process exits after it. */
  v.object({
    type: v.literal('ended'),
    why: v.picklist(['completed', 'cancelled', 'timed out', 'failed']),
    /** The first fault that ended the run, where `why` is `failed`. */
    fault: v.optional(fault),
    tasks: v.number(),
    /** Origin to the last answer. */
    wallMs: millis,
    splitKnown: v.boolean(),
    splitShared: v.boolean(),
    peakMemoryMb: v.nullable(v.number()),
    throttledMs: v.nullable(v.number()),
  }),
]);
export type FromRunner = v.InferOutput<typeof fromRunner>;
export type MessageOf<Type extends FromRunner['type']> = Extract<FromRunner, { type: Type }>;

/**
 * Checks one message of a runner and the blobs that came with it. Throws where it is none of ours: its shape is wrong,
 * it names blobs that are not there, or records whose size is not what their number says.
 */
export function parseFromRunner(message: unknown, blobs: readonly Uint8Array[]): FromRunner {
  const parsed = v.parse(fromRunner, message);
  if (parsed.type === 'batch') {
    for (const { n, blob } of parsed.records) {
      if (blobs[blob]?.length !== n * recordBytes) throw new RangeError(`Records of ${n} tasks with a blob of another size.`);
    }
    for (const records of parsed.stamped ?? []) checkStamped(records, blobs);
    for (const { blob } of parsed.results) if (!blobs[blob]) throw new RangeError('Results without their blob.');
  }
  return parsed;
}
