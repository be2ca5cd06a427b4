/**
 * A run in the Trace Event Format, which Perfetto (ui.perfetto.dev) and chrome://tracing open: one thread for each lane
 * with a slice for each task and its worker's start-up, one counter for each core, and one for the tasks not yet begun.
 */
import type { Millis } from '../../base/units';
import { TaskStatus, type RecordColumns } from '../../protocol/columns';
import type { RunData } from '../run-data';
import { inChunks } from './text-chunks';

/** The trace's clock ticks in microseconds; three decimals are nanoseconds. */
const micros = (ms: Millis) => Math.round(ms * 1e6) / 1e3;

/** Points of the counter of tasks not yet begun. */
const queuePoints = 500;
const runProcess = 1;
const machineProcess = 2;

type TraceEvent = Readonly<Record<string, unknown>>;

/** JSON in pieces, to be written one after another: a million tasks never are one string. */
export const toChromeTrace = (run: RunData): Generator<string> => inChunks(pieces(run));

function* pieces(run: RunData): Generator<string> {
  const { target, plan, environment } = run;
  const otherData = { function: target.function, file: target.file, plan, environment };
  yield `{"displayTimeUnit":"ms","otherData":${JSON.stringify(otherData)},"traceEvents":[\n`;
  let first = true;
  for (const event of events(run)) {
    yield `${first ? '' : ',\n'}${JSON.stringify(event)}`;
    first = false;
  }
  yield '\n]}\n';
}

function* events(run: RunData): Generator<TraceEvent> {
  yield named('process_name', runProcess, 0, `${run.target.function} (${run.plan.model})`);
  yield* laneNames(run);
  yield* startups(run);
  yield* tasks(run);
  yield* queueCounter(run);
  if (run.cores.cores > 0) yield named('process_name', machineProcess, 0, 'Cores');
  yield* coreCounters(run);
}

const named = (name: string, pid: number, tid: number, value: string): TraceEvent => ({ ph: 'M', name, pid, tid, args: { name: value } });

/** Thread number of a lane: lanes of a worker stand together, in order. */
const threadOf = (run: RunData, worker: number, slot: number) => worker * run.plan.concurrency + slot + 1;

function* laneNames(run: RunData): Generator<TraceEvent> {
  for (const { worker, slot } of usedLanes(run)) {
    const tid = threadOf(run, worker, slot);
    yield named('thread_name', runProcess, tid, run.plan.concurrency > 1 ? `Worker ${worker}, slot ${slot}` : `Worker ${worker}`);
    yield { ph: 'M', name: 'thread_sort_index', pid: runProcess, tid, args: { sort_index: tid } };
  }
}

/** Every worker's first lane, and whichever others held a task. */
function usedLanes(run: RunData): { worker: number; slot: number }[] {
  const lanes = new Map(run.workers.map(({ id }) => [threadOf(run, id, 0), { worker: id, slot: 0 }]));
  for (const { columns, length } of run.records.blocks()) {
    for (let i = 0; i < length; i++) {
      const tid = threadOf(run, columns.worker[i]!, columns.slot[i]!);
      if (!lanes.has(tid)) lanes.set(tid, { worker: columns.worker[i]!, slot: columns.slot[i]! });
    }
  }
  return [...lanes].sort(([a], [b]) => a - b).map(([, lane]) => lane);
}

function* startups(run: RunData): Generator<TraceEvent> {
  const firstCall = new Map<number, Millis>();
  for (const { columns, length } of run.records.blocks()) {
    for (let i = 0; i < length; i++) {
      if (columns.slot[i] !== 0) continue;
      const worker = columns.worker[i]!;
      firstCall.set(worker, Math.min(firstCall.get(worker) ?? Infinity, columns.start[i]!));
    }
  }
  for (const { id, spawnedAt, readyAt } of run.workers) {
    const from = Math.max(0, spawnedAt);
    const to = Math.min(readyAt ?? run.wallMs, firstCall.get(id) ?? Infinity);
    if (to <= from) continue;
    yield { ph: 'X', cat: 'startup', name: 'start-up', pid: runProcess, tid: threadOf(run, id, 0), ts: micros(from), dur: micros(to - from), cname: 'grey' };
  }
}

