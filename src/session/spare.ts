import type { Mebibytes, Millis } from '../base/units';
import { RunnerProcess, type RunnerStart } from './runner-process';

/** A spare that nobody used for so long is let go. */
const idleLimit: Millis = 5 * 60_000;

export interface SpareWish {
  readonly start: RunnerStart;
  readonly workers: number;
  readonly memoryMb: Mebibytes;
}

/** Keeps one runner warm: started, its workers up and waiting, no user code in it. Each serves one run. */
export class Spare {
  #waiting: { readonly runner: RunnerProcess; readonly key: string } | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** Starts a spare for the next run, unless one like it waits already. */
  prepare(wish: SpareWish): void {
    const key = keyOf(wish.start);
    if (this.#waiting?.key === key && this.#waiting.runner.isAlive) return;
    this.release();
    const runner = new RunnerProcess(wish.start);
    runner.send({ type: 'warm', workers: wish.workers, memoryMb: wish.memoryMb, rehearse: true });
    runner.unref();
    this.#waiting = { runner, key };
    this.#timer = setTimeout(() => this.release(), idleLimit);
    this.#timer.unref();
  }

  /** The spare for such a start, if there is one; it is the caller's to end. */
  take(start: RunnerStart): RunnerProcess | null {
    const waiting = this.#waiting;
    if (!waiting || waiting.key !== keyOf(start) || !waiting.runner.isAlive) return null;
    this.#forget();
    waiting.runner.ref();
    return waiting.runner;
  }

  /** Ends the spare; resolves when it is gone. */
  async release(): Promise<void> {
    const waiting = this.#waiting;
    this.#forget();
    // Whoever waits for its end must be able to see it.
    waiting?.runner.ref();
    waiting?.runner.kill();
    await waiting?.runner.exited;
  }

  #forget(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = null;
  }
}

function keyOf(start: RunnerStart): string {
  return JSON.stringify([start.program, start.args, start.env]);
}
