/** Where the rows of lanes and cores are. All in CSS pixels. */
export interface Rows {
  readonly count: number;
  readonly height: number;
  /** Empty space below each row. */
  readonly gap: number;
  /** Of all rows. */
  readonly total: number;
  /** Of what is shown at once; the rest scrolls. */
  readonly visible: number;
}

/** Lanes are lower where there are many, and scroll beyond some 400 px. */
export function laneRows(count: number): Rows {
  if (count <= 10) return rows(count, 21, 3);
  return count <= 18 ? rows(count, 17, 2) : rows(count, 13, 2);
}

/** Up to this many cores have a row with stacked shares, more share a heat map. */
export const mostStackedCores = 16;

export const coreRows = (count: number): Rows =>
  count <= mostStackedCores ? rows(count, 10, 2) : rows(count, count <= 64 ? 5 : 3, 0);

function rows(count: number, height: number, gap: number): Rows {
  const most = Math.floor(400 / (height + gap));
  const total = Math.max(0, count * (height + gap) - gap);
  return { count, height, gap, total, visible: Math.min(total, most * (height + gap) - gap) };
}

export const rowTop = (rows: Rows, row: number): number => row * (rows.height + rows.gap);

/** Row at `y`, which counts from the first row's top; `null` between and outside the rows. */
export function rowAt(rows: Rows, y: number): number | null {
  const row = Math.floor(y / (rows.height + rows.gap));
  return row >= 0 && row < rows.count && y - rowTop(rows, row) < rows.height ? row : null;
}

/** Rows that are at least partly in sight when scrolled down by `scrolled`. */
export function rowsInSight(rows: Rows, scrolled: number): { readonly from: number; readonly to: number } {
  const pitch = rows.height + rows.gap;
  const from = Math.max(0, Math.floor(scrolled / pitch));
  return { from, to: Math.min(rows.count, Math.ceil((scrolled + rows.visible) / pitch)) };
}

/** Scroll position that shows `row`, moved as little as it takes. */
export function scrolledTo(rows: Rows, row: number, scrolled: number): number {
  const top = rowTop(rows, row);
  return Math.max(top + rows.height - rows.visible, Math.min(top, scrolled));
}
