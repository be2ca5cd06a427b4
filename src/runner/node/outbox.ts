import type { Millis } from '../../base/units';
import type { FromRunner, MessageOf } from '../../protocol/runner';
import type { Channel } from './channel';

/** Where messages go. */
export type Sink = Pick<Channel, 'send'>;

type Batch = { -readonly [K in keyof MessageOf<'batch'>]: MessageOf<'batch'>[K] };

/** Batches leave this often, ms; the first after a pause at once. In a long run nobody needs them sooner than the second. */
const every: Millis = 25;
const everyInLongRun: Millis = 50;
const longRun: Millis = 2_000;
/**
 * Urgent batches: so many at once, and one more for each so many ms. Each costs both ends 0.2 to 0.4 ms of CPU, which the
 * tasks would have to pay; beyond that they wait like the others.
 */
const mostUrgent = 20;
const urgentEvery: Millis = 50;
/** Messages that may be under way before the sender is asked to wait. */
const mostUnderWay = 4;
/** A batch with more bytes than this leaves at once. */
const fullBatch = 1 << 18;

/** Sends to the session: small things together in batches, and no faster than the session reads. */
export class Outbox {
  #batch: Batch | null = null;
  #blobs: Uint8Array[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | null = null;
  #dueAt: Millis = 0;
  #urgentLeft = mostUrgent;
  #urgentAt: Millis = 0;
  #underWay = 0;
  #onRoom: (() => void) | null = null;

  constructor(
    private readonly sink: Sink,
    private readonly now: () => Millis,
  ) {}

  /** Sends a message of its own, after what was batched before it. Resolves when it has left the process. */
  send(message: FromRunner): Promise<void> {
    this.flush();
    return this.#post(message, []);
  }

  /** Adds to the batch that leaves soon. `attach` stores a blob with it and returns its index. */
  add(change: (batch: Batch, attach: (blob: Uint8Array) => number) => void): void {
    change((this.#batch ??= emptyBatch()), (blob) => {
      this.#bytes += blob.length;
      return this.#blobs.push(blob) - 1;
    });
    if (this.#bytes > fullBatch) this.flush();
    else this.#timer ??= setTimeout(() => this.#flushDue(), Math.max(0, this.#dueAt - this.now()));
  }

  /** Sends the batch now, before whatever comes next can end the process; within reason. */
  hurry(): void {
    const now = this.now();
    this.#urgentLeft = Math.min(mostUrgent, this.#urgentLeft + (now - this.#urgentAt) / urgentEvery);
    this.#urgentAt = now;
    if (this.#urgentLeft < 1) return;
    this.#urgentLeft--;
    this.flush();
  }

  #flushDue(): void {
    const now = this.now();
    this.#dueAt = now + (now < longRun ? every : everyInLongRun);
    this.flush();
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const batch = this.#batch;
    if (!batch) return;
    const blobs = this.#blobs;
    this.#batch = null;
    this.#blobs = [];
    this.#bytes = 0;
    batch.at = this.now();
    void this.#post(batch, blobs);
  }

  /** Resolves when the session has caught up; `null` where there is no need to wait. */
  room(): Promise<void> | null {
    if (this.#underWay < mostUnderWay) return null;
    return new Promise((resolve) => (this.#onRoom = resolve));
  }

  #post(message: FromRunner, blobs: readonly Uint8Array[]): Promise<void> {
    this.#underWay++;
    return new Promise((resolve) => {
      this.sink.send(message, blobs, () => {
        this.#underWay--;
        if (this.#underWay < mostUnderWay) {
          this.#onRoom?.();
          this.#onRoom = null;
        }
        resolve();
      });
    });
  }
}

function emptyBatch(): Batch {
  return {
    type: 'batch',
    at: 0,
    sent: [],
    answered: [],
    counts: { succeeded: 0, failed: 0 },
    records: [],
    failures: [],
    results: [],
    tooLarge: [],
    previews: [],
    output: [],
    outputDropped: 0,
    warnings: [],
    samples: [],
  };
}
