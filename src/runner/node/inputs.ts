import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { HumanError } from '../../base/human-error';
import type { RunSpec } from '../../protocol/runner';
import { faultOf, RunFault } from './fault';
import { loadIntoSlot } from './slot';

/** Argument lists, taken in pieces. */
export interface InputSource {
  /** How many there are; `null` where only the end will tell. */
  readonly total: number | null;
  /** The next `n` inputs; fewer or none at the end. `null` inputs: call without arguments, `count` times. */
  take(n: number): Portion | Promise<Portion>;
}

export interface Portion {
  readonly inputs: readonly unknown[] | null;
  readonly count: number;
}

/** Opens the inputs of a run. Throws a `HumanError`, a `RunFault`, or what the user's expression throws. */
export async function openInputs(spec: RunSpec): Promise<InputSource> {
  switch (spec.inputs.kind) {
    case 'repeat':
      return repeat(spec.inputs.times);
    case 'file':
      return openFile(spec.inputs.path, spec.spread);
    case 'module': {
      const { inputs } = await loadIntoSlot(spec.module.inputsFile, spec.module.sourceMaps).catch((thrown: unknown) => {
        throw new RunFault(faultOf(thrown, -1, spec.module.inputsFile === spec.module.file ? 'load' : 'inputs'));
      });
      if (!inputs) throw new HumanError('The inputs were not reached: their module stopped before its end.');
      return sourceOf(await inputs());
    }
  }
}

function repeat(times: number): InputSource {
  let left = times;
  return {
    total: times,
    take: (n) => {
      const count = Math.min(n, left);
      left -= count;
      return { inputs: null, count };
    },
  };
}

function sourceOf(value: unknown): InputSource {
  if (Array.isArray(value)) return fromArray(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return fromArray(Array.from(value as unknown as Iterable<unknown>));
  if (typeof value === 'object' && value !== null) {
    if (Symbol.asyncIterator in value) return fromAsync(value as AsyncIterable<unknown>);
    if (Symbol.iterator in value) return fromIterator(value as Iterable<unknown>);
  }
  throw new HumanError(
    `The inputs are ${value === null ? 'null' : `a ${typeof value}`}, not a list.`,
    'Write an array or anything iterable, with one element for each call: [1, 2, 3].',
  );
}

function fromArray(all: readonly unknown[]): InputSource {
  let at = 0;
  return {
    total: all.length,
    take: (n) => {
      const inputs = all.slice(at, at + n);
      at += inputs.length;
      return { inputs, count: inputs.length };
    },
  };
}

function fromIterator(iterable: Iterable<unknown>): InputSource {
  const iterator = iterable[Symbol.iterator]();
  let ended = false;
  return {
    total: null,
    take: (n) => {
      const inputs: unknown[] = [];
      while (inputs.length < n && !ended) {
        const { done, value } = iterator.next();
        if (done) ended = true;
        else inputs.push(value);
      }
      return { inputs, count: inputs.length };
    },
  };
}

function fromAsync(iterable: AsyncIterable<unknown>): InputSource {
  const iterator = iterable[Symbol.asyncIterator]();
  let ended = false;
  return {
    total: null,
    take: async (n) => {
      const inputs: unknown[] = [];
      while (inputs.length < n && !ended) {
        const { done, value } = await iterator.next();
        if (done) ended = true;
        else inputs.push(value);
      }
      return { inputs, count: inputs.length };
    },
  };
}

async function openFile(path: string, spread: boolean): Promise<InputSource> {
  switch (extname(path).toLowerCase()) {
    case '.json': {
      const value: unknown = JSON.parse(await readFile(path, 'utf8'));
      if (!Array.isArray(value)) throw new HumanError(`${path} holds no array.`, 'Its elements are the inputs, one for each call.');
      return fromArray(value);
    }
    case '.ndjson':
    case '.jsonl':
      return fromAsync(readLines(path));
    case '.csv':
      // Loaded where it is needed: every start of a runner would pay for the parser.
      return fromArray((await import('./csv')).parseCsv(await readFile(path, 'utf8'), spread));
    default:
      throw new HumanError(`${path} is of no kind that inputs can be read from.`, 'Use a .json, .ndjson or .csv file.');
  }
}

async function* readLines(path: string): AsyncGenerator<unknown> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === '') continue;
    try {
      yield JSON.parse(text) as unknown;
    } catch (fault) {
      throw new HumanError(`${path}:${line} is no JSON: ${(fault as Error).message}`, '', { cause: fault });
    }
  }
}
