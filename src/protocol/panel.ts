/**
 * The profile panel's wire, both ways. The page says when it is ready; the host then sends one run in ticks:
 *
 *   page  ready ─────────────────────► host
 *         ◄── run, [figures], then ticks of [cores] [output] [records] [figures] progress
 *         ack(seq) ──────────────────►       one tick at a time, at most 20 a second once the page has caught up
 *
 * Everything that the page sends is validated in the host, and its sizes are bounded here.
 */
import * as v from 'valibot';
import type { Mebibytes, Millis, Share } from '../base/units';
import type {
  CoreSummary,
  Counts,
  Environment,
  Latency,
  Outcome,
  Speedup,
  TaskError,
  Timing,
  Verdict,
  WorkerSummary,
} from './report';
import type { Language, Model, Plan } from './target';

// Host to page

export type HostMessage =
  | RunMessage
  | RecordsMessage
  | CoresMessage
  | OutputMessage
  | FiguresMessage
  | ProgressMessage
  | TaskMessage
  | HistoryMessage
  | PairMessage
  | IdleMessage;

/** A run begins from its first record: the page drops whatever it showed. */
export interface RunMessage {
  readonly type: 'run';
  readonly run: RunHeader;
}

/** Records `[from, from + n)` of the run as one exact-size buffer in the layout of `columns.ts`. */
export interface RecordsMessage {
  readonly type: 'records';
  readonly runId: string;
  readonly seq: number;
  readonly from: number;
  readonly n: number;
  readonly data: ArrayBuffer;
}

/** `n` further core samples as one exact-size buffer in the layout of `core-columns.ts`. */
export interface CoresMessage {
  readonly type: 'cores';
  readonly runId: string;
  readonly seq: number;
  readonly n: number;
  readonly cores: number;
  readonly data: ArrayBuffer;
}

/** Further lines that user code printed; `dropped` counts what was let go before the oldest kept line. */
export interface OutputMessage {
  readonly type: 'output';
  readonly runId: string;
  readonly seq: number;
  readonly lines: readonly PanelOutputLine[];
  readonly dropped: number;
}

/** The figures, which are final where `provisional` is false. */
export interface FiguresMessage {
  readonly type: 'figures';
  readonly runId: string;
  readonly seq: number;
  readonly provisional: boolean;
  readonly figures: PanelFigures;
}

/** A tick is whole: where the run stands. The page acknowledges it. */
export interface ProgressMessage {
  readonly type: 'progress';
  readonly runId: string;
  readonly seq: number;
  readonly progress: RunProgress;
}

/** One task's details, on demand. */
export interface TaskMessage {
  readonly type: 'task';
  readonly runId: string;
  readonly index: number;
  /** `null` where it was not kept. */
  readonly input: string | null;
  readonly result: string | null;
  readonly error: TaskError | null;
}

/** The runs to choose from, newest first. */
export interface HistoryMessage {
  readonly type: 'history';
  readonly items: readonly HistoryItem[];
}

/** The figures of two runs, to be read side by side; `null` where the data of one are gone. */
export interface PairMessage {
  readonly type: 'pair';
  readonly runIds: readonly [string, string];
  readonly figures: readonly [PanelFigures | null, PanelFigures | null];
}

/** There is no run to show. */
export interface IdleMessage {
  readonly type: 'idle';
  readonly reason:
    /** Nothing was run yet. */
    | 'empty'
    /** The workspace is not trusted: nothing may run. */
    | 'untrusted'
    /** The run's data are no longer there: the window was reloaded, or memory was needed. */
    | 'gone';
  /** Function that a run would be of, where it is known. */
  readonly functionName: string | null;
  /** What is left of the run, for `gone`. */
  readonly item: HistoryItem | null;
}

export interface RunHeader {
  readonly id: string;
  /** Wall-clock time of the request, ms since the epoch. */
  readonly requestedAt: number;
  readonly language: Language;
  readonly functionName: string;
  /** The file as a person knows it, relative to the workspace where it is inside. */
  readonly fileLabel: string;
  readonly line: number;
  /** One line about the inputs, such as `range(8)`. */
  readonly inputs: string;
  /** Records that are there already and will follow, and the lanes they fill: hints for room. */
  readonly records: number;
  readonly lanes: number;
}

export interface RunProgress {
  readonly phase: 'starting' | 'loading' | 'running' | 'ended';
  readonly outcome: Outcome | null;
  readonly message: string | null;
  readonly plan: Plan;
  readonly environment: Environment | null;
  readonly wallMs: Millis;
  readonly counts: Counts;
  /** Records that the host has; more than were sent while the page is catching up. */
  readonly records: number;
  readonly splitKnown: boolean;
  readonly runQueueKnown: boolean;
  readonly splitShared: boolean;
  readonly workers: readonly PanelWorker[];
  readonly warnings: readonly string[];
  /** The first errors, those of the run as a whole (index -1) before those of tasks; the counts have the number. */
  readonly errors: readonly Omit<TaskError, 'stack'>[];
}

