import { openSync, readSync } from 'node:fs';
import type { Millis } from '../../../base/units';

/** What the OS says of this thread since it began; `runQueue` and `slices` are NaN where they are not told. */
export interface CpuReading {
  readonly onCpu: Millis;
  readonly runQueue: Millis;
  /** How often it was put on a core. */
  readonly slices: number;
}

export interface CpuMeter {
  (): CpuReading;
  /** How often the thread left its core of its own accord, as one does to wait; `NaN` where that is not told. 16 µs. */
  readonly yields: () => number;
}

/** The newest CPU time that a reading may miss, ms: one scheduler tick (Linux: 4 at 250 Hz, the slowest common rate). */
export const meterLag: Millis = process.platform === 'win32' ? 16 : process.platform === 'linux' ? 4.1 : 0;

/**
 * The best meter of this thread that the OS offers, or `null`.
 * Linux: `/proc/thread-self/schedstat` (on-CPU ns, run-queue ns, slices), 1.1 to 1.5 µs a reading.
 * Elsewhere `process.threadCpuUsage`, where Node has it: on-CPU time only.
 */
export function openCpuMeter(): CpuMeter | null {
  return openSchedstat() ?? openThreadCpuUsage();
}

function openSchedstat(): CpuMeter | null {
  if (process.platform !== 'linux') return null;
  try {
    const file = openSync('/proc/thread-self/schedstat', 'r');
    const bytes = Buffer.alloc(96);
    const read = (): CpuReading => {
      const [onCpu, runQueue, slices] = bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0)).split(' ');
      return { onCpu: Number(onCpu) / 1e6, runQueue: Number(runQueue) / 1e6, slices: Number(slices) };
    };
    return Number.isFinite(read().onCpu) ? Object.assign(read, { yields: openYields() }) : null;
  } catch {
    // No schedstat in this kernel: the next meter may work.
    return null;
  }
}

function openYields(): () => number {
  const file = openSync('/proc/thread-self/status', 'r');
  const bytes = Buffer.alloc(8192);
  return () => {
    const text = bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0));
    return Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(text)?.[1] ?? Number.NaN);
  };
}

function openThreadCpuUsage(): CpuMeter | null {
  const usage = (process as { threadCpuUsage?: () => { user: number; system: number } }).threadCpuUsage;
  if (!usage) return null;
  const read = (): CpuReading => {
    const { user, system } = usage.call(process);
    return { onCpu: (user + system) / 1e3, runQueue: Number.NaN, slices: Number.NaN };
  };
  return Object.assign(read, { yields: () => Number.NaN });
}
