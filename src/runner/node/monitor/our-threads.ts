import { readdirSync } from 'node:fs';
import type { Millis } from '../../../base/units';
import { ProcFile } from './proc-file';

/** Processes that user code started are looked for at every so manieth look. */
const childrenEvery = 10;

/** Whose CPU time of each core is ours: all threads of this process and of its children, by Linux's accounts. */
export class OurThreads {
  readonly #threads = new Map<string, Thread>();
  #processes: readonly string[] = ['self'];
  #looks = 0;

  /** On-CPU ms since the last call, by the core where each thread was last seen; `null` where there is no /proc. */
  used(cores: number): Millis[] | null {
    const used: Millis[] = Array.from({ length: cores }, () => 0);
    if (this.#looks++ % childrenEvery === 0) this.#processes = withChildren('self');
    const gone = new Set(this.#threads.keys());
    try {
      for (const folder of this.#processes.flatMap(threadsOf)) {
        gone.delete(folder);
        this.#look(folder, used);
      }
    } finally {
      for (const folder of gone) this.#forget(folder);
    }
    return this.#threads.size > 0 ? used : null;
  }

  #look(folder: string, used: Millis[]): void {
    try {
      let thread = this.#threads.get(folder);
      if (!thread) this.#threads.set(folder, (thread = new Thread(folder)));
      const { core, onCpu } = thread.sinceLast();
      if (core in used) used[core]! += onCpu;
    } catch {
      // It ended between the listing and the reading.
      this.#forget(folder);
    }
  }

  #forget(folder: string): void {
    this.#threads.get(folder)?.close();
    this.#threads.delete(folder);
  }
}

class Thread {
  readonly #schedstat: ProcFile;
  #stat: ProcFile | null = null;
  #onCpu: Millis = 0;
  #core = -1;

  constructor(private readonly folder: string) {
    this.#schedstat = new ProcFile(`${folder}/schedstat`);
  }

  /** A thread that did not run is where it was: most wait most of the time, and are not asked twice. */
  sinceLast(): { readonly core: number; readonly onCpu: Millis } {
    const total = Number.parseInt(this.#schedstat.read(), 10) / 1e6;
    const onCpu = total - this.#onCpu;
    this.#onCpu = total;
    if (onCpu > 0) this.#core = lastCore((this.#stat ??= new ProcFile(`${this.folder}/stat`)).read());
    return { core: this.#core, onCpu };
  }

  close(): void {
    this.#schedstat.close();
    this.#stat?.close();
  }
}

/** After the name, which may hold spaces and brackets, fields are plain; the last core is field 39. */
function lastCore(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[36]);
}

function threadsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((tid) => `/proc/${pid}/task/${tid}`);
  } catch {
    // The process ended.
    return [];
  }
}

/** A process and all that it started. */
function withChildren(pid: string): string[] {
  return [pid, ...threadsOf(pid).flatMap(childrenOf).flatMap(withChildren)];
}

function childrenOf(thread: string): string[] {
  try {
    const file = new ProcFile(`${thread}/children`);
    try {
      return file.read().trim().split(' ').filter(Boolean);
    } finally {
      file.close();
    }
  } catch {
    // It ended, or the kernel lists no children.
    return [];
  }
}