function* tasks(run: RunData): Generator<TraceEvent> {
  /** By thread, where its last slice ended: by the rounding of lengths one may reach into the next. */
  const ends = new Map<number, number>();
  const names = Object.fromEntries(Object.entries(TaskStatus).map(([name, status]) => [status, name]));
  for (const { columns, length } of run.records.blocks()) {
    for (let i = 0; i < length; i++) {
      const tid = threadOf(run, columns.worker[i]!, columns.slot[i]!);
      const start = micros(columns.start[i]!);
      const end = micros(columns.start[i]! + lengthOf(columns, i));
      const before = ends.get(tid) ?? 0;
      // A tenth of a microsecond is rounding; more than that is a record that came late, and stays where it was.
      const ts = start < before && before - start < 0.1 ? before : start;
      const dur = Math.max(0, Math.round((end - ts) * 1e3) / 1e3);
      ends.set(tid, Math.max(before, Math.round((ts + dur) * 1e3) / 1e3));
      const failed = columns.status[i] !== TaskStatus.succeeded;
      const args = taskArgs(run, columns, i, names[columns.status[i]!]);
      yield { ph: 'X', cat: 'task', name: run.target.function, pid: runProcess, tid, ts, dur, ...(failed ? { cname: 'terrible' } : {}), args };
    }
  }
}

const lengthOf = (columns: RecordColumns, i: number): Millis => columns.compute[i]! + columns.wait[i]! + columns.runQueue[i]!;

function taskArgs(run: RunData, columns: RecordColumns, i: number, status: string | undefined): TraceEvent {
  const task = columns.id[i]!;
  const preview = run.previews.get(task);
  return {
    task,
    status,
    ...(run.splitKnown ? { onCpuUs: micros(columns.compute[i]!) } : {}),
    ...(run.splitKnown && run.runQueueKnown ? { blockedUs: micros(columns.wait[i]!), runQueueUs: micros(columns.runQueue[i]!) } : {}),
    queuedUs: micros(columns.queued[i]!),
    transferInUs: micros(columns.transferIn[i]!),
    transferOutUs: micros(columns.transferOut[i]!),
    ...(preview ? { input: preview.input, ...(preview.result === null ? {} : { result: preview.result }) } : {}),
  };
}

/** Tasks not yet begun, of those that there were; nothing where their number is not known. */
function* queueCounter(run: RunData): Generator<TraceEvent> {
  const total = run.plan.tasks;
  if (total === null || run.records.length === 0 || run.wallMs <= 0) return;
  const begun = new Uint32Array(queuePoints);
  for (const { columns, length } of run.records.blocks()) {
    for (let i = 0; i < length; i++) begun[Math.min(queuePoints - 1, Math.floor((columns.start[i]! / run.wallMs) * queuePoints))]!++;
  }
  let left = total;
  let told = -1;
  for (const [point, count] of begun.entries()) {
    left -= count;
    if (left !== told) yield counter('tasks not begun', runProcess, ((point + 1) / queuePoints) * run.wallMs, { tasks: left });
    told = left;
  }
}

function* coreCounters(run: RunData): Generator<TraceEvent> {
  for (const { at, span, busy, ours } of run.cores.samples) {
    for (const [core, share] of busy.entries()) {
      const own = ours[core] ?? Number.NaN;
      const values = Number.isNaN(own) ? { busy: percentOf(share) } : { ours: percentOf(own), others: percentOf(Math.max(0, share - own)) };
      yield counter(`core ${core} (%)`, machineProcess, Math.max(0, at - span), values);
    }
  }
  const last = run.cores.samples.at(-1);
  for (const [core] of last?.busy.entries() ?? []) {
    const values = Number.isNaN(last!.ours[core] ?? Number.NaN) ? { busy: 0 } : { ours: 0, others: 0 };
    yield counter(`core ${core} (%)`, machineProcess, last!.at, values);
  }
}

const counter = (name: string, pid: number, at: Millis, args: Readonly<Record<string, number>>): TraceEvent => ({ ph: 'C', name, pid, tid: 0, ts: micros(at), args });
const percentOf = (share: number) => Math.round(share * 1000) / 10;
