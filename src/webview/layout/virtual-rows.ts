/**
 * Which rows of a long table are in the page. Browsers cap an element's height at some 33 million pixels, so that beyond
 * `mostPixels` the scroll bar stands for more rows than it has pixels.
 */
const mostPixels = 15e6;

export interface VirtualRows {
  /** Height of the scrolled content. */
  readonly total: number;
  readonly first: number;
  /** One after the last. */
  readonly end: number;
  /** Where row `first` goes, from the content's top. */
  readonly offset: number;
}

/** @param rowHeight and all lengths in CSS pixels */
export function virtualRows(count: number, rowHeight: number, viewport: number, scrolled: number): VirtualRows {
  const natural = count * rowHeight;
  const total = Math.min(natural, mostPixels);
  const room = Math.max(0, total - viewport);
  const share = room > 0 ? Math.min(1, Math.max(0, scrolled / room)) : 0;
  // Position in a table of natural height, of which the content is a picture.
  const at = share * Math.max(0, natural - viewport);
  const first = Math.max(0, Math.floor(at / rowHeight) - 4);
  const end = Math.min(count, Math.ceil((at + viewport) / rowHeight) + 4);
  return { total, first, end, offset: scrolled - at + first * rowHeight };
}

/** Scroll position that shows `row`, moved as little as it takes. */
export function scrollToRow(row: number, count: number, rowHeight: number, viewport: number, scrolled: number): number {
  const natural = count * rowHeight;
  const room = Math.max(0, natural - viewport);
  const scale = room > 0 ? Math.max(0, Math.min(natural, mostPixels) - viewport) / room : 1;
  const at = Math.max((row + 1) * rowHeight - viewport, Math.min(row * rowHeight, scrolled / (scale || 1)));
  return at * scale;
}
