/**
 * All that the page knows, and all that can happen to it. Two kinds of listeners: `frame` hears of everything that the
 * canvases show, at once; `change` of everything that the rest of the page shows, at most some times a second while a
 * run goes on.
 */
import type { Disposable } from '../../base/disposal';
import type { HistoryItem, HostMessage, IdleMessage, PageMessage, PairMessage, TaskMessage } from '../../protocol/panel';
import { isWhole, type Span, within } from '../layout/span';
import { noState, type PageState, readState, type Tab } from './page-state';
import { RunModel, type TickMessage } from './run-model';
import { placeOf, type Selection, type TaskPlace } from './selection';

export interface HostPort {
  post(message: PageMessage): void;
  getState(): unknown;
  setState(state: PageState): void;
}

/** Between two renderings of figures and lists while a run goes on: faster, nobody could read them. */
const calmMs = 150;
/** Between two pictures while the records of a run are still on their way. */
const loadingMs = 300;
/** From a run's end until the room kept for further tasks is given back. */
const trimMs = 400;
/** Arrow keys held down pass many tasks: only where one stays are its details asked for. */
const detailsMs = 80;

export class Store {
  run: RunModel | null = null;
  idle: IdleMessage | null = null;
  history: readonly HistoryItem[] = [];
  pair: PairMessage | null = null;
  /** Details of the selected task, once they are there. */
  task: TaskMessage | null = null;
  tab: Tab;
  selection: Selection | null;
  /** Whether charts show as tables. */
  tables = false;
  /** Only failed tasks in the table of tasks. */
  onlyFailed = false;

  #view: Span | null;
  /** What was kept, for as long as the run it is of has not come. */
  #kept: PageState;
  readonly #changes = new Set<() => void>();
  readonly #frames = new Set<() => void>();
  #lastDrawn = 0;
  #calm: ReturnType<typeof setTimeout> | null = null;
  #details: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly host: HostPort) {
    this.#kept = readState(host.getState());
    this.tab = this.#kept.tab;
    this.selection = null;
    this.#view = null;
  }

  /** Tells the host that the page listens. */
  ready(): void {
    this.host.post({ type: 'ready', runId: this.run?.header.id ?? null, lastSeq: this.run?.lastSeq ?? 0 });
  }

  receive(message: HostMessage): void {
    switch (message.type) {
      case 'run':
        return this.#beginRun(message.run);
      case 'idle':
        this.idle = message;
        this.run = null;
        return this.#changed();
      case 'history':
        this.history = message.items;
        return this.#changed();
      case 'pair':
        this.pair = message;
        return this.#changed();
      case 'task':
        if (message.runId === this.run?.header.id && message.index === this.selection?.id) this.task = message;
        return this.#changed();
      default:
        if (message.runId === this.run?.header.id) this.#tick(this.run, message);
    }
  }

  post(message: PageMessage): void {
    this.host.post(message);
  }

  /** The visible stretch of time. */
  get view(): Span {
    const extent = this.run?.extent ?? 1;
    return this.#view === null ? { from: 0, to: extent } : within(this.#view, extent);
  }

  /** Whether all of the run is in view. */
  get whole(): boolean {
    return this.#view === null;
  }

  setView(view: Span | null): void {
    const extent = this.run?.extent ?? 1;
    this.#view = view === null || isWhole(view, extent) ? null : within(view, extent);
    this.#drawn();
    this.#changedSoon();
  }

  /** The selected task, where it is now. */
  get place(): TaskPlace | null {
    return this.selection && this.run ? placeOf(this.selection, this.run.lanes) : null;
  }

  select(selection: Selection | null): void {
    this.selection = selection;
    this.task = null;
    this.#drawn();
    this.#changed();
    this.#askDetailsSoon();
  }

  setTab(tab: Tab): void {
    this.tab = tab;
    this.#changed();
  }

  setTables(tables: boolean): void {
    this.tables = tables;
    this.#changed();
  }

  showFailed(): void {
    this.onlyFailed = true;
    this.setTab('tasks');
  }

  setOnlyFailed(only: boolean): void {
    this.onlyFailed = only;
    this.#changed();
  }

  onChange(listener: () => void): Disposable {
    this.#changes.add(listener);
    return { dispose: () => this.#changes.delete(listener) };
  }

  onFrame(listener: () => void): Disposable {
    this.#frames.add(listener);
    return { dispose: () => this.#frames.delete(listener) };
  }

  #beginRun(header: RunModel['header']): void {
    const again = this.#kept.runId === header.id ? this.#kept : noState;
    this.run = new RunModel(header);
    this.idle = null;
    this.task = null;
    this.#view = again.view;
    this.selection = again.selection;
    if (again === noState) this.tab = 'profile';
    this.#drawn();
    this.#changed();
    this.#askDetailsSoon();
  }

  #tick(run: RunModel, message: TickMessage): void {
    run.apply(message);
    if (message.type !== 'progress') return;
    this.host.post({ type: 'ack', runId: message.runId, seq: message.seq });
    // While a long run comes in, a picture of each part would take longer than the parts themselves.
    if (!run.loading || performance.now() - this.#lastDrawn > loadingMs) this.#drawn();
    if (run.live || run.loading) return this.#changedSoon();
    this.#changed();
    // After the picture: it copies all columns once more.
    setTimeout(() => run.lanes.trim(), trimMs);
  }

  #askDetailsSoon(): void {
    if (this.#details !== null) clearTimeout(this.#details);
    this.#details = setTimeout(() => {
      this.#details = null;
      if (this.selection && this.run) this.host.post({ type: 'task', runId: this.run.header.id, index: this.selection.id });
    }, detailsMs);
  }

  /** Until a run has come, what was kept of the last one stays. */
  #keep(): void {
    const { run, tab, selection } = this;
    // How long the run is, and so where a view may be, is known from its first tick on.
    const view = this.#view && run?.progress ? this.view : this.#view;
    this.#kept = run ? { runId: run.header.id, tab, view, selection } : { ...this.#kept, tab };
    this.host.setState(this.#kept);
  }

  #drawn(): void {
    this.#lastDrawn = performance.now();
    for (const listener of this.#frames) listener();
  }

  #changed(): void {
    if (this.#calm !== null) clearTimeout(this.#calm);
    this.#calm = null;
    this.#keep();
    for (const listener of this.#changes) listener();
  }

  #changedSoon(): void {
    this.#calm ??= setTimeout(() => this.#changed(), calmMs);
  }
}
