/** The mouse and the keys on the lanes: hover, click, drag, wheel, arrows. */
import { hoverAt } from '../layout/hover';
import { rowAt, type Rows, scrolledTo } from '../layout/rows';
import { around, panned, showing, type Span, within, zoomed } from '../layout/span';
import type { Painter } from '../paint/painter';
import { laneBeside, selectionOf, taskBeside, taskNear, type TaskPlace } from '../store/selection';
import type { Store } from '../store/store';
import type { Overlay } from './overlay';

/** CSS pixels that the pointer must go for a click to be a drag. */
const slack = 3;

interface Drag {
  readonly x: number;
  readonly view: Span;
  /** Chooses a stretch to zoom to, rather than panning. */
  readonly choosing: boolean;
  moved: boolean;
}

export class LaneInput {
  rows: Rows = { count: 0, height: 1, gap: 0, total: 0, visible: 0 };
  scrollTo: (scrolled: number) => void = () => {};
  #drag: Drag | null = null;

  constructor(
    private readonly store: Store,
    private readonly painter: Painter,
    private readonly overlay: Overlay,
    private readonly cell: { readonly current: HTMLElement | null },
  ) {}

  readonly handlers = {
    onPointerDown: (event: PointerEvent) => this.#press(event),
    onPointerMove: (event: PointerEvent) => (this.#drag ? this.#dragTo(event) : this.#hover(event)),
    onPointerUp: (event: PointerEvent) => this.#release(event),
    onPointerCancel: () => this.#stop(),
    onPointerLeave: () => this.#leave(),
    onKeyDown: (event: KeyboardEvent) => this.#key(event),
    onFocus: () => this.#selectSomething(),
  };

  /** Not passive, unlike what a renderer would attach: the page must not scroll while it zooms. */
  listenToWheel(): () => void {
    const element = this.cell.current;
    const listen = (event: WheelEvent): void => this.#wheel(event);
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }

  /** Where the pointer is: CSS pixels from the cell's corner, and the time there. */
  #at(event: MouseEvent): { x: number; y: number; width: number; time: number; perPixel: number } {
    const box = this.cell.current!.getBoundingClientRect();
    const { from, to } = this.store.view;
    const perPixel = (to - from) / box.width;
    const x = event.clientX - box.left;
    return { x, y: event.clientY - box.top, width: box.width, time: from + x * perPixel, perPixel };
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#drag = { x: this.#at(event).x, view: this.store.view, choosing: event.shiftKey, moved: false };
    this.cell.current?.setPointerCapture(event.pointerId);
    this.overlay.tip(null, 0, 0);
  }

  #dragTo(event: PointerEvent): void {
    const drag = this.#drag!;
    const { x, width } = this.#at(event);
    drag.moved ||= Math.abs(x - drag.x) > slack;
    if (!drag.moved) return;
    if (drag.choosing) return this.overlay.band('.lanes-cell', [drag.x, x]);
    const by = ((drag.x - x) / width) * (drag.view.to - drag.view.from);
    const { extent } = this.store.run!;
    this.store.setView(within({ from: drag.view.from + by, to: drag.view.to + by }, extent));
  }

  #release(event: PointerEvent): void {
    const drag = this.#drag;
    this.#stop();
    if (!drag) return;
    const { x, width } = this.#at(event);
    if (!drag.moved) return this.#click(event);
    if (!drag.choosing) return;
    const perPixel = (drag.view.to - drag.view.from) / width;
    const [a, b] = [Math.min(x, drag.x), Math.max(x, drag.x)];
    this.store.setView({ from: drag.view.from + a * perPixel, to: drag.view.from + b * perPixel });
  }

  #stop(): void {
    this.#drag = null;
    this.overlay.band('.lanes-cell', null);
  }

  #click(event: MouseEvent): void {
    const { y, time } = this.#at(event);
    const row = rowAt(this.rows, y + this.painter.scrolled);
    const { run } = this.store;
    const place = row === null || !run ? null : taskNear(run.lanes, row, time);
    this.store.select(place ? selectionOf(place.lane, place.index) : null);
  }

  #hover(event: PointerEvent): void {
    const { x, y, time, perPixel } = this.#at(event);
    const row = rowAt(this.rows, y + this.painter.scrolled);
    const lane = row === null ? undefined : this.store.run?.lanes.all[row];
    this.overlay.cursor(x);
    if (!lane || row === null) {
      this.overlay.tip(null, 0, 0);
      return this.#outline(null);
    }
    const hover = hoverAt(lane, time, perPixel);
    this.overlay.tip(hover, event.clientX, event.clientY);
    this.#outline(hover.task === null ? null : { row, index: hover.task });
  }

  #leave(): void {
    this.overlay.cursor(null);
    this.overlay.tip(null, 0, 0);
    this.#outline(null);
  }

  #outline(mark: Painter['hovered']): void {
    const before = this.painter.hovered;
    if (before?.row === mark?.row && before?.index === mark?.index) return;
    this.painter.hovered = mark;
    this.painter.request();
  }

  #wheel(event: WheelEvent): void {
    const { run, view, whole } = this.store;
    if (!run) return;
    const { x, width } = this.#at(event);
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    // Zoomed out as far as can be, the wheel scrolls the page as everywhere else.
    if (whole && (sideways || event.deltaY > 0)) return;
    event.preventDefault();
    if (sideways) this.store.setView(panned(view, (event.deltaX || event.deltaY) / width, run.extent));
    else this.store.setView(zoomed(view, Math.exp(pixels(event) * 0.0022), x / width, run.extent));
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = this.#actions()[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  #actions(): Record<string, () => void> {
    const { store } = this;
    const { run, view, place } = store;
    if (!run) return {};
    const length = view.to - view.from;
    return {
      ArrowLeft: () => this.#go(place && taskBeside(place, -1)),
      ArrowRight: () => this.#go(place && taskBeside(place, 1)),
      ArrowUp: () => this.#goLane(-1),
      ArrowDown: () => this.#goLane(1),
      Enter: () => place && store.setView(around(place.lane.start[place.index]!, place.lane.bodyEnd(place.index), 5, run.extent)),
      Home: () => store.setView(within({ from: 0, to: length }, run.extent)),
      End: () => store.setView(within({ from: run.extent - length, to: run.extent }, run.extent)),
    };
  }

  #goLane(by: 1 | -1): void {
    const { place, run } = this.store;
    const row = place && run ? laneBeside(run.lanes, place.row, by) : null;
    if (place && run && row !== null) this.#go(taskNear(run.lanes, row, place.lane.start[place.index]!));
  }

  /** Selects a task and brings it into view. */
  #go(place: TaskPlace | null): void {
    const { run, view } = this.store;
    if (!place || !run) return this.#selectSomething();
    const { lane, index, row } = place;
    this.store.select(selectionOf(lane, index));
    this.scrollTo(scrolledTo(this.rows, row, this.painter.scrolled));
    const seen = showing(view, lane.start[index]!, lane.bodyEnd(index), run.extent);
    if (seen !== view) this.store.setView(seen);
  }

  /** The first task in view, for who comes by keyboard. */
  #selectSomething(): void {
    const { run, selection, view } = this.store;
    if (!run || selection !== null || this.#drag) return;
    const row = run.lanes.all.findIndex((lane) => lane.length > 0);
    const place = taskNear(run.lanes, row, view.from);
    if (place) this.store.select(selectionOf(place.lane, place.index));
  }
}

/** Lines and pages of a wheel, in pixels. */
const pixels = ({ deltaY, deltaMode }: WheelEvent): number => deltaY * ([1, 16, 400][deltaMode] ?? 1);
