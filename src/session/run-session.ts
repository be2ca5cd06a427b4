/**
 * Drives one run from its request to its end, and keeps what it yields in a `RunData`.
 *
 *   link ──┐
 *   runner ┴─► run ─► accepted ─► started ─► batches … ─► ended ─► buried
 *                └────────────── cancel, time-out, death ──────────┘
 */
import { deserialize } from 'node:v8';
import { HumanError } from '../base/human-error';
import type { Disposable } from '../base/disposal';
import type { Millis } from '../base/units';
import { columnsOver } from '../protocol/columns';
import type { FromRunner, MessageOf } from '../protocol/runner';
import { expandStamped } from '../protocol/stamps';
import { parseTyped } from '../protocol/typed-value';
import type { Outcome } from '../protocol/report';
import { errorLimit, previewLimit, type RunData } from '../profile/run-data';
import type { RunHandle } from './engine';
import { InFlight } from './in-flight';
import { RefusedError } from './refused-error';
import type { AnyRunSpec, Exit, RunnerProcess } from './runner-process';

/** Listeners hear of a run no more often than this, ms. */
const notifyEvery: Millis = 50;
/** After a polite cancel, so long until the process group is ended. */
const cancelWithin: Millis = 600;
/** Silence after which a runner counts as not responding; it speaks every second. */
const silence: Millis = 5_000;
const mostWarnings = 100;

export interface RunParts {
  readonly runner: RunnerProcess;
  readonly warm: boolean;
  readonly spec: AnyRunSpec;
  readonly usableCores: number;
}

export interface RunLimits {
  readonly timeoutMs: Millis | null;
  readonly startMs: Millis;
}

export class RunSession implements RunHandle {
  readonly ended: Promise<RunData>;
  readonly #listeners = new Set<(data: RunData) => void>();
  readonly #unresponsive = new Set<() => void>();
  readonly #inFlight = new InFlight();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #preparing = new AbortController();
  #runner: RunnerProcess | null = null;
  #cancelled = false;
  #acceptedAt: number | null = null;
  #loaded = false;
  #last: MessageOf<'ended'> | null = null;
  #notifyTimer: NodeJS.Timeout | null = null;
  #breakOff!: (fault: HumanError) => void;
  readonly #brokenOff = new Promise<HumanError>((resolve) => (this.#breakOff = resolve));
  #timedOut: { readonly message: string; readonly limit: 'run' | 'start' } | null = null;

  /**
   * `prepare` links the module and provides the runner; what it rejects with is the run's fault. Once its signal is
   * aborted nobody takes what it provides: it ends the runner itself, and rejects.
   */
  constructor(
    readonly data: RunData,
    private readonly limits: RunLimits,
    wantResults: boolean,
    prepare: (signal: AbortSignal) => Promise<RunParts>,
  ) {
    if (wantResults) data.results = [];
    this.ended = this.#drive(prepare);
  }

