/**
 * The figures of a run, from its records: where every lane's time went, what that was worth, and how long tasks took.
 *
 *   records ─► lanes and workers (sums) ─┬─► timing ─► speed-up, efficiency, overhead, loss bar
 *                                        └─► per worker      core samples ─► per core
 *
 * A lane is one of the `workers × concurrency` places that can hold a task. Sums over lanes are taken over all of
 * them, used or not, for the whole run: `startup + compute + transfer + idle = lanes × wall`.
 */
import type { Mebibytes, Millis, Share } from '../base/units';
import { TaskStatus, type RecordColumns } from '../protocol/columns';
import type { CoreSummary, Latency, Speedup, Timing, WorkerSummary } from '../protocol/report';
import { CoreSums } from './core-sums';
import { sharesLock } from './global-lock';
import { laneStarts } from './lane-starts';
import { LatencyHistogram } from './latency';
import { lossParts, type LossPart } from './loss';
import type { RunData } from './run-data';
import { speedupOf } from './speedup';
import { timingOf } from './timing';
import { WorkerSums } from './worker-sums';

/** What a summary needs to know of a run beside its records. */
export type RunFacts = Pick<
  RunData,
  'target' | 'environment' | 'phase' | 'outcome' | 'plan' | 'wallMs' | 'counts' | 'workers' | 'splitKnown' | 'runQueueKnown' | 'peakMemoryMb'
> & { readonly cores: Pick<RunData['cores'], 'samples'> };

export interface Summary {
  /** Whether the run goes on: every figure may change. */
  readonly provisional: boolean;
  /** Tasks with a record: all that were answered, where recording was on. */
  readonly tasks: number;
  readonly lanes: number;
  readonly timing: Timing;
  readonly speedup: Speedup;
  /** How long the tasks would take one after another without contention, at least; `null` where nothing was measured. */
  readonly workMs: Millis | null;
  /** Estimated speed-up ÷ lanes. */
  readonly efficiency: Share | null;
  /** Shares of the lanes' wall time; `total` is start-up and transfer together. */
  readonly overhead: { readonly total: Share; readonly startup: Share; readonly transfer: Share } | null;
  readonly latency: Latency;
  /** Chunks on their way to a worker or back, where that took time: how many, and how long on average. */
  readonly transfers: { readonly count: number; readonly meanMs: Millis | null };
  readonly peakMemoryMb: Mebibytes | null;
  /** Adds up to `lanes`; `null` where the timing is unknown. */
  readonly loss: readonly LossPart[] | null;
  readonly workers: readonly WorkerSummary[];
  readonly cores: readonly CoreSummary[];
  /** Where each lane that was used stood at its end, and when it could begin. */
  readonly ends: readonly LaneEnd[];
}

export interface LaneEnd {
  readonly worker: number;
  readonly slot: number;
  readonly tasks: number;
  /** When its worker could take tasks. */
  readonly readyAt: Millis;
  /** When its last task returned, which task that was, and its length. */
  readonly endedAt: Millis;
  readonly lastTask: number;
  readonly lastLength: Millis;
  /** The lengths of all its tasks. */
  readonly busyMs: Millis;
}

/** The summary of a run. `sequentialMs`: wall time of a measured sequential run over the same inputs. */
export function summarise(run: RunFacts & Pick<RunData, 'records'>, sequentialMs: Millis | null = null): Summary {
  const accumulator = new SummaryAccumulator(run.plan.concurrency, sharesLock(run));
  for (const { columns, length } of run.records.blocks()) accumulator.add(columns, 0, length);
  return accumulator.summary(run, sequentialMs);
}

/**
 * Takes records as they come and tells the summary so far at any time, in a time that does not grow with their number.
 * Batches may be split anywhere; the order of a lane's records is that of their arrival.
 */
export class SummaryAccumulator {
  readonly #workers: WorkerSums[] = [];
  readonly #latency = new LatencyHistogram();
  readonly #cores = new CoreSums();
  #tasks = 0;
  #transfers = 0;
  #transferred: Millis = 0;
  #firstMade: Millis = Infinity;
  #lastEnd: Millis = 0;

  /** All tasks as if one thread had run them, where threads may wait for each other. */
  readonly #together: WorkerSums | null;

  /**
   * @param concurrency of the plan
   * @param oneAtATime whether a lock lets one of the workers compute at a time
   */
  constructor(
    private readonly concurrency = 1,
    oneAtATime = false,
  ) {
    this.#together = oneAtATime ? new WorkerSums(0, true) : null;
  }

  /** Number of records taken. */
  get tasks(): number {
    return this.#tasks;
  }

