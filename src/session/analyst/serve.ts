/** Hears what is asked of the analysis thread, and has the right language's code answer it. */
import type { MessagePort } from 'node:worker_threads';
import { err } from '../../base/result';
import type { Refusal } from '../../source/found-function';
import type { LanguageCore } from './language-core';
import { familyOf, familyOfFile, type AnalystCalls, type CallName, type Family, type FromThread, type Request, type ToThread } from './protocol';

/**
 * @param load gives a language's code, loading it the first time
 * @param onAnswered called after each answer
 */
export function serve(port: MessagePort, load: (family: Family) => LanguageCore, onAnswered: () => void): void {
  const cancelled = new Set<number>();

  const answer = async (request: Request): Promise<void> => {
    // Cancellations that came together with the request are heard first.
    await new Promise(setImmediate);
    const { id } = request;
    if (!cancelled.has(id)) port.postMessage(await reply(request, load, () => cancelled.has(id)));
    cancelled.delete(id);
    onAnswered();
  };

  port.on('message', (message: ToThread) => {
    if ('cancel' in message) cancelled.add(message.cancel);
    else if ('warm' in message) load(message.warm);
    else void answer(message);
  });
}

async function reply(request: Request, load: (family: Family) => LanguageCore, isCancelled: () => boolean): Promise<FromThread> {
  try {
    return { id: request.id, answer: await perform(request, load, isCancelled) };
  } catch (fault) {
    return { id: request.id, fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
  }
}

type Answer = AnalystCalls[CallName]['answer'];

function perform(request: Request, load: (family: Family) => LanguageCore, isCancelled: () => boolean): Answer | Promise<Answer> {
  const { call, argument } = request;
  if (call === 'link') return load('javascript').link!(argument, isCancelled);
  if (call === 'slice') return load(familyOf(argument.target.language)).slice(argument, isCancelled);
  if (call === 'checkInputs' || call === 'isHarmless') return load(familyOf(argument.language))[call](argument, isCancelled);
  const family = familyOfFile(argument.file);
  switch (call) {
    case 'list':
      return family ? load(family).list(argument, isCancelled) : err(otherLanguage);
    case 'at':
      return family ? load(family).at(argument, isCancelled) : err(otherLanguage);
    case 'rewrite':
      return family ? load(family).rewrite(argument, isCancelled) : err(otherLanguage);
    case 'rewriteOffers':
      return family ? load(family).rewriteOffers(argument, isCancelled) : [];
    case 'rewriteHints':
      return family ? load(family).rewriteHints(argument, isCancelled) : [];
  }
}

const otherLanguage: Refusal = {
  code: 'language',
  message:
    'Only functions of JavaScript, TypeScript and Python files can be run. Open a file that ends in .py, .js, .ts, .jsx, .tsx, .mjs, .cjs, .mts or .cts.',
  line: 1,
};
