import { parse } from 'csv-parse/sync';

/**
 * Rows of a CSV text with a header line, as inputs: an array in column order where the target takes several
 * arguments, the cell itself where there is one column, else an object by the header's names. Numbers become numbers.
 */
export function parseCsv(text: string, spread: boolean): unknown[] {
  const [header, ...rows] = parse(text, { bom: true, skip_empty_lines: true, cast: castCell }) as [string[], ...unknown[][]];
  if (!header) return [];
  return rows.map((row) => {
    if (spread) return row;
    if (header.length === 1) return row[0];
    return Object.fromEntries(header.map((name, i) => [String(name), row[i]]));
  });
}

function castCell(cell: string): string | number {
  return cell.trim() !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell;
}
