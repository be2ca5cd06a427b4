import type { MessagePort } from 'node:worker_threads';
import { getHeapStatistics } from 'node:v8';
import type { Mebibytes, Millis } from '../../../base/units';
import type { Fault } from '../../../protocol/runner';
import { TaskStatus } from '../../../protocol/columns';
import { uncloneable } from '../cloning';
import { faultFrom } from '../fault';
import type { Answer, FromWorker, Orders } from '../messages';
import { preview, previewArguments } from '../preview';
import type { OutputCapture } from './output';
import { Recorder } from './recorder';

/** How often the heap is looked at, ms; a look costs 3 µs. */
const heapEvery: Millis = 50;

/** Gathers what tasks leave behind and posts it over the link: records, results, failures, previews, output. */
export class Answers {
  /** A chunk that lasts sends what is done this often, ms: that is all a sudden death can lose. */
  readonly flushEvery: Millis = 10;
  readonly #recorder: Recorder;
  #indices: number[] = [];
  #results: unknown[] = [];
  #failures: Fault[] = [];
  #previews: Answer['previews'] = [];
  #nextFlush: Millis = 0;
  #nextHeapLook: Millis = 0;
  #peakHeap: Mebibytes = 0;

  constructor(
    private readonly port: MessagePort,
    private readonly orders: Orders,
    private readonly output: OutputCapture,
    now: Millis,
  ) {
    this.#recorder = new Recorder(orders.id, now);
  }

  reserve(n: number): void {
    if (this.orders.record) this.#recorder.reserve(n);
  }

  begin(at: Millis): void {
    if (this.orders.record) this.#recorder.begin(at);
    this.#nextFlush = at + this.flushEvery;
  }

  fail(fault: Fault): void {
    this.#failures.push(fault);
  }

  add(
    id: number,
    slot: number,
    start: Millis,
    end: Millis,
    status: TaskStatus,
    queued: Millis,
    transferIn: Millis,
    input: unknown,
    value: unknown,
    awaited: boolean,
  ): void {
    if (this.orders.record) this.#recorder.add(id, slot, start, end, status, queued, transferIn, awaited);
    this.#indices.push(id);
    this.#results.push(value);
    if (id < this.orders.previews || status !== TaskStatus.succeeded) this.#preview(id, input, status, value);
  }

  flushIfDue(now: Millis): void {
    if (now >= this.#nextFlush) this.flush(now);
  }

  flush(now: Millis): void {
    this.#nextFlush = now + this.flushEvery;
    if (now >= this.#nextHeapLook) this.#lookAtHeap(now);
    if (this.output.waiting) this.#post({ type: 'output', ...this.output.take() });
    if (this.#indices.length > 0) this.#postAnswer(now);
  }

  /** CPU time of this thread since its orders, and the most heap and external memory that was seen. */
  totals(now: Millis): { onCpuMs: Millis | null; peakMemoryMb: Mebibytes } {
    this.#lookAtHeap(now);
    return { onCpuMs: this.#recorder.onCpu(), peakMemoryMb: this.#peakHeap };
  }

  #preview(id: number, input: unknown, status: TaskStatus, value: unknown): void {
    const called = typeof input === 'symbol' ? '' : previewArguments(input, this.orders.spread);
    this.#previews.push({ index: id, input: called, result: status === TaskStatus.succeeded ? preview(value) : null });
  }

  #lookAtHeap(now: Millis): void {
    this.#nextHeapLook = now + heapEvery;
    const { total_heap_size: heap, external_memory: external } = getHeapStatistics();
    this.#peakHeap = Math.max(this.#peakHeap, (heap + external) / 2 ** 20);
  }

  #postAnswer(now: Millis): void {
    const indices = this.#indices;
    const from = indices[0]!;
    const answer = {
      type: 'answer' as const,
      count: indices.length,
      from,
      indices: isContiguous(indices) ? null : Uint32Array.from(indices),
      records: this.orders.record ? this.#recorder.take(now) : null,
      results: this.#results,
      failures: this.#failures,
      previews: this.#previews,
    };
    this.#indices = [];
    this.#results = [];
    this.#failures = [];
    this.#previews = [];
    try {
      this.#post(answer);
    } catch {
      // Some result cannot be copied: find which, and send the rest.
      this.#post({ ...answer, ...withoutUncloneable(answer, indices) });
    }
  }

  #post(message: FromWorker): void {
    const records = message.type === 'answer' ? message.records : null;
    this.port.postMessage(message, records && records.byteLength > 0 ? [records] : []);
  }
}

function isContiguous(indices: readonly number[]): boolean {
  const first = indices[0]!;
  // Tasks end in order unless they overlap; the last one in place with the others sorted is the common case.
  if (indices.at(-1) !== first + indices.length - 1) return false;
  for (let i = 1; i < indices.length; i++) if (indices[i] !== first + i) return false;
  return true;
}

function withoutUncloneable(
  answer: Pick<Answer, 'results' | 'failures'>,
  indices: readonly number[],
): Pick<Answer, 'results' | 'failures'> {
  const failures = [...answer.failures];
  const results = answer.results.map((value, i) => {
    const trouble = uncloneable(value);
    if (!trouble) return value;
    failures.push(
      faultFrom(
        indices[i]!,
        'receive',
        'DataCloneError',
        `The result cannot be sent between threads: ${trouble.path === '' ? 'it' : `its ${trouble.path}`} is ${trouble.what}. Return plain data instead.`,
      ),
    );
    return undefined;
  });
  return { results, failures };
}
