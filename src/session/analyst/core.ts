/** The analysis thread's work, the only bundle with TypeScript in it. */
import type { MessagePort } from 'node:worker_threads';
import { err, ok, type Result } from '../../base/result';
import type { FoundFunction, Refusal } from '../../source/found-function';
import { checkInputs } from '../../source/javascript/check-inputs';
import { isHarmless } from '../../source/javascript/harmless';
import { locatedAt } from '../../source/javascript/find';
import { isJavaScriptLike } from '../../source/javascript/parse';
import { link } from '../link/link';
import { readText, SourceCache } from '../link/sources';
import type { AnalystCalls, CallName, FromThread, ToThread } from './protocol';

/** @param onAnswered called after each answer */
export function serve(port: MessagePort, onAnswered: () => void): void {
  const cache = new SourceCache();
  const cancelled = new Set<number>();

  const answer = async (message: Exclude<ToThread, { readonly cancel: number }>): Promise<void> => {
    // Cancellations that came together with the request are heard first.
    await new Promise(setImmediate);
    const { id } = message;
    if (!cancelled.has(id)) port.postMessage(await reply(message, cache, () => cancelled.has(id)));
    cancelled.delete(id);
    onAnswered();
  };

  port.on('message', (message: ToThread) => {
    if ('cancel' in message) cancelled.add(message.cancel);
    else void answer(message);
  });
}

async function reply(
  message: Exclude<ToThread, { readonly cancel: number }>,
  cache: SourceCache,
  isCancelled: () => boolean,
): Promise<FromThread> {
  try {
    return { id: message.id, answer: await perform(message, cache, isCancelled) };
  } catch (fault) {
    return { id: message.id, fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
  }
}

function perform(
  message: Exclude<ToThread, { readonly cancel: number }>,
  cache: SourceCache,
  isCancelled: () => boolean,
): AnalystCalls[CallName]['answer'] | Promise<AnalystCalls[CallName]['answer']> {
  switch (message.call) {
    case 'list':
      return list(message.argument, cache);
    case 'at':
      return at(message.argument, cache);
    case 'isHarmless':
      return isHarmless(message.argument.expression);
    case 'checkInputs':
      return checkInputs(message.argument.expression);
    case 'link':
      return link(message.argument, { cache, isCancelled });
  }
}

function list({ file, text }: AnalystCalls['list']['argument'], cache: SourceCache): Result<FoundFunction[], Refusal> {
  if (!isJavaScriptLike(file)) return err(otherLanguage);
  const code = text === undefined ? readText(file) : ok(text);
  if (!code.ok) return err({ code: code.error.code, message: code.error.message, line: 1 });
  const read = cache.functions(file, code.value);
  return read.ok ? ok(read.value.functions.map((it) => it.found)) : read;
}

function at({ file, text, start, end }: AnalystCalls['at']['argument'], cache: SourceCache): Result<FoundFunction, Refusal> {
  if (!isJavaScriptLike(file)) return err(otherLanguage);
  const read = cache.functions(file, text);
  if (!read.ok) return read;
  const located = locatedAt(read.value, start, end);
  return located.ok ? ok(located.value.found) : located;
}

const otherLanguage: Refusal = {
  code: 'language',
  message:
    'Only functions of JavaScript and TypeScript files can be run so far. Open a file that ends in .js, .ts, .jsx, .tsx, .mjs, .cjs, .mts or .cts.',
  line: 1,
};
