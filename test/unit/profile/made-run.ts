/** Runs made by hand, for tests: every record is written down, so that every figure can be worked out on paper. */
import type { RecordColumns } from '../../../src/protocol/columns';
import type { Environment } from '../../../src/protocol/report';
import type { Plan, Target } from '../../../src/protocol/target';
import { RunData } from '../../../src/profile/run-data';
import { recordsOf, type MadeUpTask } from '../../made-up/records';

export type MadeTask = Partial<MadeUpTask>;

export const target: Target = { language: 'typescript', file: '/project/src/primes.ts', function: 'countPrimes', line: 4, column: 17 };

export const environment: Environment = { runtime: 'node', runtimeVersion: '20.11.0', cores: 4, usableCores: 2, os: 'linux-x64' };

export const columnsOf = (tasks: readonly MadeTask[]): RecordColumns => recordsOf(tasks.map((task) => ({ start: 0, ...task })));

/** A completed run on Linux. Its workers are ready when they are told to be, at 0 where they are not. */
export function madeRun(
  tasks: readonly MadeTask[],
  { plan, readyAt = [], ...facts }: { plan?: Partial<Plan>; readyAt?: readonly (number | null)[] } & Partial<Omit<RunData, 'plan'>> = {},
): RunData {
  const whole: Plan = { model: 'threads', workers: 2, concurrency: 1, chunk: 'auto', tasks: tasks.length, ...plan };
  const run = new RunData('run-1', 0, target, { kind: 'repeat', times: tasks.length }, whole);
  Object.assign(run, { phase: 'ended', outcome: 'completed', environment, splitKnown: true, runQueueKnown: true });
  run.counts = { tasks: tasks.length, succeeded: tasks.length, failed: 0, cancelled: 0 };
  for (let id = 0; id < Math.max(whole.workers, readyAt.length); id++) {
    const ready = readyAt[id] === undefined ? 0 : readyAt[id]!;
    run.workers.push({ id, spawnedAt: 0, readyAt: ready, endedAt: null, onCpuMs: null, peakMemoryMb: null });
  }
  run.records.append(columnsOf(tasks), tasks.length);
  return Object.assign(run, facts);
}
