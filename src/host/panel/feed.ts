/**
 * Sends one run to the page, in ticks: what is new since the last, as columns, closed by a `progress` message.
 *
 *   catching up   chunk, chunk, chunk…   as fast as the page acknowledges, two under way
 *   live          tick … tick … tick     at most 20 a second, one under way; what comes meanwhile goes with the next
 *
 * It holds no copy of the run: only how far the page has come.
 */
import type { Disposable } from '../../base/disposal';
import type { Millis } from '../../base/units';
import type { RunData } from '../../profile/run-data';
import { recordBytes } from '../../protocol/columns';
import { coreBytes, coreColumnsOver } from '../../protocol/core-columns';
import { bounds, type HostMessage, type PanelFigures, type RunHeader } from '../../protocol/panel';
import { boundedOutput, progressOf } from './bounded';

/** What a feed needs of the world around it. */
export interface FeedTools {
  post(message: HostMessage): void;
  figures(run: RunData): PanelFigures;
  header(run: RunData): RunHeader;
  /** A monotonic clock. */
  now(): Millis;
  /** Calls `action` once, `delay` from now, unless let go before. */
  after(delay: Millis, action: () => void): Disposable;
}

/** Shortest time between two ticks of a live run. */
const tickMs: Millis = 50;
/** Provisional figures come no oftener than this, and take no more than a twentieth of the time. */
const figuresMs: Millis = 500;
const figuresShare = 20;
const chunkRecords = Math.floor(bounds.chunk / recordBytes);

/** How much of the run the page has, or will have once what is under way arrives. */
interface Position {
  readonly records: number;
  readonly cores: number;
  readonly lines: number;
  /** Whether the final figures were sent. */
  readonly figures: boolean;
}

const nothing: Position = { records: 0, cores: 0, lines: 0, figures: false };

export class RunFeed implements Disposable {
  /** Where the page is after each tick that may still be resumed from: the last acknowledged one and later ones. */
  readonly #positions = new Map<number, Position>([[0, nothing]]);
  #sent = 0;
  #acknowledged = 0;
  #listening = false;
  /** Whether the run has changed since the last tick. */
  #changed = true;
  /** Whether the last tick was full and left something behind. */
  #catchingUp = false;
  /** Whether the page has seen changes that its figures do not have yet. */
  #figuresOwed = false;
  #lastTick: Millis = -Infinity;
  #nextFigures: Millis;
  #timer: Disposable | null = null;

  constructor(
    readonly run: RunData,
    private readonly tools: FeedTools,
  ) {
    this.#nextFigures = tools.now() + figuresMs / 2;
  }

  /** The page listens and has all ticks up to `lastSeq`: goes on from there, or from the start where that is not known. */
  ready(lastSeq: number): void {
    const resumable = lastSeq > 0 && this.#positions.has(lastSeq);
    const position = resumable ? this.#positions.get(lastSeq)! : nothing;
    this.#sent = this.#acknowledged = resumable ? lastSeq : 0;
    this.#positions.clear();
    this.#positions.set(this.#sent, position);
    this.#listening = true;
    this.#changed = true;
    this.#lastTick = -Infinity;
    if (!resumable) this.tools.post({ type: 'run', run: this.tools.header(this.run) });
    this.#pump();
  }

  /** The page has stored tick `seq`. */
  acknowledge(seq: number): void {
    if (seq <= this.#acknowledged || seq > this.#sent) return;
    for (let old = this.#acknowledged; old < seq; old++) this.#positions.delete(old);
    this.#acknowledged = seq;
    this.#pump();
  }

  /** The run has changed. */
  update(): void {
    this.#changed = true;
    // It may have been set for figures alone, which can wait longer.
    this.#stopTimer();
    this.#pump();
  }

  /** The page is gone or hidden: nothing is sent until it is ready again. */
  pause(): void {
    this.#listening = false;
    this.#stopTimer();
  }

  dispose(): void {
    this.pause();
  }

  #stopTimer(): void {
    this.#timer?.dispose();
    this.#timer = null;
  }

  get #position(): Position {
    return this.#positions.get(this.#sent)!;
  }

  #pump(): void {
    while (this.#listening && this.#timer === null && this.#isDue()) this.#tick();
  }

