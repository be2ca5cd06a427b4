/**
 * Keeps every worker supplied with chunks: a window of them is under way, so that memory stays flat over any number of
 * inputs, and what a dead worker leaves undone goes round again.
 *
 *   inputs ─► chunk (size learnt from the answers) ─► worker ─► answered, or back to the line
 */
import type { Millis } from '../../base/units';
import type { PlanSpec } from '../../protocol/runner';
import { ChunkSize } from './chunk-size';
import type { InputSource } from './inputs';
import type { Chunk, ChunkDone } from './messages';

export interface Route {
  /** Hands a chunk to a worker. Resolves to what the worker says, or to tasks that must go again. */
  run(chunk: Chunk): Promise<ChunkDone | readonly Chunk[]>;
  /** Resolves when whoever reads the answers has caught up; `null` where there is no need to wait. */
  room(): Promise<void> | null;
  now(): Millis;
}

export class Feeder {
  readonly #sizes: ChunkSize;
  readonly #again: Chunk[] = [];
  #underWay = 0;
  #next = 0;
  #ended = false;
  #stopped = false;
  #fault: { readonly thrown: unknown } | null = null;
  #wake: (() => void) | null = null;

  constructor(
    private readonly source: InputSource,
    private readonly plan: PlanSpec,
    private readonly route: Route,
    /** When the inputs were there; an iterator's are made as they are taken. */
    private readonly madeAt: Millis,
  ) {
    this.#sizes = new ChunkSize(plan.chunk, plan.workers);
  }

  /** Tasks that were taken from the inputs so far. */
  get taken(): number {
    return this.#next;
  }

  /** No further chunk leaves; those under way are not waited for. */
  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  /** Feeds until the inputs are used up and every chunk is answered. Rejects with what the inputs or the route throw. */
  async feed(): Promise<void> {
    for (;;) {
      if (this.#fault) throw this.#fault.thrown;
      if (this.#stopped || (this.#isDry && this.#underWay === 0)) return;
      const room = this.route.room();
      if (room) await room;
      else if (this.#underWay >= this.#window || this.#isDry) await new Promise<void>((resolve) => (this.#wake = resolve));
      else await this.#sendOne();
    }
  }

  get #isDry(): boolean {
    return this.#ended && this.#again.length === 0;
  }

  /** Chunks that may be under way: enough that all slots of all workers are taken, and that one more waits behind. */
  get #window(): number {
    const { workers, concurrency } = this.plan;
    if (concurrency === 1) return workers * this.#sizes.depth;
    return workers * Math.max(2, Math.ceil((2 * concurrency) / this.#sizes.next(this.#remaining)));
  }

  get #remaining(): number | null {
    return this.source.total === null ? null : Math.max(0, this.source.total - this.#next);
  }

  async #sendOne(): Promise<void> {
    const again = this.#again.shift();
    if (again) return this.#send(again);
    const taking = this.source.take(this.#sizes.next(this.#remaining));
    // A promise only where there must be one: a million awaits cost more than the tasks.
    const { inputs, count } = taking instanceof Promise ? await taking : taking;
    const now = this.route.now();
    if (count > 0) {
      const madeAt = this.source.total === null ? now : this.madeAt;
      this.#send({ type: 'chunk', first: this.#next, count, inputs, madeAt, sentAt: now });
      this.#next += count;
    }
    const remaining = this.#remaining;
    if (count === 0 || remaining === 0) this.#ended = true;
  }

  #send(chunk: Chunk): void {
    this.#underWay++;
    this.route.run(chunk).then(
      (answer) => {
        if ('span' in answer) this.#sizes.learn(chunk.count, answer.span, this.route.now() - this.madeAt);
        else this.#again.push(...answer);
        this.#settled();
      },
      (thrown: unknown) => {
        this.#fault ??= { thrown };
        this.#settled();
      },
    );
  }

  #settled(): void {
    this.#underWay--;
    this.#wake?.();
    this.#wake = null;
  }
}
