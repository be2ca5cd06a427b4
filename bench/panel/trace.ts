/** A browser's trace, read for the CPU time of the page's main thread: it does not count what other processes took. */

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  /** CPU time, µs. */
  readonly tdur?: number;
}

export const categories = ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'blink.user_timing', 'toplevel'];

export class Trace {
  readonly #events: TraceEvent[];

  constructor(json: Buffer) {
    this.#events = (JSON.parse(json.toString()) as { traceEvents: TraceEvent[] }).traceEvents;
  }

  /** Milliseconds of CPU that each event of that name took on the thread of the marks, between the two marks. */
  between(from: string, to: string, name: string): number[] {
    const begin = this.#mark(from);
    const end = this.#mark(to);
    return this.#events
      .filter((event) => event.name === name && event.ph === 'X' && event.pid === begin.pid && event.tid === begin.tid)
      .filter(({ ts }) => ts >= begin.ts && ts <= end.ts)
      .map(({ tdur = NaN }) => tdur / 1000);
  }

  #mark(name: string): TraceEvent {
    const found = this.#events.find((event) => event.name === name);
    if (!found) throw new Error(`The trace has no mark ${name}.`);
    return found;
  }
}
