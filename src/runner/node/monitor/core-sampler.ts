import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Millis, Share } from '../../../base/units';
import { monotonic } from '../thread/clock';

export interface CoreShares {
  /** Length of the sampled time. */
  readonly span: Millis;
  /** By core; `null` where the OS does not tell whose time it was. */
  readonly ours: (Share | null)[];
  /** By core, everybody's. Clamped to 1: ticks are counted in tens of milliseconds. */
  readonly busy: Share[];
}

/** Samples how busy each core was since the sample before, and with whom. */
export class CoreSampler {
  #at = monotonic();
  #cores = cpus();
  #threads = readOurThreads();

  /** `null` where no time has passed. */
  sample(): CoreShares | null {
    const now = monotonic();
    const span = now - this.#at;
    if (span < 1) return null;
    const before = this.#cores;
    this.#at = now;
    this.#cores = cpus();
    const ours = this.#ours(span);
    const busy = this.#cores.map(({ times }, core) => {
      const was = before[core]?.times ?? times;
      const total = sum(times) - sum(was);
      const share = total > 0 ? 1 - (times.idle - was.idle) / total : 0;
      return Math.min(1, Math.max(share, ours[core] ?? 0));
    });
    return { span, ours, busy };
  }

  /** Each thread's CPU time goes to the core where it was last seen. */
  #ours(span: Millis): (Share | null)[] {
    const before = this.#threads;
    this.#threads = readOurThreads();
    if (!this.#threads) return this.#cores.map(() => null);
    const used = this.#cores.map(() => 0);
    for (const [thread, { onCpu, core }] of this.#threads) {
      const since = onCpu - (before?.get(thread)?.onCpu ?? 0);
      if (core in used) used[core]! += since;
    }
    return used.map((time) => Math.min(1, time / span));
  }
}

function sum(times: Record<string, number>): number {
  return Object.values(times).reduce((total, time) => total + time, 0);
}

/** On-CPU ms and last core of every thread of this process and of its children; `null` where there is no /proc. */
function readOurThreads(): Map<string, { onCpu: Millis; core: number }> | null {
  const threads = new Map<string, { onCpu: Millis; core: number }>();
  const waiting = ['self'];
  try {
    for (let pid; (pid = waiting.pop()) !== undefined; ) {
      for (const tid of readdirSync(`/proc/${pid}/task`)) readThread(`/proc/${pid}/task/${tid}`, threads, waiting);
    }
  } catch {
    if (threads.size === 0) return null;
  }
  return threads;
}

function readThread(folder: string, into: Map<string, { onCpu: Millis; core: number }>, children: string[]): void {
  try {
    const stat = readFileSync(`${folder}/stat`, 'latin1');
    // After the name, which may hold spaces and brackets, fields are plain; the last core is field 39.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [onCpu] = readFileSync(`${folder}/schedstat`, 'latin1').split(' ');
    into.set(folder, { onCpu: Number(onCpu) / 1e6, core: Number(fields[36]) });
    const born = readFileSync(`${folder}/children`, 'latin1').trim();
    if (born) children.push(...born.split(' '));
  } catch {
    // The thread ended between the listing and the reading, or the kernel lists no children.
  }
}
