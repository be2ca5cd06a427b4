import type { Millis } from '../../base/units';
import type { FromRunner, MessageOf } from '../../protocol/runner';

type Batch = { -readonly [K in keyof MessageOf<'batch'>]: MessageOf<'batch'>[K] };

/** Batches leave this often, ms. */
const every: Millis = 25;
/** Messages that may be under way before the sender is asked to wait. */
const mostUnderWay = 8;
/** A batch with more record bytes than this leaves at once. */
const fullBatch = 1 << 20;

/** Sends to the session: small things together in batches, and no faster than the session reads. */
export class Outbox {
  #batch: Batch | null = null;
  #bytes = 0;
  #timer: NodeJS.Timeout | null = null;
  #lastSent: Millis = 0;
  #underWay = 0;
  #onRoom: (() => void) | null = null;

  constructor(private readonly now: () => Millis) {}

  /** Sends a message of its own, after what was batched before it. Resolves when it has left the process. */
  send(message: FromRunner): Promise<void> {
    this.flush();
    return this.#post(message);
  }

  /** Adds to the batch that leaves soon; at once where nothing left for a while. */
  add(change: (batch: Batch) => void, recordBytes = 0): void {
    change((this.#batch ??= emptyBatch()));
    this.#bytes += recordBytes;
    if (this.#bytes > fullBatch || performance.now() - this.#lastSent > every) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), every);
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const batch = this.#batch;
    if (!batch) return;
    this.#batch = null;
    this.#bytes = 0;
    batch.at = this.now();
    void this.#post(batch);
  }

  /** Resolves when the session has caught up; `null` where there is no need to wait. */
  room(): Promise<void> | null {
    if (this.#underWay < mostUnderWay) return null;
    return new Promise((resolve) => (this.#onRoom = resolve));
  }

  #post(message: FromRunner): Promise<void> {
    this.#lastSent = performance.now();
    this.#underWay++;
    return new Promise((resolve) => {
      process.send!(message, undefined, undefined, () => {
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
    previews: [],
    output: [],
    outputDropped: 0,
    warnings: [],
    samples: [],
  };
}
