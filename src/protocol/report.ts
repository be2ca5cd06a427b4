/** The run report, version 1: what commands resolve to and what `--json` prints. A published contract. */
import type { Mebibytes, Millis, Share } from '../base/units';
import type { Language, Plan } from './target';

export interface RunReport {
  readonly version: 1;
  readonly target: ReportTarget;
  readonly plan: Plan;
  /** `null` where the run failed before its runner had said anything. */
  readonly environment: Environment | null;
  readonly outcome: Outcome;
  /** One sentence for a person; present where the outcome is not `completed`. */
  readonly message?: string;
  readonly counts: Counts;
  /** By index, only where they were asked for. */
  readonly results?: readonly ReportResult[];
  /** By index; at most the first `errorLimit` of them, `counts.failed` has the number. */
  readonly errors: readonly TaskError[];
  readonly timing: Timing;
  readonly speedup: Speedup;
  readonly latency: Latency;
  readonly workers: readonly WorkerSummary[];
  readonly cores: readonly CoreSummary[];
  /** Time that the container's quota held us back; absent where there is none to hold. */
  readonly throttledMs?: Millis | null;
  readonly warnings: readonly string[];
  readonly verdict?: Verdict;
}

export interface ReportTarget {
  readonly language: Language;
  readonly file: string;
  readonly function: string;
  readonly line: number;
}

export type Outcome = 'completed' | 'cancelled' | 'failed';

export interface Environment {
  /** `node`, `electron` or `python`. */
  readonly runtime: string;
  readonly runtimeVersion: string;
  /** Logical cores of the machine. */
  readonly cores: number;
  /** Cores that the affinity mask and the container's quota leave, possibly a fraction. */
  readonly usableCores: number;
  /** Platform and architecture, such as `linux-x64`. */
  readonly os: string;
}

export interface Counts {
  readonly tasks: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
}

export type ReportResult =
  | { readonly index: number; readonly value: unknown }
  | { readonly index: number; readonly preview: string; readonly truncated: true };

/** Where in a task's life an error arose. */
export const errorPhases = ['load', 'inputs', 'send', 'run', 'receive', 'pool'] as const;
export type Phase = (typeof errorPhases)[number];

export interface TaskError {
  /** Task index; -1 for an error of the run as a whole. */
  readonly index: number;
  readonly name: string;
  readonly message: string;
  /** Frames at the user's own lines, ours removed; with the chain of causes. */
  readonly stack: string;
  readonly phase: Phase;
}

/**
 * Where the time went. `wallMs` is the run's; the others are sums over all lanes (workers × concurrency):
 * `startupMs + computeMs + transferMs + idleMs` is the lanes' wall time, and
 * `onCpuMs + blockedMs + runQueueMs` is `computeMs` (time inside the user's function) where the OS tells.
 * `null` where a figure could not be measured.
 */
export interface Timing {
  readonly wallMs: Millis;
  readonly startupMs: Millis | null;
  readonly computeMs: Millis | null;
  readonly onCpuMs: Millis | null;
  readonly blockedMs: Millis | null;
  readonly runQueueMs: Millis | null;
  readonly transferMs: Millis | null;
  readonly idleMs: Millis | null;
}

export interface Speedup {
  /** Wall time of a measured sequential run over the same inputs, where there was one. */
  readonly measuredMs?: Millis;
  /** Sequential time ÷ wall time; `null` where it cannot be told. */
  readonly estimate: number | null;
  /** What the sequential time was taken from, as a sentence. */
  readonly basis: string;
}

/** Call to return, inside the worker. */
export interface Latency {
  readonly p50Ms: Millis | null;
  readonly p95Ms: Millis | null;
  readonly p99Ms: Millis | null;
  readonly maxMs: Millis | null;
}

export interface WorkerSummary {
  readonly id: number;
  readonly tasks: number;
  /** Time with at least one task inside the user's function. */
  readonly busyMs: Millis;
  readonly onCpuMs: Millis | null;
  /** `busyMs` ÷ the run's wall time. */
  readonly utilisation: Share;
  readonly peakMemoryMb: Mebibytes | null;
}

export interface CoreSummary {
  readonly core: number;
  /** Busy share over the run, everybody's. */
  readonly utilisation: Share;
  /** The share that this run's own threads used; `null` where the OS does not tell. */
  readonly ours: Share | null;
}

export type WorkClass = 'cpu-bound' | 'io-bound' | 'mixed' | 'too-small' | 'unknown';

/** What the measurements support saying, and no more. */
export interface Verdict {
  readonly class: WorkClass;
  /** One or two sentences for a person. */
  readonly sentence: string;
  /** The figures that the sentence rests on. */
  readonly reasons: readonly string[];
}
