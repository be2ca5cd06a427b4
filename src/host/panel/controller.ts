/** The panel without VS Code: what it shows, and what each message of the page sets off. */
import * as v from 'valibot';
import { assertNever } from '../../base/assert-never';
import type { Disposable } from '../../base/disposal';
import { framePlace } from '../../profile/stack-frame';
import {
  bounds,
  type HistoryItem,
  type PageMessage,
  pageMessageSchema,
  type PanelFigures,
} from '../../protocol/panel';
import { boundedError, cut } from './bounded';
import { RunFeed, type FeedTools } from './feed';
import type { PanelActions, PanelRuns, Subject, WatchableRun } from './panel-contract';

export class PanelController implements Disposable {
  #subject: Subject = { kind: 'empty', functionName: null };
  #feed: RunFeed | null = null;
  #watching: Disposable | null = null;
  /** Whether a page listens. */
  #ready = false;
  readonly #listening: Disposable;

  constructor(
    private readonly tools: FeedTools,
    private readonly actions: PanelActions,
    private readonly runs: PanelRuns,
    private readonly log: (line: string) => void,
  ) {
    this.#listening = runs.onChange(() => this.#ready && this.#sendHistory());
  }

  show(subject: Subject): void {
    this.#stop();
    this.#subject = subject;
    if (subject.kind === 'run') this.#watch(subject.run);
    if (this.#ready) this.#begin(null, 0);
  }

  /** The page has gone, or is hidden: the next one will say when it is ready. */
  pause(): void {
    this.#ready = false;
    this.#feed?.pause();
  }

  dispose(): void {
    this.#stop();
    this.#listening.dispose();
  }

  /** Takes a message of the page, whatever it may be. */
  receive(raw: unknown): void {
    const read = v.safeParse(pageMessageSchema, raw);
    if (!read.success) return this.log(`The panel sent a message that is not understood: ${read.issues[0].message}`);
    this.#handle(read.output);
  }

  #handle(message: PageMessage): void {
    switch (message.type) {
      case 'ready':
        return this.#begin(message.runId, message.lastSeq);
      case 'ack':
        return this.#feedOf(message.runId)?.acknowledge(message.seq);
      case 'task':
        return this.#sendTask(message.runId, message.index);
      case 'pair':
        return this.#sendPair(message.runIds);
      case 'select':
        return this.#select(message.runId);
      case 'run':
        return this.actions.run();
      case 'rerun':
        return this.actions.rerun(message.runId);
      case 'cancel':
        return this.actions.cancel(message.runId);
      case 'export':
        return this.actions.exportRun(message.runId, message.format);
      case 'trust':
        return this.actions.trust();
      case 'log':
        return this.actions.showLog();
      case 'openTarget':
        return this.#openTarget(message.runId);
      case 'openFrame':
        return this.#openFrame(message.runId, message.index, message.frame);
      default:
        return assertNever(message);
    }
  }

  #watch(run: WatchableRun): void {
    this.#feed = new RunFeed(run.data, this.tools);
    this.#watching = run.onUpdate?.(() => this.#feed?.update()) ?? null;
  }

  #stop(): void {
    this.#watching?.dispose();
    this.#feed?.dispose();
    this.#watching = null;
    this.#feed = null;
  }

  /** Sends all that a page needs, less what it has of the run. */
  #begin(runId: string | null, lastSeq: number): void {
    this.#ready = true;
    this.#sendHistory();
    if (this.#feed) return this.#feed.ready(runId === this.#feed.run.id ? lastSeq : 0);
    const { kind } = this.#subject;
    if (kind === 'run') return;
    this.tools.post({
      type: 'idle',
      reason: kind,
      functionName: this.#subject.kind === 'empty' ? this.#subject.functionName : null,
      item: this.#subject.kind === 'gone' ? this.#subject.item : null,
    });
  }

  #feedOf(runId: string): RunFeed | null {
    return this.#feed?.run.id === runId ? this.#feed : null;
  }

  #find(runId: string): WatchableRun | undefined {
    return this.#subject.kind === 'run' && this.#subject.run.data.id === runId
      ? this.#subject.run
      : this.runs.find(runId);
  }

  #select(runId: string): void {
    const run = this.#find(runId);
    this.show(run ? { kind: 'run', run } : { kind: 'gone', item: this.#item(runId) });
    this.actions.selected?.(runId);
  }

  #item(runId: string): HistoryItem | null {
    return this.runs.items().find(({ id }) => id === runId) ?? null;
  }

  #sendHistory(): void {
    const items = this.runs.items().map((item) => ({
      ...item,
      message: item.message === null ? null : cut(item.message, bounds.line),
      inputs: cut(item.inputs, bounds.line),
    }));
    this.tools.post({ type: 'history', items });
  }

  #sendTask(runId: string, index: number): void {
    const data = this.#find(runId)?.data;
    if (!data) return;
    const preview = data.previews.get(index);
    const error = data.errors.find((each) => each.index === index);
    this.tools.post({
      type: 'task',
      runId,
      index,
      input: preview ? cut(preview.input, bounds.preview) : null,
      result: preview?.result == null ? null : cut(preview.result, bounds.preview),
      error: error ? boundedError(error) : null,
    });
  }

  #sendPair(runIds: readonly [string, string]): void {
    const figures = (runId: string): PanelFigures | null => {
      const run = this.#find(runId);
      return run ? this.tools.figures(run.data) : null;
    };
    this.tools.post({ type: 'pair', runIds, figures: [figures(runIds[0]), figures(runIds[1])] });
  }

  #openTarget(runId: string): void {
    const target = this.#find(runId)?.data.target;
    if (target) this.actions.openLocation(target.file, target.line);
  }

  #openFrame(runId: string, index: number, frame: number): void {
    const error = this.#find(runId)?.data.errors.find((each) => each.index === index);
    const place = framePlace(error?.stack.split('\n')[frame] ?? '');
    if (place) this.actions.openLocation(place.file, place.line);
  }
}
