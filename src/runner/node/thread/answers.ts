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
  /** Tasks since the last answer: `[#from, #from + #count)` as long as they end in order, which most do. */
  #from = 0;
  #count = 0;
  /** In order of their end, from the first on that was out of order. */
  #indices: number[] | null = null;
  #results: unknown[] = [];
  /** Whose results those are; `null` where every task has one. */
  #owners: number[] | null;
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
    this.#owners = orders.wantResults ? null : [];
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
    this.#note(id);
    if (this.#owners === null) this.#results.push(value);
    else if (!isLight(value)) this.#keepFor(id, value);
    if (id < this.orders.previews || status !== TaskStatus.succeeded) this.#preview(id, input, status, value);
  }

  flushIfDue(now: Millis): void {
    if (now >= this.#nextFlush) this.flush(now);
  }

  flush(now: Millis): void {
    this.#nextFlush = now + this.flushEvery;
    if (now >= this.#nextHeapLook) this.#lookAtHeap(now);
    if (this.output.waiting) this.#post({ type: 'output', ...this.output.take() });
    if (this.#count > 0) this.#postAnswer(now);
  }

  /** CPU time of this thread since its orders, and the most heap and external memory that was seen. */
  totals(now: Millis): { onCpuMs: Millis | null; peakMemoryMb: Mebibytes } {
    this.#lookAtHeap(now);
    return { onCpuMs: this.#recorder.onCpu(), peakMemoryMb: this.#peakHeap };
  }

  #note(id: number): void {
    if (this.#count === 0) this.#from = id;
    else if (this.#indices === null && id !== this.#from + this.#count) {
      this.#indices = Array.from({ length: this.#count }, (_, i) => this.#from + i);
    }
    this.#indices?.push(id);
    this.#count++;
  }

  /** Nobody asked for results, but one that cannot be sent is a failure all the same: only sending tells. */
  #keepFor(id: number, value: unknown): void {
    this.#results.push(value);
    this.#owners!.push(id);
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
    const owners = this.#owners;
    const from = this.#from;
    const answer = {
      type: 'answer' as const,
      count: this.#count,
      from,
      indices: indices && Uint32Array.from(indices),
      records: this.orders.record ? this.#recorder.take(now) : null,
      results: this.#results,
      failures: this.#failures,
      previews: this.#previews,
    };
    this.#count = 0;
    this.#indices = null;
    this.#results = [];
    if (owners) this.#owners = [];
    this.#failures = [];
    this.#previews = [];
    try {
      this.#post(answer);
    } catch {
      // Some result cannot be copied: find which, and send the rest.
      this.#post({ ...answer, ...withoutUncloneable(answer, (at) => (owners ?? indices)?.[at] ?? from + at) });
    }
  }

  #post(message: FromWorker): void {
    const records = message.type === 'answer' ? message.records : null;
    this.port.postMessage(message, records && records.byteLength > 0 ? [records] : []);
  }
}

/** Whether a result can be sent for certain, and its sending costs nothing worth recording. */
function isLight(value: unknown): boolean {
  switch (typeof value) {
    case 'number':
    case 'boolean':
    case 'undefined':
      return true;
    case 'string':
      return value.length <= 64;
    default:
      return value === null;
  }
}

function withoutUncloneable(
  answer: Pick<Answer, 'results' | 'failures'>,
  indexAt: (position: number) => number,
): Pick<Answer, 'results' | 'failures'> {
  const failures = [...answer.failures];
  const results = answer.results.map((value, i) => {
    const trouble = uncloneable(value);
    if (!trouble) return value;
    failures.push(
      faultFrom(
        indexAt(i),
        'receive',
        'DataCloneError',
        `The result cannot be sent between threads: ${trouble.path === '' ? 'it' : `its ${trouble.path}`} is ${trouble.what}. Return plain data instead.`,
      ),
    );
    return undefined;
  });
  return { results, failures };
}