  cancel(): void {
    if (this.#cancelled || this.data.phase === 'ended') return;
    this.#cancelled = true;
    this.#stop('cancelled');
  }

  onUpdate(listener: (data: RunData) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  onUnresponsive(listener: () => void): Disposable {
    this.#unresponsive.add(listener);
    return { dispose: () => this.#unresponsive.delete(listener) };
  }

  async #drive(prepare: (signal: AbortSignal) => Promise<RunParts>): Promise<RunData> {
    try {
      await this.#converse(await prepare(this.#preparing.signal));
    } catch (fault) {
      // Whatever breaks after a cancel is the cancel's doing.
      if (this.#cancelled) this.#finish('cancelled', this.#acceptedAt === null ? 'Cancelled before it began.' : `Cancelled. ${this.#finished()}`);
      else this.#fail(fault);
    }
    for (const timer of this.#timers) clearTimeout(timer);
    this.data.results?.sort((a, b) => a.index - b.index);
    this.data.errors.sort((a, b) => a.index - b.index);
    this.data.phase = 'ended';
    if (this.#notifyTimer) clearTimeout(this.#notifyTimer);
    for (const listener of this.#listeners) listener(this.data);
    return this.data;
  }

  /** From the runner's hello to its end. The runner is gone when this resolves. */
  async #converse({ runner, warm, spec, usableCores }: RunParts): Promise<void> {
    this.#runner = runner;
    try {
      const hello = await runner.hello;
      if (this.#cancelled) return this.#finish('cancelled', 'Cancelled before it began.');
      this.data.environment = { runtime: hello.runtime, runtimeVersion: hello.version, cores: hello.cores, usableCores, os: hello.os };
      this.data.processStartMs = warm ? null : performance.now() - runner.startedAt;
      this.data.splitKnown = hello.measures.onCpu;
      this.data.runQueueKnown = hello.measures.runQueue;
      this.data.splitShared = spec.plan.concurrency > 1;
      runner.listener = {
        message: (message, blobs) => this.#hear(message, blobs),
        rawOutput: (stream, text) => this.data.output.append({ stream, task: null, text }),
        rawDropped: (bytes) => (this.data.output.dropped += bytes),
        garbage: () =>
          this.#breakOff(
            new HumanError(
              'The runner sent something that is no message of ours, and was ended.',
              'User code may have written to the channel of the runner (descriptor 3). Run again.',
            ),
          ),
      };
      this.#setPhase('loading');
      runner.send({ type: 'run', spec });
      this.#limitStart();
      this.#watchSilence(runner);
      const first = await Promise.race([runner.exited, this.#brokenOff]);
      if (first instanceof Error) throw first;
      // The last message may still be on its way when the process is gone.
      if (first && !this.#last) await new Promise((resolve) => setImmediate(resolve));
      this.#conclude(first);
    } finally {
      await runner.bury();
      runner.listener = null;
    }
  }

  #hear(message: FromRunner, blobs: readonly Uint8Array[]): void {
    const { data } = this;
    switch (message.type) {
      case 'accepted':
        this.#acceptedAt = performance.now();
        if (this.limits.timeoutMs !== null) this.#after(this.limits.timeoutMs, () => this.#timeOut('run', `Timed out after ${seconds(this.limits.timeoutMs!)}.`));
        return;
      case 'started':
        if (message.tasks !== null) {
          data.counts.tasks = message.tasks;
          data.plan = { ...data.plan, tasks: message.tasks };
        }
        if (message.startMethod) data.plan = { ...data.plan, startMethod: message.startMethod };
        return this.#setPhase('running');
      case 'worker-started':
        data.workers.push({ id: message.id, spawnedAt: message.at, readyAt: null, endedAt: null, onCpuMs: null, peakMemoryMb: null });
        return;
      case 'worker-ready': {
        this.#loaded = true;
        const worker = data.workers.find(({ id }) => id === message.id);
        if (worker) worker.readyAt = message.at;
        return this.#notifySoon();
      }
      case 'worker-ended': {
        const worker = data.workers.find(({ id }) => id === message.id);
        if (!worker) return;
        worker.endedAt = message.at;
        worker.onCpuMs = message.onCpuMs;
        worker.peakMemoryMb = message.peakMemoryMb;
        if (message.fault) worker.fault = message.fault;
        return;
      }
      case 'batch':
        return this.#take(message, blobs);
      case 'ended':
        this.#last = message;
        // The runner leaves now; a thread of user code that cannot be stopped must not hold it.
        this.#after(300, () => this.#runner?.kill());
        return;
      case 'hello':
      case 'warmed':
      case 'alive':
      case 'inputs':
      case 'inputs-failed':
        return;
    }
  }

  #take(batch: MessageOf<'batch'>, blobs: readonly Uint8Array[]): void {
    const { data } = this;
    for (const { n, blob } of batch.records) data.records.append(columnsOver(aligned(blobs[blob]!), n), n);
    for (const records of batch.stamped ?? []) data.records.append(expandStamped(records, blobs), records.n);
    this.#inFlight.sent(batch.sent);
    this.#inFlight.answered(batch.answered);
    data.counts.succeeded += batch.counts.succeeded;
    data.counts.failed += batch.counts.failed;
    data.counts.tasks = Math.max(data.counts.tasks, data.counts.succeeded + data.counts.failed);
    data.wallMs = Math.max(data.wallMs, batch.at);
    for (const failure of batch.failures) if (data.errors.length < errorLimit) data.errors.push(failure);
    for (const { encoding, blob } of batch.results) {
      for (const [index, value] of decoded(encoding, blobs[blob]!)) data.results?.push({ index, value });
    }
    for (const large of batch.tooLarge) data.results?.push({ ...large, truncated: true });
    for (const { index, input, result } of batch.previews) {
      if (data.previews.size < previewLimit) data.previews.set(index, { input, result });
    }
    for (const line of batch.output) data.output.append(line);
    data.output.dropped += batch.outputDropped;
    for (const sample of batch.samples) data.cores.append({ ...sample, ours: sample.ours.map((share) => share ?? Number.NaN) });
    for (const warning of batch.warnings) this.#warn(warning);
    this.#notifySoon();
  }

  /** Judges how the run ended, from its last message or from the lack of one. */
  #conclude(exit: Exit | null): void {
    const { data } = this;
    const last = this.#last;
    if (last) {
      data.wallMs = last.wallMs;
      data.splitShared = last.splitShared;
      data.peakMemoryMb = last.peakMemoryMb;
      data.throttledMs = last.throttledMs;
      data.counts.tasks = Math.max(data.counts.tasks, last.tasks);
    }
    if (last?.why === 'completed') return this.#finish('completed', null);
    if (last?.why === 'failed') {
      data.errors.unshift(last.fault!);
      return this.#finish('failed', `${last.fault!.name}: ${last.fault!.message}`);
    }
    if (this.#timedOut) return this.#finishTimedOut(this.#timedOut.message);
    if (this.#cancelled) return this.#finish('cancelled', `Cancelled. ${this.#finished()}`);
    this.#finishDead(exit);
  }

  #finishTimedOut(message: string): void {
    const text = `${message} ${this.#finished()}`;
    this.data.timedOut = this.#timedOut?.limit === 'run';
    if (this.#loaded) for (const index of this.#inFlight.certain()) this.#blame(index, 'TimedOut', message, 'run');
    this.#finish('failed', text);
  }

  #finishDead(exit: Exit | null): void {
    const how = exit?.signal ? `was ended by ${exit.signal}` : `ended with exit code ${exit?.code ?? 'unknown'}`;
    const message = `The runner ${how}${this.#inFlight.describe()}. ${this.#finished()} Run again to start a new one.`;
    for (const index of this.#inFlight.certain()) this.#blame(index, 'RunnerDied', `The runner ${how} while this task was with a worker.`, 'pool');
    this.#finish('failed', message);
  }

  #blame(index: number, name: string, message: string, phase: 'run' | 'pool'): void {
    this.data.counts.failed++;
    if (this.data.errors.length < errorLimit) this.data.errors.push({ index, name, message, stack: '', phase });
  }

  #finish(outcome: Outcome, message: string | null): void {
    const { counts } = this.data;
    counts.cancelled = Math.max(0, counts.tasks - counts.succeeded - counts.failed);
    this.data.outcome = outcome;
    this.data.message = message;
  }

  #fail(fault: unknown): void {
    const human = fault instanceof HumanError;
    const text = human ? `${fault.message} ${fault.nextStep}`.trim() : `A fault of Corewise: ${String(fault)}`;
    // Before there is a runner the module is at fault, or there is no Node; from then on it is the runner.
    const phase = this.#runner ? 'pool' : 'load';
    this.data.errors.unshift({ index: -1, name: fault instanceof RefusedError ? 'Refused' : human ? 'CannotRun' : 'Fault', message: text, stack: human ? '' : String((fault as Error)?.stack ?? ''), phase });
    this.#finish('failed', text);
  }

  #finished(): string {
    const { succeeded, failed, tasks } = this.data.counts;
    return `${succeeded + failed} of ${tasks} tasks had finished.`;
  }

  /** Asks the runner to end the run, and ends the runner if it does not. */
  #stop(why: 'cancelled' | 'timed out'): void {
    if (this.#acceptedAt === null) {
      this.#preparing.abort();
      this.#runner?.kill();
      return;
    }
    this.#runner!.send({ type: 'cancel', why });
    this.#after(cancelWithin, () => this.#runner!.kill());
  }

  #timeOut(limit: 'run' | 'start', message: string): void {
    if (this.#cancelled || this.#last) return;
    this.#timedOut = { message, limit };
    this.#stop('timed out');
  }

  #limitStart(): void {
    this.#after(this.limits.startMs, () => {
      if (this.#loaded && this.data.phase === 'running') return;
      this.#timeOut('start', `Starting took more than ${seconds(this.limits.startMs)}: something at the top level of the module, or in the inputs, does not end.`);
    });
  }