/** Times from the run's origin; a negative start means that the worker was warm. */
export interface PanelWorker {
  readonly id: number;
  readonly spawnedAt: Millis;
  readonly readyAt: Millis | null;
  readonly endedAt: Millis | null;
  readonly fault?: string;
  readonly onCpuMs: Millis | null;
  readonly peakMemoryMb: Mebibytes | null;
}

export interface PanelOutputLine {
  readonly stream: 'stdout' | 'stderr';
  readonly task: number | null;
  /** Raw, and cut at {@link bounds}.outputLine: the page strips escape sequences. */
  readonly text: string;
}

/** What the profile says; every number of the panel's figures comes from here. */
export interface PanelFigures {
  /** Tasks with a record. */
  readonly tasks: number;
  /** Places that can hold a task: workers × concurrency. */
  readonly lanes: number;
  readonly timing: Timing;
  readonly speedup: Speedup;
  /** Speed-up ÷ lanes. */
  readonly efficiency: Share | null;
  /** Shares of the lanes' wall time. */
  readonly overhead: { readonly total: Share; readonly startup: Share; readonly transfer: Share } | null;
  readonly latency: Latency;
  readonly peakMemoryMb: Mebibytes | null;
  /** The loss bar, in lanes: the parts add up to `lanes`. */
  readonly loss: readonly PanelLossPart[] | null;
  readonly workers: readonly WorkerSummary[];
  readonly cores: readonly CoreSummary[];
  readonly throttledMs: Millis | null;
  /** `null` while the run goes on. */
  readonly verdict: Verdict | null;
  readonly findings: readonly PanelFinding[];
}

export interface PanelLossPart {
  readonly kind: 'code' | 'runQueue' | 'transfer' | 'startup' | 'idle';
  readonly times: number;
}

/** Something to mend, with the span of time that shows it. */
export interface PanelFinding {
  readonly text: string;
  readonly from: Millis;
  readonly to: Millis;
}

/** A run in a line. */
export interface HistoryItem {
  readonly id: string;
  readonly requestedAt: number;
  readonly functionName: string;
  readonly fileLabel: string;
  readonly inputs: string;
  readonly model: Model;
  readonly workers: number | null;
  readonly outcome: Outcome | 'running' | 'interrupted';
  readonly message: string | null;
  readonly wallMs: Millis | null;
  readonly speedup: number | null;
  readonly counts: Counts;
  /** Whether it can be opened. */
  readonly kept: boolean;
}

// Page to host

/** What the host accepts and sends at most. */
export const bounds = {
  /** Bytes of records in one message. */
  chunk: 4 << 20,
  /** UTF-16 units. */
  outputLine: 4096,
  preview: 2048,
  message: 4096,
  stack: 16_384,
  /** Lines in one message. */
  outputLines: 4096,
  /** A line about an error or a warning in the list of them, and how many of either are listed. */
  line: 500,
  listed: 10,
} as const;

const runId = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

export const exportFormats = ['json', 'csv', 'trace'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const pageMessageSchema = v.variant('type', [
  /** The page listens; it has the ticks of `runId` up to `lastSeq`, or nothing. */
  v.strictObject({ type: v.literal('ready'), runId: v.nullable(runId), lastSeq: count }),
  /** Tick `seq` has arrived and been stored. */
  v.strictObject({ type: v.literal('ack'), runId, seq: count }),
  /** Asks for one task's details. */
  v.strictObject({ type: v.literal('task'), runId, index: count }),
  /** Asks for the figures of two runs. */
  v.strictObject({ type: v.literal('pair'), runIds: v.strictTuple([runId, runId]) }),
  /** Shows another run. */
  v.strictObject({ type: v.literal('select'), runId }),
  /** Runs the function at the cursor: the empty panel's one action. */
  v.strictObject({ type: v.literal('run') }),
  /** Runs the same target, inputs and plan again. */
  v.strictObject({ type: v.literal('rerun'), runId }),
  /** Stops the run; what finished is kept. */
  v.strictObject({ type: v.literal('cancel'), runId }),
  /** Writes the run to a file that the person chooses. */
  v.strictObject({ type: v.literal('export'), runId, format: v.picklist(exportFormats) }),
  /** Asks the person to trust the workspace. */
  v.strictObject({ type: v.literal('trust') }),
  /** Shows the log. */
  v.strictObject({ type: v.literal('log') }),
  /** Opens the run's function in an editor. */
  v.strictObject({ type: v.literal('openTarget'), runId }),
  /** Opens a line that a frame of a task's error names; the host looks it up in its own copy of the error. */
  v.strictObject({
    type: v.literal('openFrame'),
    runId,
    index: v.pipe(v.number(), v.integer(), v.minValue(-1)),
    /** Number of the line within the error's stack, 0 for its first. */
    frame: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)),
  }),
]);

export type PageMessage = v.InferOutput<typeof pageMessageSchema>;

/** What the page keeps across a reload of the window, and what the host reads of it when the panel comes back. */
export const pageStateSchema = v.object({ runId: v.nullable(runId) });
