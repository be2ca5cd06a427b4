/** Draws the timeline's canvases, at most once a frame, and the overview only where what it shows has changed. */
import type { Disposable } from '../../base/disposal';
import { coreRows, laneRows } from '../layout/rows';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';
import { paintAxis } from './paint-axis';
import { paintCores } from './paint-cores';
import { type Mark, paintLanes } from './paint-lanes';
import { paintOverview } from './paint-overview';
import { allShown, type Shown } from './stack';
import { Surface } from './surface';
import { readTheme, type Theme } from './theme';

export interface Canvases {
  readonly overview: HTMLCanvasElement;
  readonly axis: HTMLCanvasElement;
  /** Absent while they show as tables. */
  readonly lanes: HTMLCanvasElement | null;
  readonly cores: HTMLCanvasElement | null;
}

/** Between two pictures of the overview while a run goes on. */
const overviewMs = 250;

/** Heights in CSS pixels. */
export const overviewHeight = 28;
export const axisHeight = 20;

export class Painter implements Disposable {
  shown: Shown = allShown;
  hovered: Mark | null = null;
  /** CSS pixels that the lanes are scrolled down by. */
  scrolled = 0;
  readonly #surfaces = new Map<HTMLCanvasElement, Surface>();
  readonly #parts: Disposable[] = [];
  #canvases: Canvases | null = null;
  #theme: Theme | null = null;
  #frame: number | null = null;
  #overviewStale = true;
  /** All that the overview's picture came from. */
  #lastOverview: unknown[] = [];
  #overviewDrawn = -Infinity;
  #later: ReturnType<typeof setTimeout> | null = null;

  /** @param painted hears of every frame, to move what lies over the canvases */
  constructor(
    private readonly store: Store,
    private readonly painted: () => void,
  ) {
    this.#parts.push(store.onFrame(() => this.request()), this.#watchTheme());
  }

  /** Takes the canvases that are in the page now. */
  attach(canvases: Canvases): void {
    this.#canvases = canvases;
    const current = new Set(Object.values(canvases));
    for (const canvas of this.#surfaces.keys()) if (!current.has(canvas)) this.#surfaces.delete(canvas);
    this.request();
  }

  /** Asks for a frame. */
  request(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#paint();
    });
  }

  dispose(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    if (this.#later !== null) clearTimeout(this.#later);
    for (const part of this.#parts) part.dispose();
  }

  #paint(): void {
    const { run } = this.store;
    if (!run || !this.#canvases) return;
    const theme = (this.#theme ??= readTheme(document));
    const width = this.#canvases.axis.parentElement!.clientWidth;
    if (width === 0) return;
    this.#paintOverview(run, this.#canvases.overview, width, theme);
    const axis = this.#surface(this.#canvases.axis);
    axis.resize(width, axisHeight);
    paintAxis(axis, this.store.view, theme);
    if (this.#canvases.lanes) this.#paintLanes(run, this.#canvases.lanes, width, theme);
    if (this.#canvases.cores) this.#paintCores(run, this.#canvases.cores, width, theme);
    this.painted();
  }

  #paintOverview(run: RunModel, canvas: HTMLCanvasElement, width: number, theme: Theme): void {
    const surface = this.#surface(canvas);
    surface.resize(width, overviewHeight);
    const shows = [run, run.lastSeq, run.extent, surface.width, surface.scale, canvas];
    if (!this.#overviewStale && shows.every((value, i) => value === this.#lastOverview[i])) return;
    if (!this.#overviewStale && run === this.#lastOverview[0] && this.#isTooSoon(run)) return;
    this.#overviewDrawn = performance.now();
    this.#overviewStale = false;
    this.#lastOverview = shows;
    const until = run.progress?.wallMs ?? 0;
    const tasks = run.progress?.plan.tasks ?? (run.live ? null : run.lanes.tasks);
    paintOverview(surface, { lanes: run.lanes.all, extent: run.extent, tasks, until, now: nowOf(run) }, theme);
  }

  /** The overview costs as much as the lanes, and hardly changes from one batch to the next: then it can wait. */
  #isTooSoon(run: RunModel): boolean {
    const wait = run.live ? this.#overviewDrawn + overviewMs - performance.now() : 0;
    if (wait > 0) this.#later ??= setTimeout(() => ((this.#later = null), this.request()), wait);
    return wait > 0;
  }

  #paintLanes(run: RunModel, canvas: HTMLCanvasElement, width: number, theme: Theme): void {
    const surface = this.#surface(canvas);
    const rows = laneRows(run.lanes.all.length);
    surface.resize(width, rows.visible);
    const { view, place } = this.store;
    const scene = { lanes: run.lanes.all, rows, scrolled: this.scrolled, view, shown: this.shown };
    paintLanes(surface, { ...scene, selected: place, hovered: this.hovered, now: nowOf(run) }, theme);
  }

  #paintCores(run: RunModel, canvas: HTMLCanvasElement, width: number, theme: Theme): void {
    const surface = this.#surface(canvas);
    const rows = coreRows(run.cores.cores);
    surface.resize(width, rows.total);
    paintCores(surface, { cores: run.cores, rows, view: this.store.view, now: nowOf(run) }, theme);
  }

  #surface(canvas: HTMLCanvasElement): Surface {
    let surface = this.#surfaces.get(canvas);
    if (!surface) this.#surfaces.set(canvas, (surface = new Surface(canvas)));
    return surface;
  }

  /** VS Code changes the body's class, and the variables on the root element, with the theme. */
  #watchTheme(): Disposable {
    const observer = new MutationObserver(() => {
      this.#theme = null;
      this.#overviewStale = true;
      this.request();
    });
    observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
    return { dispose: () => observer.disconnect() };
  }
}

const nowOf = (run: RunModel): number | null => (run.live ? (run.progress?.wallMs ?? null) : null);
