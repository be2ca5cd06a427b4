import type { Millis } from '../../../base/units';

/** Machine-wide monotonic time minus this thread's `performance.now()`, ms: threads may start their clocks apart. */
const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** The machine's monotonic clock in ms, the same for all threads of the process. 50 to 85 ns a call. */
export function monotonic(): Millis {
  return performance.now() + offset;
}
