import { readFileSync } from 'node:fs';

/** On-CPU time of the main threads of this process's children, as Linux tells it; of one that ended, as last seen. */
export class ChildClock {
  #seen = new Map();
  #timer = setInterval(() => this.#look(), 10);

  /** Milliseconds, of all children together. */
  read() {
    this.#look();
    return [...this.#seen.values()].reduce((sum, ms) => sum + ms, 0);
  }

  stop() {
    clearInterval(this.#timer);
  }

  #look() {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    for (const pid of children) {
      try {
        this.#seen.set(pid, Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6);
      } catch {
        // It ended between the two reads.
      }
    }
  }
}