  #watchSilence(runner: RunnerProcess): void {
    const timer = setInterval(() => {
      if (performance.now() - runner.lastHeardAt < silence) return;
      for (const listener of this.#unresponsive) listener();
    }, 1000);
    this.#timers.add(timer);
  }

  #after(ms: Millis, action: () => void): void {
    this.#timers.add(setTimeout(action, ms));
  }

  #warn(text: string): void {
    const { warnings } = this.data;
    if (warnings.length < mostWarnings && !warnings.includes(text)) warnings.push(text);
  }

  #setPhase(phase: RunData['phase']): void {
    this.data.phase = phase;
    for (const listener of this.#listeners) listener(this.data);
  }

  #notifySoon(): void {
    this.#notifyTimer ??= setTimeout(() => {
      this.#notifyTimer = null;
      for (const listener of this.#listeners) listener(this.data);
    }, notifyEvery);
  }
}

/** The bytes in a buffer of their own, where typed arrays of 8-byte numbers can begin. */
function aligned(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** `[index, value]` pairs out of a runtime's own encoding. */
function decoded(encoding: 'v8' | 'json', bytes: Uint8Array): [number, unknown][] {
  return (encoding === 'v8' ? deserialize(bytes) : parseTyped(Buffer.from(bytes).toString('utf8'))) as [number, unknown][];
}

function seconds(ms: Millis): string {
  return `${Number((ms / 1000).toPrecision(3))} s`;
}
