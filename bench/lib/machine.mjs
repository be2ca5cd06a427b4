import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { busyStarts } from './quiet.mjs';

/** One line for every table: where and when it was measured, and how busy the machine was with other things. */
export function describeMachine() {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0].toFixed(1);
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, Node ${process.versions.node}, ${process.platform}-${process.arch}, ${availableParallelism()} cores (${model}), ${memory} GiB, load ${load} at the start`;
}

/** For the end of a report: whether the figures were taken in peace. */
export function describeQuiet() {
  const { count, all } = busyStarts;
  return `\n${all - count} of ${all} measurements began on a quiet machine.`;
}
