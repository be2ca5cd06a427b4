/** The visible stretch of time, and how keys and the mouse move it. All in ms from the run's origin. */
import type { Millis } from '../../base/units';

export interface Span {
  readonly from: Millis;
  readonly to: Millis;
}

/** 20 ns: below that clocks say nothing. */
const shortest: Millis = 2e-5;

/** `span` moved and cut to lie within `[0, extent]`. */
export function within(span: Span, extent: Millis): Span {
  const length = Math.min(extent, Math.max(shortest, span.to - span.from));
  const from = Math.max(0, Math.min(extent - length, span.from));
  return { from, to: from + length };
}

/** Scaled by `factor` around the moment at `share` of the span, 0 its left end. */
export function zoomed(span: Span, factor: number, share: number, extent: Millis): Span {
  const length = span.to - span.from;
  const scaled = Math.min(extent, Math.max(shortest, length * factor));
  const fixed = span.from + length * share;
  return within({ from: fixed - scaled * share, to: fixed + scaled * (1 - share) }, extent);
}

/** Moved by `share` of its length, to the right where positive. */
export function panned(span: Span, share: number, extent: Millis): Span {
  const by = (span.to - span.from) * share;
  return within({ from: span.from + by, to: span.to + by }, extent);
}

/** `[from, to]` with room on both sides: `margin` times its length. */
export function around(from: Millis, to: Millis, margin: number, extent: Millis): Span {
  const room = Math.max(to - from, shortest) * margin;
  return within({ from: from - room, to: to + room }, extent);
}

/** Moved as little as it takes to show `[from, to]`; centred there where that is longer. */
export function showing(span: Span, from: Millis, to: Millis, extent: Millis): Span {
  if (from >= span.from && to <= span.to) return span;
  const length = span.to - span.from;
  if (to - from >= length) return within({ from: (from + to - length) / 2, to: (from + to + length) / 2 }, extent);
  const room = length * 0.1;
  return from < span.from
    ? within({ from: from - room, to: from - room + length }, extent)
    : within({ from: to + room - length, to: to + room }, extent);
}

/** Whether it leaves out less than a thousandth. */
export const isWhole = (span: Span, extent: Millis): boolean => span.to - span.from > extent * 0.999;
