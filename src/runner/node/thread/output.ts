import type { OutputLine } from '../messages';

/** Most characters kept between two flushes; the rest is counted and let go, so that a flood costs no memory. */
const mostPending = 1 << 16;

/**
 * What user code prints in this thread, by line and task. Replaces the thread's `process.stdout` and `stderr` writers,
 * so that a print never waits for the main thread; raw writes to descriptor 1 go their own way.
 */
export class OutputCapture {
  #lines: OutputLine[] = [];
  #pending = 0;
  #dropped = 0;
  readonly #open = { stdout: '', stderr: '' };

  constructor(private readonly currentTask: () => number | null) {
    for (const stream of ['stdout', 'stderr'] as const) {
      process[stream].write = ((data: unknown, encoding?: unknown, done?: unknown): boolean => {
        this.#write(stream, textOf(data, encoding));
        const callback = typeof encoding === 'function' ? encoding : done;
        if (typeof callback === 'function') queueMicrotask(() => (callback as () => void)());
        return true;
      }) as typeof process.stdout.write;
    }
  }

  get waiting(): boolean {
    return this.#lines.length > 0 || this.#dropped > 0 || this.#open.stdout !== '' || this.#open.stderr !== '';
  }

  /** Everything since the last call; an unfinished line counts as one. */
  take(): { lines: OutputLine[]; dropped: number } {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.#open[stream] === '') continue;
      this.#push(stream, this.#open[stream]);
      this.#open[stream] = '';
    }
    const taken = { lines: this.#lines, dropped: this.#dropped };
    this.#lines = [];
    this.#pending = 0;
    this.#dropped = 0;
    return taken;
  }

  #write(stream: 'stdout' | 'stderr', text: string): void {
    const room = mostPending - this.#pending - this.#open[stream].length;
    if (text.length > room) {
      this.#dropped += text.length - Math.max(0, room);
      if (room <= 0) return;
      text = text.slice(0, room);
    }
    const lines = (this.#open[stream] + text).split('\n');
    this.#open[stream] = lines.pop()!;
    for (const line of lines) this.#push(stream, line);
  }

  #push(stream: 'stdout' | 'stderr', text: string): void {
    this.#lines.push({ stream, task: this.currentTask(), text: text.endsWith('\r') ? text.slice(0, -1) : text });
    this.#pending += text.length + 1;
  }
}

function textOf(data: unknown, encoding: unknown): string {
  if (typeof data === 'string') return data;
  if (data instanceof Uint8Array) {
    // At most what can be kept is decoded: a gigabyte in one write must not become a second gigabyte.
    const part = Buffer.from(data.buffer, data.byteOffset, Math.min(data.byteLength, mostPending * 4));
    return part.toString(typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8');
  }
  return String(data);
}
