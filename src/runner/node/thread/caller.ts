/**
 * Calls the target for the tasks of each chunk. Tasks that return at once run in a plain loop; from the first promise
 * on, tasks overlap in as many slots as the plan allows (one, unless it is a gather).
 *
 *   chunk ─► loop ─► call ─┬─ value ───────────────► done ─┬─► every 10 ms, and at the chunk's end: answer
 *                          └─ promise ─► slot ─► settled ──┘
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Millis } from '../../../base/units';
import { TaskStatus } from '../../../protocol/columns';
import { faultOf } from '../fault';
import { Watch, type Chunk, type ChunkDone, type Orders } from '../messages';
import type { Answers } from './answers';

type TargetFunction = (...args: unknown[]) => unknown;

/** A task between its call and its end. */
interface Call {
  readonly id: number;
  readonly slot: number;
  readonly input: unknown;
  readonly start: Millis;
  readonly queued: Millis;
  readonly transferIn: Millis;
}

/** A chunk's loop, stopped at a task that returned a promise. */
interface Pending {
  /** Position in the chunk. */
  readonly at: number;
  readonly call: Call;
  readonly promise: PromiseLike<unknown>;
}

export class Caller {
  /** Whose code runs, across awaits. Asked only where tasks return promises. */
  readonly #context = new AsyncLocalStorage<number>();
  #async: boolean;
  readonly #free: number[];
  #slotFreed: (() => void) | null = null;
  /** Chunks begin one after another, so that tasks begin in the order of their inputs. */
  readonly #turns = new Turns();
  #inFlight = 0;
  /** When the last task ended, or the module was loaded. */
  #lastEnd: Millis;

  constructor(
    private readonly target: TargetFunction,
    private readonly orders: Orders,
    private readonly answers: Answers,
    private readonly watch: Int32Array,
    private readonly now: () => Millis,
  ) {
    this.#lastEnd = now();
    this.#async = target.constructor.name === 'AsyncFunction';
    this.#free = Array.from({ length: orders.concurrency }, (_, i) => orders.concurrency - 1 - i);
  }

  /** Index of the task whose code runs now, or `null`. */
  currentTask(): number | null {
    const running = this.#context.getStore() ?? this.watch[Watch.running]!;
    return running >= 0 ? running : null;
  }

  /** Runs a chunk; resolves (or returns) when all its tasks are answered. */
  run(chunk: Chunk): ChunkDone | Promise<ChunkDone> {
    const arrived = this.now();
    this.answers.reserve(chunk.count);
    if (this.#turns.taken || this.#inFlight > 0) return this.#runInTurn(chunk, arrived);
    this.answers.begin(arrived);
    const pending = this.#loop(chunk, 0, this.#transferIn(chunk, arrived));
    return pending ? this.#overlap(chunk, pending, arrived) : this.#done(arrived);
  }

  async #runInTurn(chunk: Chunk, arrived: Millis): Promise<ChunkDone> {
    await this.#turns.take();
    if (this.#free.length === 0) await this.#waitForSlot();
    const pending = this.#loop(chunk, 0, this.#transferIn(chunk, arrived));
    if (pending) return this.#overlap(chunk, pending, arrived);
    this.#turns.pass();
    return this.#done(arrived);
  }

  #done(arrived: Millis): ChunkDone {
    const now = this.now();
    this.answers.flush(now);
    return { span: now - arrived };
  }

  #transferIn(chunk: Chunk, arrived: Millis): Millis {
    return Math.max(0, arrived - Math.max(chunk.sentAt, this.#lastEnd));
  }

  /** Calls tasks from position `at` on; stops at the first that returns a promise, which it hands back with its call. */
  #loop(chunk: Chunk, at: number, transferIn: Millis): Pending | null {
    const { watch, answers, orders } = this;
    const { first, count, inputs } = chunk;
    const queued = chunk.sentAt - chunk.madeAt;
    const record = orders.record;
    let start = record ? this.now() : 0;
    let nextFlush = start + answers.flushEvery;
    for (; at < count; at++, transferIn = 0) {
      const id = first + at;
      const input = inputs === null ? noInput : inputs[at];
      watch[Watch.started] = id + 1;
      watch[Watch.running] = id;
      let value: unknown;
      let status: TaskStatus = TaskStatus.succeeded;
      try {
        value = this.#async ? this.#callInContext(id, input) : this.#call(input);
        if (isThenable(value)) {
          this.#async = true;
          const slot = this.#free.pop()!;
          return { at, call: { id, slot, input, start, queued, transferIn }, promise: value };
        }
      } catch (thrown) {
        answers.fail(faultOf(thrown, id, 'run'));
        status = TaskStatus.failed;
        value = undefined;
      }
      const end = record ? this.now() : 0;
      answers.add(id, 0, start, end, status, queued, transferIn, input, value, false);
      // One clock reading a task: the end of one is the start of the next.
      start = end;
      if (end > nextFlush && at < count - 1) {
        answers.flush(end);
        nextFlush = end + answers.flushEvery;
      }
    }
    watch[Watch.running] = -1;
    this.#lastEnd = record ? start : this.now();
    return null;
  }

  /** Apart from the loop: there, a closure would cost each task an object for the variables that it holds. */
  #callInContext(id: number, input: unknown): unknown {
    return this.#context.run(id, () => this.#call(input));
  }

  #call(input: unknown): unknown {
    // Called by its bare name: `this` is undefined in it, as in any plain call.
    const { target } = this;
    if (input === noInput) return target();
    if (this.orders.spread && Array.isArray(input)) return target(...(input as unknown[]));
    return target(input);
  }

  /** The rest of a chunk whose task at `pending.at` returned a promise. Holds the turn until all its tasks began. */
  async #overlap(chunk: Chunk, pending: Pending, arrived: Millis): Promise<ChunkDone> {
    this.#turns.taken = true;
    const settled: Promise<void>[] = [];
    for (let next: Pending | null = pending; next; ) {
      settled.push(this.#settle(next.call, next.promise));
      const at: number = next.at + 1;
      if (at === chunk.count) break;
      if (this.#free.length === 0) await this.#waitForSlot();
      next = this.#loop(chunk, at, 0);
    }
    this.#turns.pass();
    await Promise.all(settled);
    return this.#done(arrived);
  }

  async #settle(call: Call, promise: PromiseLike<unknown>): Promise<void> {
    this.#inFlight++;
    if (this.orders.concurrency > 1) this.watch[Watch.running] = -1;
    let value: unknown;
    let status: TaskStatus = TaskStatus.succeeded;
    try {
      value = await promise;
    } catch (thrown) {
      this.answers.fail(faultOf(thrown, call.id, 'run'));
      status = TaskStatus.failed;
    }
    const end = this.now();
    this.answers.add(call.id, call.slot, call.start, end, status, call.queued, call.transferIn, call.input, value, true);
    this.#inFlight--;
    this.#lastEnd = end;
    this.watch[Watch.running] = -1;
    this.#free.push(call.slot);
    this.answers.flushIfDue(end);
    this.#slotFreed?.();
  }

  /** Resolves when a slot is free; only the chunk whose turn it is waits. */
  async #waitForSlot(): Promise<void> {
    while (this.#free.length === 0) {
      await new Promise<void>((resolve) => (this.#slotFreed = resolve));
      this.#slotFreed = null;
    }
  }
}

/** First come, first served. */
class Turns {
  taken = false;
  readonly #waiting: (() => void)[] = [];

  async take(): Promise<void> {
    if (this.taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.taken = true;
  }

  pass(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.taken = false;
  }
}

const noInput = Symbol('no input');

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<unknown>).then === 'function';
}