  /** Whether a tick should go now; sets the timer where it should go later. */
  #isDue(): boolean {
    const behind = this.#isBehind();
    const underWay = this.#sent - this.#acknowledged;
    const wait = behind ? 0 : this.#wait();
    if (underWay >= (behind ? 2 : 1) || wait === null) return false;
    if (wait <= 0) return true;
    this.#timer = this.tools.after(wait, () => {
      this.#timer = null;
      this.#pump();
    });
    return false;
  }

  /** How long until the next tick is due; `null` where there is nothing to send. */
  #wait(): Millis | null {
    if (this.#changed) return this.#lastTick + tickMs - this.tools.now();
    return this.#figuresOwed ? this.#nextFigures - this.tools.now() : null;
  }

  /** Whether a full message waits, or the rest of what did not fit in the last. */
  #isBehind(): boolean {
    if (this.#catchingUp) return true;
    const { records, lines } = this.#position;
    return this.run.records.length - records >= chunkRecords || this.run.output.total - lines > bounds.outputLines;
  }

  #tick(): void {
    const seq = this.#sent + 1;
    const from = this.#position;
    const ended = this.run.phase === 'ended';
    this.#lastTick = this.tools.now();
    // First, since they say the most and the columns of a long run take a while.
    if (ended && !from.figures) this.#sendFigures(seq, false);
    const cores = this.#sendCores(seq, from.cores);
    const lines = this.#sendOutput(seq, from.lines);
    const records = this.#sendRecords(seq, from.records);
    this.#catchingUp = !this.#isAll(cores, lines, records);
    this.#figuresOwed = !ended;
    if (!ended && !this.#catchingUp && this.#lastTick >= this.#nextFigures) this.#sendFigures(seq, true);
    this.tools.post({ type: 'progress', runId: this.run.id, seq, progress: progressOf(this.run) });
    this.#positions.set(seq, { records, cores, lines, figures: from.figures || ended });
    this.#sent = seq;
    this.#changed = false;
  }

  #isAll(cores: number, lines: number, records: number): boolean {
    const { run } = this;
    return cores === run.cores.samples.length && lines === run.output.total && records === run.records.length;
  }

  #sendFigures(seq: number, provisional: boolean): void {
    const begin = this.tools.now();
    const figures = this.tools.figures(this.run);
    this.tools.post({ type: 'figures', runId: this.run.id, seq, provisional, figures });
    this.#figuresOwed = false;
    const end = this.tools.now();
    this.#nextFigures = end + Math.max(figuresMs, (end - begin) * figuresShare);
  }

  /** @returns how many records the page then has */
  #sendRecords(seq: number, from: number): number {
    const to = Math.min(this.run.records.length, from + chunkRecords);
    if (to > from) {
      const data = this.run.records.slice(from, to);
      this.tools.post({ type: 'records', runId: this.run.id, seq, from, n: to - from, data });
    }
    return to;
  }

  #sendCores(seq: number, from: number): number {
    const { cores, samples } = this.run.cores;
    const most = Math.max(1, Math.floor(bounds.chunk / coreBytes(1, cores)));
    const some = samples.slice(from, from + most);
    if (some.length === 0) return from;
    const data = new ArrayBuffer(coreBytes(some.length, cores));
    const columns = coreColumnsOver(data, some.length, cores);
    for (const [i, sample] of some.entries()) {
      columns.at[i] = sample.at;
      columns.span[i] = sample.span;
      columns.ours.set(sample.ours.slice(0, cores), i * cores);
      columns.busy.set(sample.busy.slice(0, cores), i * cores);
    }
    this.tools.post({ type: 'cores', runId: this.run.id, seq, n: some.length, cores, data });
    return from + some.length;
  }

  #sendOutput(seq: number, from: number): number {
    const { lines, total, dropped } = this.run.output;
    if (total === from) return from;
    // Lines that were let go before they could be sent are part of `dropped`.
    const kept = Math.max(from, total - lines.length);
    const first = lines.length - (total - kept);
    const some = lines.slice(first, first + bounds.outputLines);
    this.tools.post({ type: 'output', runId: this.run.id, seq, lines: some.map(boundedOutput), dropped });
    return kept + some.length;
  }
}
