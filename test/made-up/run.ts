/** Made-up runs for tests: what the session would have gathered, from a seeded simulation of workers that take tasks. */
import type { CoreSample } from '../../src/profile/core-table';
import { RunData } from '../../src/profile/run-data';
import { allocateColumns, type RecordColumns, TaskStatus } from '../../src/protocol/columns';
import type { Model } from '../../src/protocol/target';
import { seeded } from './records';

export interface MadeUp {
  readonly tasks: number;
  readonly workers: number;
  readonly concurrency: number;
  readonly cores: number;
  readonly model: Model;
  /** Typical length of a task on a CPU, ms. */
  readonly length: number;
  /** Share of the tasks that wait as well, and how long, ms. */
  readonly waiting: number;
  readonly waitLength: number;
  /** Every so many tasks one fails; 0 for none. */
  readonly failEvery: number;
  readonly functionName: string;
  readonly file: string;
  readonly inputs: string;
  readonly seed: number;
  readonly id: string;
  readonly requestedAt: number;
  /** Tasks that a lane answers together; their records come when the last of them has ended. */
  readonly chunk: number;
  /** Whether the OS told on-CPU and run-queue time. */
  readonly split: boolean;
}

const usual: MadeUp = {
  tasks: 4000,
  workers: 8,
  concurrency: 1,
  cores: 12,
  model: 'threads',
  length: 0.42,
  waiting: 0.085,
  waitLength: 0.25,
  failEvery: 0,
  functionName: 'pricePortfolio',
  file: '/made-up/risk/pricing.ts',
  inputs: 'portfolio(48_000)',
  seed: 11,
  id: 'made-up-1',
  requestedAt: Date.UTC(2026, 1, 11, 13, 2),
  split: true,
  chunk: 1,
};

/** A run that has ended. */
export function madeUpRun(wanted: Partial<MadeUp> = {}): RunData {
  const simulated = simulate({ ...usual, ...wanted });
  const run = emptyRun({ ...usual, ...wanted });
  addWorkers(run, simulated);
  run.records.append(picked(simulated.records, simulated.arrival), simulated.tasks);
  for (const sample of simulated.samples) run.cores.append(sample);
  finish(run, simulated);
  return run;
}

/** A run that grows when it is told to. */
export class MadeUpLiveRun {
  readonly data: RunData;
  readonly #simulated: Simulated;
  /** Records in order of their ends. */
  readonly #order: Uint32Array;
  readonly #listeners = new Set<(data: RunData) => void>();
  #sent = 0;
  #samples = 0;

  constructor(wanted: Partial<MadeUp> = {}) {
    const made = { ...usual, ...wanted };
    this.#simulated = simulate(made);
    this.data = emptyRun(made);
    this.#order = this.#simulated.arrival;
  }

  /** Wall time of the whole run, ms. */
  get wallMs(): number {
    return this.#simulated.wallMs;
  }

