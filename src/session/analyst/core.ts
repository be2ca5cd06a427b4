/** The analysis thread's work on JavaScript and TypeScript, the only bundle with TypeScript in it. */
import { ok, type Result } from '../../base/result';
import type { FoundFunction, Refusal } from '../../source/found-function';
import { checkInputs } from '../../source/javascript/check-inputs';
import { isHarmless } from '../../source/javascript/harmless';
import { locatedAt } from '../../source/javascript/find';
import { link, sliceTarget } from '../link/link';
import { readText, SourceCache } from '../link/sources';
import { hintsIn, offersAt, rewriteFile } from '../rewrite/javascript';
import type { LanguageCore } from './language-core';
import type { AnalystCalls } from './protocol';

export function createCore(): LanguageCore {
  const cache = new SourceCache();
  return {
    list: (argument) => list(argument, cache),
    at: (argument) => at(argument, cache),
    checkInputs: ({ expression }) => checkInputs(expression),
    isHarmless: ({ expression }) => isHarmless(expression),
    rewrite: (argument) => rewriteFile(argument.recipe, argument),
    rewriteOffers: (argument) => offersAt(argument),
    rewriteHints: ({ file, text }) => hintsIn(file, text),
    slice: (argument, isCancelled) => sliceTarget(argument, { cache, isCancelled }),
    link: (argument, isCancelled) => link(argument, { cache, isCancelled }),
  };
}

function list({ file, text }: AnalystCalls['list']['argument'], cache: SourceCache): Result<FoundFunction[], Refusal> {
  const code = text === undefined ? readText(file) : ok(text);
  if (!code.ok) return { ok: false, error: { code: code.error.code, message: code.error.message, line: 1 } };
  const read = cache.functions(file, code.value);
  return read.ok ? ok(read.value.functions.map((it) => it.found)) : read;
}

function at({ file, text, start, end }: AnalystCalls['at']['argument'], cache: SourceCache): Result<FoundFunction, Refusal> {
  const read = cache.functions(file, text);
  if (!read.ok) return read;
  const located = locatedAt(read.value, start, end);
  return located.ok ? ok(located.value.found) : located;
}
