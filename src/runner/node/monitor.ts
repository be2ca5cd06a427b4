/**
 * The runner's watchdog, on a thread of its own, so that neither busy user code nor a busy main thread can stop it:
 * ends the process group when the parent is gone, watches the memory, samples the cores.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Mebibytes, Millis } from '../../base/units';
import type { MessageOf } from '../../protocol/runner';
import { CoreSampler } from './monitor/core-sampler';
import { openThrottleMeter } from './monitor/throttling';
import { monotonic } from './thread/clock';

export interface MonitorOrders {
  readonly memoryMb: Mebibytes;
  /** The run's origin on the machine's monotonic clock. */
  readonly origin: Millis;
}

export type FromMonitor =
  | { readonly type: 'sample'; readonly sample: MessageOf<'batch'>['samples'][number] }
  | { readonly type: 'memory'; readonly usedMb: Mebibytes }
  | { readonly type: 'last'; readonly throttledMs: Millis | null };

/** `/proc/stat` counts in 10 ms ticks: more often would only show the ticks. */
const sampleEvery: Millis = 50;
/** The first samples come faster, so that a run of 100 ms has some. */
const firstSamples: Millis[] = [20, 20, 30, 30];
const parentEvery: Millis = 500;

const { parent } = workerData as { parent: number };
let orders: MonitorOrders | null = null;
let sampler: CoreSampler | null = null;
let throttled: (() => Millis | null) | null = null;
let told: Millis = 0;
let sampled = 0;

setInterval(() => {
  // The parent's number changes (to 1 or a reaper's) when it dies, however it died.
  if (process.ppid !== parent) endGroup();
}, parentEvery);

parentPort!.on('message', (message: MonitorOrders | 'last') => {
  if (message === 'last') {
    sample();
    parentPort!.postMessage({ type: 'last', throttledMs: throttled?.() ?? null } satisfies FromMonitor);
    return;
  }
  orders = message;
  sampler = new CoreSampler();
  throttled = openThrottleMeter();
  next();
});

function next(): void {
  setTimeout(() => {
    sample();
    watchMemory();
    next();
  }, firstSamples[sampled++] ?? sampleEvery);
}

function sample(): void {
  if (!sampler || !orders) return;
  const taken = sampler.sample();
  if (taken) {
    const at = monotonic() - orders.origin;
    parentPort!.postMessage({ type: 'sample', sample: { at, ...taken } } satisfies FromMonitor);
  }
}

function watchMemory(): void {
  const usedMb = process.memoryUsage.rss() / 2 ** 20;
  const { memoryMb } = orders!;
  if (usedMb <= memoryMb) return;
  // The main thread ends the workers that grew; if it cannot, or if it is itself what grew, the process goes.
  if (usedMb > memoryMb * 1.25 + 256) endGroup();
  const now = monotonic();
  if (now - told < 1000) return;
  told = now;
  parentPort!.postMessage({ type: 'memory', usedMb } satisfies FromMonitor);
}

function endGroup(): void {
  try {
    // The runner leads its own group: children of user code go with it.
    process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
}
