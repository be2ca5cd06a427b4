import { useRef } from 'preact/hooks';
import { panned, within } from '../layout/span';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';
import { duration } from '../../profile/words';
import { isPlace } from './findings';

/** The whole run in one row, with the visible stretch as a window over it, and the time axis below. */
export function Overview({ store, run }: { store: Store; run: RunModel }) {
  const { view } = store;
  const places = (run.figures?.findings ?? []).map((finding, i) => ({ ...finding, number: i + 1 })).filter((finding) => isPlace(finding, run.extent));
  return (
    <>
      <div class="gutter overview-gutter">
        <b>All</b>
        <span class="wide">
          queue <span aria-hidden="true">┄</span>
        </span>
      </div>
      <div
        class="overview-cell"
        tabIndex={0}
        role="slider"
        aria-label="Visible stretch of time"
        aria-valuemin={0}
        aria-valuemax={Math.round(run.extent)}
        aria-valuenow={Math.round(view.from)}
        aria-valuetext={`${duration(view.from)} to ${duration(view.to)}`}
        {...useBrush(store, run)}
        onKeyDown={(event) => {
          const by = { ArrowLeft: -0.1, ArrowRight: 0.1 }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          store.setView(panned(view, by, run.extent));
        }}
      >
        <canvas class="overview" />
        <div class="dim before" />
        <div class="dim after" />
        <div class="window" />
        <div class="band" />
        {places.map(({ from, to, number }) => (
          <span key={number} class="pin" aria-hidden="true" style={{ left: `${((from + to) / 2 / run.extent) * 100}%` }}>
            {number}
          </span>
        ))}
      </div>
      <div class="gutter axis-gutter" title="in view">
        {store.whole ? '' : `↔ ${duration(view.to - view.from)}`}
      </div>
      <div class="axis-cell">
        <canvas class="axis" aria-hidden="true" />
      </div>
    </>
  );
}

/** Dragging across selects a stretch; dragging the window moves it; a click moves the window there. */
function useBrush(store: Store, run: RunModel) {
  const drag = useRef<{ x: number; width: number; inWindow: boolean; from: number } | null>(null);
  const shareOf = (event: PointerEvent, element: HTMLElement): number => {
    const box = element.getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
  };
  return {
    onPointerDown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      if (event.button !== 0) return;
      const { view, whole } = store;
      const x = shareOf(event, event.currentTarget);
      const time = x * run.extent;
      drag.current = { x, width: view.to - view.from, inWindow: !whole && time >= view.from && time <= view.to, from: view.from };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      const start = drag.current;
      if (!start) return;
      const x = shareOf(event, event.currentTarget);
      const by = (x - start.x) * run.extent;
      if (start.inWindow) {
        store.setView(within({ from: start.from + by, to: start.from + by + start.width }, run.extent));
      } else if (Math.abs(by) > run.extent * 0.003) {
        const [from, to] = [Math.min(x, start.x), Math.max(x, start.x)];
        store.setView({ from: from * run.extent, to: to * run.extent });
      }
    },
    onPointerUp: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      const start = drag.current;
      drag.current = null;
      if (!start || start.inWindow || store.whole) return;
      const x = shareOf(event, event.currentTarget);
      if (Math.abs(x - start.x) > 0.003) return;
      const middle = x * run.extent;
      store.setView(within({ from: middle - start.width / 2, to: middle + start.width / 2 }, run.extent));
    },
  };
}
