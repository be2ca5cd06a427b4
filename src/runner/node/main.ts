/**
 * The runner process: hosts a worker pool for one run, and ends with it.
 *
 *   session ◄─ fd 3 ─► main thread ◄─ links, Piscina ─► worker threads (user code)
 *                        ▲
 *                        └── monitor thread: watches the parent, the memory and the cores
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { runnerProtocol, type FromRunner, type RunSpec, type ToRunner } from '../../protocol/runner';
import { Channel } from './channel';
import { unsendableAmong } from './cloning';
import { Crew } from './crew';
import { faultOf } from './fault';
import { openInputs } from './inputs';
import type { FromMonitor, MonitorOrders } from './monitor';
import { usePlainStreams } from './plain-streams';
import { previewArguments } from './preview';
import { Rehearsal } from './rehearsal';
import { Run } from './run';
import { monotonic } from './thread/clock';
import { openCpuMeter } from './thread/cpu-meter';

usePlainStreams();
let crew: Crew | null = null;
let rehearsal: Rehearsal | null = null;
let run: Run | null = null;
const capable = openCpuMeter()?.();
const monitor = new Worker(join(__dirname, 'monitor.js'), { workerData: { parent: process.ppid }, stdout: false });
monitor.unref();
monitor.on('message', hearMonitor);

const channel = new Channel({
  opened: sayHello,
  message: obey,
  closed: () => process.exit(),
});
const send = (message: FromRunner): Promise<void> => new Promise((resolve) => channel.send(message, [], resolve));

function sayHello(): void {
  void send({
    type: 'hello',
    protocol: runnerProtocol,
    runtime: process.versions.electron ? 'electron' : 'node',
    version: process.versions.node,
    pid: process.pid,
    os: `${process.platform}-${process.arch}`,
    cores: cpus().length,
    measures: {
      onCpu: capable !== undefined,
      runQueue: capable !== undefined && Number.isFinite(capable.runQueue),
      oursPerCore: process.platform === 'linux',
    },
  });
  setInterval(() => void send({ type: 'alive' }), 1000).unref();
}

function obey(message: ToRunner): void {
  switch (message.type) {
    case 'warm':
      return void warm(message);
    case 'preview':
      return void previewInputs(message.spec, message.most);
    case 'run':
      return void start(message.spec);
    case 'cancel':
      return run?.cancel(message.why);
  }
}

// A rejection that user code leaves behind here (in its inputs) must not end the run; a fault of ours must.
process.on('unhandledRejection', (reason) => {
  run?.outbox.add((batch) => batch.warnings.push(`While making the inputs: ${faultOf(reason, -1, 'inputs').message}`));
});

async function warm({ workers, memoryMb, rehearse }: Extract<ToRunner, { type: 'warm' }>): Promise<void> {
  const waiting = new Crew(workers, memoryMb);
  crew = waiting;
  await waiting.complete();
  await send({ type: 'warmed' });
  if (rehearse && !run && crew === waiting) rehearsal = new Rehearsal(waiting);
}

async function start(spec: RunSpec): Promise<void> {
  process.chdir(spec.cwd);
  await rehearsal?.stop();
  if (crew && (crew.workers !== spec.plan.workers || crew.memoryMb !== spec.memoryMb)) {
    void crew.destroy();
    crew = null;
  }
  crew ??= new Crew(spec.plan.workers, spec.memoryMb);
  run = new Run(spec, crew, channel);
  monitor.postMessage({ memoryMb: spec.memoryMb, origin: run.origin } satisfies MonitorOrders);
  const ended = await run.run();
  monitor.postMessage('last');
  const throttledMs = await lastWord();
  await run.outbox.send({
    ...ended,
    splitKnown: capable !== undefined,
    // In KiB on every platform.
    peakMemoryMb: process.resourceUsage().maxRSS / 1024,
    throttledMs,
  });
  process.exit();
}

async function previewInputs(spec: RunSpec, most: number): Promise<void> {
  process.chdir(spec.cwd);
  try {
    const source = await openInputs(spec);
    const { inputs, count } = await source.take(most);
    const first = inputs ? inputs.map((input) => previewArguments(input, spec.spread)) : Array.from({ length: count }, () => '');
    const unsendable = inputs && unsendableAmong(inputs);
    await send({ type: 'inputs', count: source.total, first, ...(unsendable && { unsendable }) });
  } catch (thrown) {
    await send({ type: 'inputs-failed', fault: faultOf(thrown, -1, 'inputs') });
  }
  process.exit();
}

let onLastWord: ((throttledMs: number | null) => void) | null = null;

/** The monitor's last samples and what the container's quota held back; `null` after 100 ms without an answer. */
function lastWord(): Promise<number | null> {
  return new Promise((resolve) => {
    onLastWord = resolve;
    setTimeout(() => resolve(null), 100);
  });
}

function hearMonitor(message: FromMonitor): void {
  switch (message.type) {
    case 'sample':
      return run?.outbox.add((batch) => batch.samples.push(message.sample));
    case 'memory':
      return void run?.outOfMemory(message.usedMb);
    case 'last':
      return onLastWord?.(message.throttledMs);
  }
}

// Spares are born before the run: the clock's origin must not be loaded lazily in the middle of it.
monotonic();