  readonly onUpdate = (listener: (data: RunData) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  /** All that happened before `time` is there. */
  advance(time: number): void {
    const { records, arrivedAt, samples } = this.#simulated;
    if (this.data.workers.length === 0) addWorkers(this.data, this.#simulated);
    this.data.phase = 'running';
    const from = this.#sent;
    while (this.#sent < this.#order.length && arrivedAt[this.#order[this.#sent]!]! <= time) this.#sent++;
    const batch = picked(records, this.#order.subarray(from, this.#sent));
    this.data.records.append(batch, this.#sent - from);
    while (this.#samples < samples.length && samples[this.#samples]!.at <= time) this.data.cores.append(samples[this.#samples++]!);
    for (let i = 0; i < this.#sent - from; i++) this.data.counts[batch.status[i] === TaskStatus.succeeded ? 'succeeded' : 'failed']++;
    this.data.wallMs = Math.min(time, this.#simulated.wallMs);
    this.#tell();
  }

  /** The next `count` tasks to end are there. */
  advanceTasks(count: number): void {
    const last = this.#order[Math.min(this.#order.length, this.#sent + count) - 1];
    if (last !== undefined) this.advance(this.#simulated.arrivedAt[last]!);
  }

  finish(outcome: 'completed' | 'cancelled' | 'failed' = 'completed', message: string | null = null): void {
    if (outcome === 'completed') this.advance(Infinity);
    const wall = outcome === 'completed' ? this.#simulated.wallMs : this.data.wallMs;
    finish(this.data, this.#simulated);
    const { succeeded, failed } = countsOf(this.data);
    this.data.wallMs = wall;
    this.data.outcome = outcome;
    this.data.message = message;
    this.data.counts = { tasks: this.#simulated.tasks, succeeded, failed, cancelled: this.#simulated.tasks - succeeded - failed };
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.data);
  }
}

interface Simulated {
  readonly tasks: number;
  readonly records: RecordColumns;
  /** When each record came: with its chunk. */
  readonly arrivedAt: Float64Array;
  /** Records in order of that, chunk by chunk. */
  readonly arrival: Uint32Array;
  readonly samples: CoreSample[];
  readonly readyAt: readonly number[];
  readonly wallMs: number;
  readonly made: MadeUp;
}

/** Each task goes to the lane that is free first; near the end one lane gets a few long ones, so that there is a tail. */
function simulate(made: MadeUp): Simulated {
  const { tasks, workers, concurrency, length } = made;
  const random = seeded(made.seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const { columns } = allocateColumns(tasks);
  const end = new Float64Array(tasks);
  const readyAt = Array.from({ length: workers }, (_, worker) => 150 + worker * 4 + random() * 26);
  const lanes = workers * concurrency;
  const free = Float64Array.from({ length: lanes }, (_, lane) => readyAt[lane % workers]!);
  const expected = (tasks * length) / lanes + 150;
  for (let i = 0; i < tasks; i++) {
    const lane = i > tasks * 0.972 && i < tasks * 0.984 ? Math.min(4, lanes - 1) : first(free);
    const worker = lane % workers;
    const at = free[lane]!;
    const transfer = length * (0.03 + random() * 0.04);
    const crowded = at > expected * 0.36 && at < expected * 0.48 && (worker === 5 || worker === 7);
    const compute = length * Math.exp(-0.1 + 0.42 * normal()) * (random() < 0.012 ? 3.4 : 1);
    const queue = crowded ? compute * 1.6 : 0;
    const wait = random() < made.waiting ? made.waitLength * (0.3 + 1.4 * random()) : 0;
    columns.start[i] = at + transfer;
    columns.queued[i] = Math.min(at, random() * length);
    columns.transferIn[i] = transfer;
    columns.compute[i] = made.split ? compute : compute + queue + wait;
    columns.runQueue[i] = made.split ? queue : 0;
    columns.wait[i] = made.split ? wait : 0;
    columns.transferOut[i] = length * 0.02;
    columns.id[i] = i;
    columns.worker[i] = worker;
    columns.slot[i] = Math.floor(lane / workers);
    columns.status[i] = made.failEvery > 0 && i % made.failEvery === made.failEvery - 1 ? TaskStatus.failed : TaskStatus.succeeded;
    end[i] = columns.start[i]! + compute + queue + wait;
    free[lane] = end[i]! + columns.transferOut[i]! + (random() < 0.004 ? random() * length * 5 : 0);
  }
  const wallMs = end.reduce((latest, each) => Math.max(latest, each), readyAt.length > 0 ? Math.max(...readyAt) : 0) + length * 0.02;
  const arrivedAt = arrivals(columns, end, made);
  const arrival = inOrder(arrivedAt);
  return { tasks, records: columns, arrivedAt, arrival, samples: samplesOf(made, free, readyAt, wallMs, expected), readyAt, wallMs, made };
}

/** The end of the last task of each one's chunk. */
function arrivals({ worker, slot }: RecordColumns, end: Float64Array, { workers, chunk }: MadeUp): Float64Array {
  const arrivedAt = new Float64Array(end.length);
  const open: number[][] = [];
  const close = (members: number[]): void => {
    for (const member of members) arrivedAt[member] = end[members.at(-1)!]!;
    members.length = 0;
  };
  for (let i = 0; i < end.length; i++) {
    const members = (open[slot[i]! * workers + worker[i]!] ??= []);
    members.push(i);
    if (members.length === chunk) close(members);
  }
  for (const members of open) if (members?.length) close(members);
  return arrivedAt;
}

/** Indices by time; those of one moment, which are of one chunk, stay together and in order. */
function inOrder(times: Float64Array): Uint32Array {
  return Uint32Array.from(times.keys()).sort((a, b) => times[a]! - times[b]! || a - b);
}

function first(free: Float64Array): number {
  let lane = 0;
  for (let other = 1; other < free.length; other++) if (free[other]! < free[lane]!) lane = other;
  return lane;
}

function samplesOf(made: MadeUp, free: Float64Array, readyAt: readonly number[], wallMs: number, expected: number): CoreSample[] {
  const random = seeded(made.seed + 1);
  const span = Math.max(5, Math.min(50, wallMs / 60));
  const samples: CoreSample[] = [];
  for (let at = span; at <= wallMs + span; at += span) {
    const crowded = at > expected * 0.36 && at < expected * 0.48;
    const ours: number[] = [];
    const busy: number[] = [];
    for (let core = 0; core < made.cores; core++) {
      const worker = core < made.workers ? core : -1;
      const works = worker >= 0 && at > readyAt[worker]! && at < free[worker]! + span;
      const shared = crowded && (core === 5 || core === 7 || core >= made.workers);
      ours[core] = works ? (shared ? 0.55 : 0.93 + random() * 0.05) : worker >= 0 && at <= readyAt[worker]! ? 0.8 : 0;
      const others = shared ? (core < made.workers ? 0.44 : 0.97) : core === made.cores - 2 && at > expected * 0.6 ? 0.3 : 0.02 + 0.04 * random();
      busy[core] = Math.min(1, ours[core]! + others);
      if (!made.split) ours[core] = NaN;
    }
    samples.push({ at: Math.min(at, wallMs), span: Math.min(span, span - (at - Math.min(at, wallMs))), ours, busy });
  }
  return samples.filter((sample) => sample.span > 0);
}

function emptyRun(made: MadeUp): RunData {
  const { functionName, file, inputs, model, workers, concurrency, tasks } = made;
  const run = new RunData(
    made.id,
    made.requestedAt,
    { language: 'typescript', file, function: functionName, line: 41, column: 17 },
    { kind: 'expression', text: inputs },
    { model, workers, concurrency, chunk: 'auto', tasks },
  );
  run.environment = { runtime: 'node', runtimeVersion: 'v24.1.0', cores: made.cores, usableCores: made.cores, os: 'linux-x64' };
  run.splitKnown = made.split;
  run.runQueueKnown = made.split;
  run.counts.tasks = tasks;
  run.peakMemoryMb = 612;
  return run;
}

function addWorkers(run: RunData, { readyAt }: Simulated): void {
  readyAt.forEach((at, id) =>
    run.workers.push({ id, spawnedAt: 6 + id * 4, readyAt: at, endedAt: null, onCpuMs: null, peakMemoryMb: 61 + id }),
  );
}

function finish(run: RunData, { tasks, wallMs, made }: Simulated): void {
  run.phase = 'ended';
  run.outcome = 'completed';
  run.wallMs = wallMs;
  run.counts = { tasks, ...countsOf(run), cancelled: 0 };
  for (let i = 0; i < Math.min(tasks, 100); i++) run.previews.set(i, { input: `{ id: ${i}, paths: 2000 }`, result: `${(i * 7.31).toFixed(2)}` });
  for (const { columns, length } of run.records.blocks()) {
    for (let i = 0; i < length && run.errors.length < 1000; i++) {
      if (columns.status[i] === 0) continue;
      const index = columns.id[i]!;
      run.previews.set(index, { input: `{ id: ${index}, paths: 0 }`, result: null });
      run.errors.push({
        index,
        name: 'RangeError',
        message: `paths must be positive, got 0 for position ${index}`,
        stack: `RangeError: paths must be positive, got 0 for position ${index}\n    at simulate (${made.file}:88:11)\n    at ${made.functionName} (${made.file}:52:10)`,
        phase: 'run',
      });
    }
  }
}

function countsOf(run: RunData): { succeeded: number; failed: number } {
  let failed = 0;
  for (const { columns, length } of run.records.blocks()) {
    for (let i = 0; i < length; i++) if (columns.status[i] !== 0) failed++;
  }
  return { succeeded: run.records.length - failed, failed };
}

function picked(from: RecordColumns, indices: Uint32Array): RecordColumns {
  const { columns } = allocateColumns(indices.length);
  for (const name of Object.keys(columns) as (keyof RecordColumns)[]) {
    indices.forEach((index, i) => (columns[name][i] = from[name][index]!));
  }
  return columns;
}