  /** Adds records `[from, to)` of `columns`. */
  add(columns: RecordColumns, from: number, to: number): void {
    const { start, queued, transferIn, compute, wait, runQueue, transferOut, id, worker, slot, status } = columns;
    for (let i = from; i < to; i++) {
      const begun = start[i]!;
      const length = compute[i]! + wait[i]! + runQueue[i]!;
      const made = begun - transferIn[i]! - queued[i]!;
      if (made < this.#firstMade) this.#firstMade = made;
      if (begun + length > this.#lastEnd) this.#lastEnd = begun + length;
      const sums = (this.#workers[worker[i]!] ??= new WorkerSums(worker[i]!, this.concurrency > 1));
      sums.add(begun, compute[i]!, wait[i]!, runQueue[i]!);
      this.#together?.add(begun, compute[i]!, wait[i]!, runQueue[i]!);
      sums.lane(slot[i]!).add(id[i]!, begun, length, transferIn[i]!, transferOut[i]!);
      if (transferIn[i]! > 0) this.#transfers++;
      if (transferOut[i]! > 0) this.#transfers++;
      this.#transferred += transferIn[i]! + transferOut[i]!;
      // How long a task would have taken that was stopped for its time, nobody knows.
      if (status[i] !== TaskStatus.timedOut) this.#latency.add(length);
    }
    this.#tasks += to - from;
  }

  /** The summary of the records added so far. */
  summary(run: RunFacts, sequentialMs: Millis | null = null): Summary {
    const wall = Math.max(run.wallMs, this.#lastEnd);
    const lanes = run.plan.workers * run.plan.concurrency;
    const sums = this.#workers.filter((worker) => worker !== undefined);
    const recorded = this.#tasks > 0 || spentNothing(run);
    const starts = laneStarts(run, wall, this.#firstMade);
    const timing = timingOf({ run, wall, lanes, sums, recorded, starts });
    const alone = this.#together === null ? sums.reduce((sum, worker) => sum + worker.alone, 0) : this.#together.alone;
    const speedup = speedupOf({ run, wall, alone, recorded: recorded && sums.length > 0, sequentialMs });
    const total = lanes * wall;
    const { startupMs, transferMs } = timing;
    return {
      provisional: run.phase !== 'ended',
      tasks: this.#tasks,
      lanes,
      timing,
      speedup,
      workMs: recorded && sums.length > 0 ? alone : null,
      efficiency: speedup.estimate === null ? null : speedup.estimate / lanes,
      overhead:
        startupMs === null || transferMs === null || total === 0
          ? null
          : { total: (startupMs + transferMs) / total, startup: startupMs / total, transfer: transferMs / total },
      latency: this.#latency.latency(),
      transfers: { count: this.#transfers, meanMs: this.#transfers > 0 ? this.#transferred / this.#transfers : null },
      peakMemoryMb: run.peakMemoryMb,
      loss: lossParts(timing, lanes),
      workers: run.workers.map((life) => workerSummary(life, this.#workers[life.id], wall, run.splitKnown)),
      cores: this.#cores.upTo(run.cores.samples),
      ends: sums.flatMap((worker) => laneEnds(worker, starts.get(worker.id)?.readyAt ?? 0)),
    };
  }
}

/**
 * Whether a run without a record had no task to spend time on. Tasks that were answered and left none were not recorded,
 * and those of a run that was cut off may have been running: of both nothing is known.
 */
function spentNothing({ phase, outcome, counts }: RunFacts): boolean {
  return counts.succeeded + counts.failed === 0 && (phase !== 'ended' || outcome === 'completed');
}

function workerSummary(
  life: RunData['workers'][number],
  sums: WorkerSums | undefined,
  wall: Millis,
  splitKnown: boolean,
): WorkerSummary {
  const busyMs = sums?.busy ?? 0;
  return {
    id: life.id,
    tasks: sums?.tasks ?? 0,
    busyMs,
    onCpuMs: splitKnown ? (sums?.compute ?? 0) : life.onCpuMs,
    utilisation: wall > 0 ? Math.min(1, busyMs / wall) : 0,
    peakMemoryMb: life.peakMemoryMb,
  };
}

function laneEnds(worker: WorkerSums, readyAt: Millis): LaneEnd[] {
  return worker.lanes
    .filter((lane) => lane !== undefined)
    .map(({ slot, tasks, lastEnd, lastTask, lastLength, busy }) => ({
      worker: worker.id,
      slot,
      tasks,
      readyAt,
      endedAt: lastEnd,
      lastTask,
      lastLength,
      busyMs: busy,
    }));
}
