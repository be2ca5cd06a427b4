/** The analysis thread as seen by the rest: started on first use, started again after a crash, never keeping a process alive. */
import { Worker } from 'node:worker_threads';
import { HumanError } from '../../base/human-error';
import type { Result } from '../../base/result';
import type { EditPlan, RecipeName } from '../../rewrite/edit-plan';
import type { Hint } from '../../rewrite/hint';
import type { FoundFunction, Refusal } from '../../source/found-function';
import type { Slice } from '../../source/slice';
import type { LinkedModule, LinkError, LinkRequest } from '../link/linked-module';
import type { FileRewrite, Offer } from '../rewrite/file-rewrite';
import type { AnalystCalls, CallName, Family, FromThread, ThreadData, ToThread } from './protocol';

export interface AnalystOptions {
  /** Folder for the thread's compiled code; without it each start takes some hundred milliseconds. */
  readonly codeCache?: string;
  /** Heap of the thread, MiB. */
  readonly memoryMb?: number;
  /** How long one answer may take. */
  readonly limitMs?: number;
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (fault: Error) => void;
  readonly settle: () => void;
}

export class Analyst {
  #worker: Worker | null = null;
  #disposed = false;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();
  readonly #options: Required<Omit<AnalystOptions, 'codeCache'>> & AnalystOptions;

  /** @param threadFile the built `analyst.js`, with `analyst-core.js` and `analyst-python.js` beside it */
  constructor(
    readonly threadFile: string,
    readonly log: (line: string) => void,
    options: AnalystOptions = {},
  ) {
    this.#options = { memoryMb: 1024, limitMs: 60_000, ...options };
  }

  /** Every function of a file, read from the disk unless its text is given. */
  list(file: string, text?: string, signal?: AbortSignal): Promise<Result<FoundFunction[], Refusal>> {
    return this.#call('list', { file, text }, signal);
  }

  /** The innermost named function around the selection `[start, end)`, UTF-16 offsets. */
  at(file: string, text: string, start: number, end: number, signal?: AbortSignal): Promise<Result<FoundFunction, Refusal>> {
    return this.#call('at', { file, text, start, end }, signal);
  }

  /** A message with its offset where `expression` is not exactly one expression of the function's language. */
  checkInputs(
    expression: string,
    { language }: Pick<FoundFunction, 'language'>,
    signal?: AbortSignal,
  ): Promise<{ message: string; offset: number } | null> {
    return this.#call('checkInputs', { expression, language }, signal);
  }

  /** Whether evaluating a checked expression can do nothing but make values. */
  isHarmless(expression: string, { language }: Pick<FoundFunction, 'language'>, signal?: AbortSignal): Promise<boolean> {
    return this.#call('isHarmless', { expression, language }, signal);
  }

  /** What a worker would load of the target's module, beside the modules that it imports. */
  slice(request: Omit<LinkRequest, 'cache'>, signal?: AbortSignal): Promise<Result<Slice, LinkError>> {
    return this.#call('slice', request, signal);
  }

  rewrite(recipe: RecipeName, request: FileRewrite, signal?: AbortSignal): Promise<Result<EditPlan, Refusal>> {
    return this.#call('rewrite', { ...request, recipe }, signal);
  }

  rewriteOffers(request: FileRewrite, signal?: AbortSignal): Promise<Offer[]> {
    return this.#call('rewriteOffers', request, signal);
  }

  rewriteHints(file: string, text: string, signal?: AbortSignal): Promise<Hint[]> {
    return this.#call('rewriteHints', { file, text }, signal);
  }

  link(request: LinkRequest, signal?: AbortSignal): Promise<Result<LinkedModule, LinkError>> {
    return this.#call('link', request, signal);
  }

  /** Starts the thread, if it is not running, and loads what a language needs, so that the first answer comes sooner. */
  warm(family: Family): void {
    if (!this.#disposed) this.#running().postMessage({ warm: family } satisfies ToThread);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const worker = this.#worker;
    this.#fail(worker, new HumanError('The code analysis was stopped.'));
    await worker?.terminate();
  }

  #call<Name extends CallName>(
    call: Name,
    argument: AnalystCalls[Name]['argument'],
    signal?: AbortSignal,
  ): Promise<AnalystCalls[Name]['answer']> {
    if (this.#disposed) return Promise.reject(new HumanError('The code analysis was stopped.'));
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    const id = ++this.#lastId;
    const worker = this.#running();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp(worker), this.#options.limitMs).unref();
      const abort = (): void => {
        worker.postMessage({ cancel: id } satisfies ToThread);
        this.#take(id)?.reject(signal!.reason as Error);
      };
      signal?.addEventListener('abort', abort, { once: true });
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      this.#waiting.set(id, { resolve, reject, settle });
      worker.ref();
      worker.postMessage({ id, call, argument } as ToThread);
    });
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const { codeCache = null, memoryMb } = this.#options;
    const worker = new Worker(this.threadFile, {
      workerData: { codeCache } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, stackSizeMb: 4 },
      // Nothing of the editor's own start-up options, and nothing of the environment.
      execArgv: [],
      env: {},
    });
    worker.unref();
    worker.on('message', (message: FromThread) => this.#answered(message));
    worker.on('error', (fault) => this.#fail(worker, crashed(fault)));
    worker.on('exit', (code) => this.#fail(worker, new HumanError(`The code analysis ended with code ${code}.`, 'Try again.')));
    this.#worker = worker;
    return worker;
  }

  #answered(message: FromThread): void {
    const waiting = this.#take(message.id);
    if (!waiting) return;
    if ('answer' in message) return waiting.resolve(message.answer as never);
    this.log(`Code analysis: ${message.fault}`);
    waiting.reject(new HumanError(`The code could not be analysed: ${message.fault.split('\n')[0]}`, 'See the log.'));
  }

  /** One request, off the list; the thread no longer keeps the process alive once the list is empty. */
  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.settle();
    if (this.#waiting.size === 0) this.#worker?.unref();
    return waiting;
  }

  #giveUp(worker: Worker): void {
    void worker.terminate();
    this.#fail(
      worker,
      new HumanError('The code analysis took too long and was stopped.', 'Move the function to a smaller file.'),
    );
  }

  /** The thread is gone: everything that waits for it fails, and the next request starts another. */
  #fail(worker: Worker | null, fault: HumanError): void {
    if (this.#worker !== worker || !worker) return;
    this.#worker = null;
    if (this.#waiting.size > 0) this.log(`Code analysis: ${fault.message}`);
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(fault);
  }
}

function crashed(fault: Error & { readonly code?: string }): HumanError {
  if (fault.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new HumanError('The code analysis ran out of memory.', 'Move the function to a smaller file.', { cause: fault });
  }
  return new HumanError(`The code analysis stopped: ${fault.message}`, 'Try again.', { cause: fault });
}
