import { HumanError } from '../../base/human-error';

/** More would be a mistake of whoever asks for them. */
const mostWaiting = 100;

/** Ends a turn; only the first call counts. */
export type Release = () => void;

/** One run at a time: two at once would slow down, and so mismeasure, each other. The others wait in order. */
export class Turns {
  #last: Promise<void> = Promise.resolve();
  #held = 0;

  /** Whether the next one would have to wait. */
  get busy(): boolean {
    return this.#held > 0;
  }

  /**
   * Waits for a turn.
   * @returns what ends the turn, or `undefined` where `signal` fired first
   * @throws HumanError where too many wait already
   */
  async next(signal?: AbortSignal): Promise<Release | undefined> {
    if (this.#held > mostWaiting) {
      throw new HumanError(`${mostWaiting} runs are waiting already.`, 'Wait for some of them, or cancel them.');
    }
    const before = this.#last;
    const release = this.#enter();
    if (await Promise.race([before.then(() => false), aborted(signal)])) {
      void before.then(release);
      return undefined;
    }
    return release;
  }

  #enter(): Release {
    this.#held++;
    let end!: () => void;
    this.#last = new Promise((resolve) => (end = resolve));
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.#held--;
      end();
    };
  }
}

const aborted = (signal?: AbortSignal): Promise<true> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve(true);
    else signal?.addEventListener('abort', () => resolve(true), { once: true });
  });
