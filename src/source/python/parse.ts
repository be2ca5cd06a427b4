/** Text to syntax tree: tolerant of errors, bounded in size and depth. */
import { parser } from '@lezer/python';
import { err, ok, type Result } from '../../base/result';
import type { Refusal } from '../found-function';
import { level } from './level';
import { errorIn, plant, type PyNode } from './tree';

/** Longest text that is parsed, in UTF-16 units. Larger files are made by machines and would hold the thread for seconds. */
export const sizeLimit = 4_000_000;

/** Most open brackets. Python itself reads 200. */
const depthLimit = 500;

export interface PySource {
  readonly path: string;
  readonly text: string;
  readonly root: PyNode;
  /** Offsets of brackets without a partner, which the tree was made without, and of strings without an end. */
  readonly faults: readonly number[];
  /** Offsets at which lines begin. */
  readonly lineStarts: readonly number[];
}

/** The tree of a file, whatever state the text is in. */
export function parse(path: string, text: string): Result<PySource, Refusal> {
  if (text.length > sizeLimit) return err(tooLarge(text.length));
  const levelled = level(text);
  if (levelled.depth > depthLimit) return err(tooDeep);
  return bounded(() => {
    const root = plant(parser.parse(levelled.text), levelled);
    return { path, text, root, faults: levelled.faults, lineStarts: lineStartsOf(text) };
  });
}

/** Runs `work`, and turns the end of the stack (thousands of nested brackets) into a refusal. */
export function bounded<T>(work: () => T): Result<T, Refusal> {
  try {
    return ok(work());
  } catch (fault) {
    if (fault instanceof RangeError) return err(tooDeep);
    throw fault;
  }
}

export const textOf = (source: Pick<PySource, 'text'>, node: PyNode): string => source.text.slice(node.start, node.end);

/** 1-based line of an offset. */
export function lineOf(source: PySource, offset: number): number {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (source.lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** 1-based column of an offset, in UTF-16 units. */
export const columnOf = (source: PySource, offset: number): number => offset - source.lineStarts[lineOf(source, offset) - 1]! + 1;

/** The white space before the code of the line that holds `offset`. */
export function indentationAt(source: PySource, offset: number): string {
  const start = source.lineStarts[lineOf(source, offset) - 1]!;
  return /^[ \t\f\ufeff]*/.exec(source.text.slice(start, offset))![0];
}

/** Where the code in `node` is broken, if it is. */
export function faultIn(source: PySource, node: PyNode): number | null {
  const fault = source.faults.find((at) => at >= node.start && at < node.end);
  const error = errorIn(node)?.start;
  return fault === undefined ? (error ?? null) : Math.min(fault, error ?? fault);
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (const { index, 0: ending } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + ending.length);
  return starts;
}

function tooLarge(length: number): Refusal {
  const megabytes = (length / 1e6).toFixed(1);
  return {
    code: 'too-large',
    message: `The file has ${megabytes} million characters; more than ${sizeLimit / 1e6} million are not read. Move the function to a file of its own.`,
    line: 1,
  };
}

const tooDeep: Refusal = {
  code: 'too-deep',
  message: 'The code is nested too deeply to be read. Move the function to a file of its own.',
  line: 1,
};
