/**
 * Core samples as running sums, so that any span's exact share costs two look-ups: who used each core, and how long it
 * was watched at all. Between and outside the samples nothing is known, which is not the same as idle.
 */
import type { Millis } from '../base/units';
import type { CoreColumns } from '../protocol/core-columns';
import { gallop, lowerBound } from './search';

export class CoreShares {
  #end: Float64Array = new Float64Array(64);
  #begin: Float64Array = new Float64Array(64);
  /** Sums over the samples before each, core by core; one more row than samples. */
  #ours: Float64Array = new Float64Array(0);
  #others: Float64Array = new Float64Array(0);
  #watched: Float64Array = new Float64Array(65);
  /** Number of samples. */
  length = 0;
  /** Number of cores; 0 before the first sample. */
  cores = 0;
  /** Whether every sample told our share from other processes'. Where not, all that is busy counts as others'. */
  oursKnown = true;

  /** Adds `n` further samples, which follow in time. A change in the number of cores is not supported: they are let go. */
  append(batch: CoreColumns, n: number, cores: number): void {
    if (this.length === 0) this.cores = cores;
    if (cores !== this.cores || cores === 0) return;
    this.#reserve(this.length + n);
    for (let i = 0; i < n; i++) this.#push(batch, i);
  }

  #push(batch: CoreColumns, i: number): void {
    const at = this.length++;
    const { cores } = this;
    const end = batch.at[i]!;
    const begin = Math.max(end - batch.span[i]!, at > 0 ? this.#end[at - 1]! : -Infinity);
    const span = Math.max(0, end - begin);
    this.#begin[at] = Math.min(begin, end);
    this.#end[at] = end;
    this.#watched[at + 1] = this.#watched[at]! + span;
    for (let core = 0; core < cores; core++) {
      const busy = Math.min(1, Math.max(0, batch.busy[i * cores + core]!));
      const told = batch.ours[i * cores + core]!;
      if (Number.isNaN(told)) this.oursKnown = false;
      const ours = Math.min(busy, Math.max(0, told || 0));
      const row = at * cores + core;
      this.#ours[row + cores] = this.#ours[row]! + ours * span;
      this.#others[row + cores] = this.#others[row]! + (busy - ours) * span;
    }
  }

  /**
   * Shares of `width` columns over `[from, to)` for every core: `ours` and `others` at `[core × width + column]`, and the
   * watched share of each column. A core's shares are of the watched time.
   */
  columns(from: Millis, to: Millis, width: number): CoreRows {
    const rows = { ours: new Float32Array(width * this.cores), others: new Float32Array(width * this.cores), watched: new Float32Array(width) };
    const step = (to - from) / width;
    let sample = lowerBound(this.#end, from, 0, this.length);
    let part = this.#part(sample, from);
    for (let column = 0; column < width; column++) {
      const time = from + (column + 1) * step;
      const nextSample = gallop(this.#end, time, sample, this.length);
      const nextPart = this.#part(nextSample, time);
      const watched = this.#at(this.#watched, 1, 0, nextSample, nextPart) - this.#at(this.#watched, 1, 0, sample, part);
      rows.watched[column] = watched / step;
      for (let core = 0; watched > 0 && core < this.cores; core++) {
        const cell = core * width + column;
        rows.ours[cell] = this.#between(this.#ours, core, sample, part, nextSample, nextPart) / watched;
        rows.others[cell] = this.#between(this.#others, core, sample, part, nextSample, nextPart) / watched;
      }
      sample = nextSample;
      part = nextPart;
    }
    return rows;
  }

  #between(sums: Float64Array, core: number, sample: number, part: number, nextSample: number, nextPart: number): number {
    return this.#at(sums, this.cores, core, nextSample, nextPart) - this.#at(sums, this.cores, core, sample, part);
  }

  /** Sum of a core before `part` of `sample`. */
  #at(sums: Float64Array, stride: number, core: number, sample: number, part: number): number {
    const before = sums[sample * stride + core] ?? 0;
    return part === 0 ? before : before + part * (sums[(sample + 1) * stride + core]! - before);
  }

  /** Which part of `sample` lies before `time`. */
  #part(sample: number, time: Millis): number {
    if (sample >= this.length) return 0;
    const begin = this.#begin[sample]!;
    const span = this.#end[sample]! - begin;
    return span > 0 ? Math.max(0, time - begin) / span : 0;
  }

  #reserve(samples: number): void {
    if (samples > this.#end.length || this.#ours.length === 0) {
      const room = Math.max(samples, this.#end.length * 2);
      this.#end = widened(this.#end, room);
      this.#begin = widened(this.#begin, room);
      this.#watched = widened(this.#watched, room + 1);
      this.#ours = widened(this.#ours, (room + 1) * this.cores);
      this.#others = widened(this.#others, (room + 1) * this.cores);
    }
  }
}

export interface CoreRows {
  readonly ours: Float32Array;
  readonly others: Float32Array;
  readonly watched: Float32Array;
}

function widened(from: Float64Array, length: number): Float64Array {
  const wider = new Float64Array(length);
  wider.set(from);
  return wider;
}
