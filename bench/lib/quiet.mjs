import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait for a quiet moment before a measurement, s. */
const patience = Number(process.env.BENCH_PATIENCE ?? 60);
const quietEnough = 0.8;

/** Measurements so far, and those of them that had to begin on a busy machine. */
export const busyStarts = { all: 0, count: 0 };

/** Resolves when the machine has been idle for most of half a second, or when patience ends. */
export async function quietMoment() {
  busyStarts.all++;
  const deadline = performance.now() + patience * 1000;
  while ((await idleShare(500)) < quietEnough) {
    if (performance.now() < deadline) continue;
    busyStarts.count++;
    return;
  }
}

async function idleShare(ms) {
  const before = times();
  await sleep(ms);
  const after = times();
  return (after.idle - before.idle) / (after.all - before.all);
}

function times() {
  let idle = 0;
  let all = 0;
  for (const { times: core } of cpus()) {
    idle += core.idle;
    all += core.user + core.nice + core.sys + core.idle + core.irq;
  }
  return { idle, all };
}
