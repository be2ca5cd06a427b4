/** The analysis thread's work on Python, without an interpreter. */
import fs from 'node:fs';
import { err, ok, type Result } from '../../base/result';
import { locatedAt, locatedByName, read, type ReadFile } from '../../source/python/find';
import type { Refusal } from '../../source/found-function';
import { checkInputs, freeNames } from '../../source/python/check-inputs';
import { isHarmless } from '../../source/python/harmless';
import { sliceFunction } from '../../source/python/slice/slice-function';
import { noSuchFunction, refused } from '../link/link-errors';
import { hintsIn, offersAt, rewriteFile } from '../rewrite/python';
import type { LanguageCore } from './language-core';
import type { AnalystCalls } from './protocol';

export function createCore(): LanguageCore {
  const cache = new ReadCache();
  return {
    list: ({ file, text }) => {
      const found = cache.read(file, text);
      return found.ok ? ok(found.value.functions.map((it) => it.found)) : found;
    },
    at: ({ file, text, start, end }) => {
      const found = cache.read(file, text);
      if (!found.ok) return found;
      const located = locatedAt(found.value, start, end);
      return located.ok ? ok(located.value.found) : located;
    },
    slice: (argument) => slice(argument, cache),
    checkInputs: ({ expression }) => checkInputs(expression),
    isHarmless: ({ expression }) => isHarmless(expression),
    rewrite: (argument) => rewriteFile(argument.recipe, argument),
    rewriteOffers: (argument) => offersAt(argument),
    rewriteHints: ({ file, text }) => hintsIn(file, text),
  };
}

function slice({ target, inputs, unsaved }: AnalystCalls['slice']['argument'], cache: ReadCache): AnalystCalls['slice']['answer'] {
  const { file } = target;
  const found = cache.read(file, unsaved?.get(file)?.replace(/^\uFEFF/, ''));
  if (!found.ok) return err(found.error.code === 'unreadable' ? { ...refused(file, found.error), code: 'unreadable' } : refused(file, found.error));
  const located = locatedByName(found.value, target.function, target.line, target.column);
  if (!located) return err(noSuchFunction(file, target.function));
  const sliced = sliceFunction(found.value, located, inputs === null ? [] : freeNames(inputs));
  return sliced.ok ? sliced : err(refused(file, sliced.error));
}

/** At most this many files are kept; the one that was not used for longest goes first. */
const keptLimit = 50;

/** The files that were read last, by path and content. */
class ReadCache {
  readonly #kept = new Map<string, { readonly text: string; readonly found: Result<ReadFile, Refusal> }>();

  /** @param unsaved the text to take instead of the file's own */
  read(path: string, unsaved: string | undefined): Result<ReadFile, Refusal> {
    const text = unsaved === undefined ? readText(path) : ok(unsaved);
    if (!text.ok) return text;
    let kept = this.#kept.get(path);
    if (kept?.text !== text.value) kept = { text: text.value, found: read(path, text.value) };
    this.#kept.delete(path);
    this.#kept.set(path, kept);
    if (this.#kept.size > keptLimit) this.#kept.delete(this.#kept.keys().next().value!);
    return kept.found;
  }
}

/** A file's text without its byte order mark, as editors count it. */
function readText(path: string): Result<string, Refusal> {
  try {
    return ok(fs.readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (fault) {
    return err({ code: 'unreadable', message: `${path} cannot be read: ${(fault as Error).message}.`, line: 1 });
  }
}
