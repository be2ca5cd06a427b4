/** Everything known of one run: filled by the session while it runs, read by panel, report and exports. */
import type { Mebibytes, Millis } from '../base/units';
import type { Counts, Environment, Outcome, ReportResult, TaskError } from '../protocol/report';
import type { Inputs, Plan, Target } from '../protocol/target';
import { CoreTable } from './core-table';
import { OutputLog } from './output-log';
import { RecordTable } from './record-table';

export type RunPhase = 'starting' | 'loading' | 'running' | 'ended';

/** One worker from its start to its end. Times from the run's origin. */
export interface WorkerLife {
  readonly id: number;
  /** When its thread was asked for; negative for a worker that was warm before the run. */
  spawnedAt: Millis;
  /** When the module was loaded in it and it could take tasks. */
  readyAt: Millis | null;
  /** When it stopped; `null` while it lives. */
  endedAt: Millis | null;
  /** Why it stopped, where it was not asked to. */
  fault?: string;
  onCpuMs: Millis | null;
  peakMemoryMb: Mebibytes | null;
}

/** Bounded one-line pictures of a task's input and result. */
export interface TaskPreview {
  input: string;
  result: string | null;
}

export class RunData {
  phase: RunPhase = 'starting';
  outcome: Outcome | null = null;
  message: string | null = null;
  /** Whether it failed because the limit of time that was set for it had passed. */
  timedOut = false;
  /** `null` until the runner has said hello. */
  environment: Environment | null = null;
  /** From the run's origin (the runner accepting it) to the last result, or to now while it runs. */
  wallMs: Millis = 0;
  /** Process start to hello; `null` where a warm runner was used. */
  processStartMs: Millis | null = null;
  /** Tasks done so far; `tasks` is the known total or what was started. */
  counts: { -readonly [K in keyof Counts]: Counts[K] } = { tasks: 0, succeeded: 0, failed: 0, cancelled: 0 };
  /** Whether the OS told on-CPU, blocked and run-queue time apart. Where not, `compute` is the whole length. */
  splitKnown = false;
  /** Whether it told run-queue time; where not, waiting for a core is part of `wait`. */
  runQueueKnown = false;
  /** Where tasks overlap in one worker, the split inside each is the worker's, shared out by length. */
  splitShared = false;
  throttledMs: Millis | null = null;
  peakMemoryMb: Mebibytes | null = null;
  readonly records = new RecordTable();
  readonly cores = new CoreTable();
  readonly workers: WorkerLife[] = [];
  readonly output = new OutputLog();
  /** The first `errorLimit` errors; `counts.failed` has the number. */
  readonly errors: TaskError[] = [];
  readonly warnings: string[] = [];
  /** Of the first tasks and of the failed ones; bounded. */
  readonly previews = new Map<number, TaskPreview>();
  /** By index, only where results were asked for. */
  results: ReportResult[] | null = null;

  constructor(
    readonly id: string,
    /** Wall-clock time of the request, ms since the epoch; for the history only. */
    readonly requestedAt: number,
    readonly target: Target,
    readonly inputs: Inputs,
    public plan: Plan,
  ) {}
}

export const errorLimit = 1000;
export const previewLimit = 2000;
