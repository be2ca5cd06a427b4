import type { Store } from '../store/store';
import type { Hover } from '../layout/hover';

/** Elements that follow every frame or pointer move; moved by hand, since rendering them would cost more than painting. */
export class Overlay {
  constructor(
    private readonly root: { readonly current: HTMLElement | null },
    private readonly store: Store,
  ) {}

  /** Puts the overview's window where the view is. */
  move(): void {
    const { run, view, whole } = this.store;
    if (!run) return;
    const left = `${(view.from / run.extent) * 100}%`;
    const right = `${100 - (view.to / run.extent) * 100}%`;
    this.#style('.window', { left, right, visibility: whole ? 'hidden' : 'visible' });
    this.#style('.dim.before', { left: '0', width: left });
    this.#style('.dim.after', { right: '0', width: right });
  }

  /** A line through the lanes at `x`, in CSS pixels. */
  cursor(x: number | null): void {
    this.#style('.cursor', x === null ? { visibility: 'hidden' } : { visibility: 'visible', transform: `translateX(${x}px)` });
  }

  /** A band over the lanes or the overview from `a` to `b`, in CSS pixels. */
  band(place: '.lanes-cell' | '.overview-cell', span: readonly [number, number] | null): void {
    const band = `${place} .band`;
    if (span === null) return this.#style(band, { visibility: 'hidden' });
    const [a, b] = span;
    this.#style(band, { visibility: 'visible', left: `${Math.min(a, b)}px`, width: `${Math.abs(b - a)}px` });
  }

  /** The tooltip, beside the pointer and inside the page. */
  tip(hover: Hover | null, clientX: number, clientY: number): void {
    const tip = this.root.current?.querySelector<HTMLElement>('.tip');
    if (!tip) return;
    tip.style.visibility = hover ? 'visible' : 'hidden';
    if (!hover) return;
    const title = document.createElement('b');
    title.textContent = hover.title;
    const list = document.createElement('dl');
    for (const [name, value] of hover.lines) {
      const term = list.appendChild(document.createElement('dt'));
      term.textContent = name;
      list.appendChild(document.createElement('dd')).textContent = value;
    }
    tip.replaceChildren(title, list);
    const x = Math.min(window.innerWidth - tip.offsetWidth - 8, clientX + 14);
    const y = clientY + 18 + tip.offsetHeight > window.innerHeight ? clientY - tip.offsetHeight - 10 : clientY + 18;
    tip.style.transform = `translate(${Math.max(4, x)}px, ${Math.max(4, y)}px)`;
  }

  #style(selector: string, style: Partial<CSSStyleDeclaration>): void {
    const element = this.root.current?.querySelector<HTMLElement>(selector);
    if (element) Object.assign(element.style, style);
  }
}
