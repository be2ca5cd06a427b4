import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { State, stateCount } from '../../profile/lane';
import { shareOfSpan } from '../../profile/shares';
import { count, grouped, percent } from '../../profile/words';
import { laneName } from '../layout/hover';
import { type Rows, rowsInSight, rowTop } from '../layout/rows';
import type { Painter } from '../paint/painter';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';
import { LaneInput } from './lane-input';
import type { Overlay } from './overlay';

export interface LaneTracksProps {
  readonly store: Store;
  readonly run: RunModel;
  readonly painter: Painter;
  readonly overlay: Overlay;
  readonly rows: Rows;
}

/** A row for each lane, with its name and how busy it was. Many rows scroll. */
export function LaneTracks({ store, run, painter, overlay, rows }: LaneTracksProps) {
  const cell = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState(painter.scrolled);
  const scrollTo = (to: number): void => {
    painter.scrolled = Math.max(0, Math.min(rows.total - rows.visible, to));
    setScrolled(painter.scrolled);
    if (bar.current && bar.current.scrollTop !== painter.scrolled) bar.current.scrollTop = painter.scrolled;
    painter.request();
  };
  const input = useMemo(() => new LaneInput(store, painter, overlay, cell), [store, painter, overlay]);
  input.rows = rows;
  input.scrollTo = scrollTo;
  useEffect(() => input.listenToWheel(), [input]);
  const workers = new Set(run.lanes.all.map(({ worker }) => worker)).size;
  return (
    <>
      <Gutter store={store} run={run} rows={rows} scrolled={scrolled} />
      <div
        class="lanes-cell"
        ref={cell}
        tabIndex={0}
        role="application"
        aria-roledescription="timeline"
        aria-label={`Timeline of ${count(workers, 'worker')} and ${count(run.lanes.tasks, 'task')}. The arrow keys move between tasks and workers, W and S zoom, A and D pan, T shows a table.`}
        style={{ height: `${rows.visible}px` }}
        {...input.handlers}
      >
        <canvas class="lanes" />
        <div class="cursor" />
        <div class="band" />
      </div>
      {rows.total > rows.visible && (
        <div class="lanes-scroll" ref={bar} tabIndex={-1} style={{ height: `${rows.visible}px` }} title={`${grouped(rows.count)} rows`} onScroll={(event) => scrollTo(event.currentTarget.scrollTop)}>
          <div style={{ height: `${rows.total}px` }} />
        </div>
      )}
      <div class="tip" aria-hidden="true" />
    </>
  );
}

const out = new Float64Array(stateCount);

function Gutter({ store, run, rows, scrolled }: { store: Store; run: RunModel; rows: Rows; scrolled: number }) {
  const { from, to } = store.view;
  const until = run.live ? Math.min(to, run.progress!.wallMs) : to;
  const sight = rowsInSight(rows, scrolled);
  return (
    <div class="gutter lanes-gutter" aria-hidden="true" style={{ height: `${rows.visible}px` }}>
      {run.lanes.all.slice(sight.from, sight.to).map((lane, i) => {
        if (until > from) shareOfSpan(lane, from, until, out);
        const top = rowTop(rows, sight.from + i) - scrolled;
        return (
          <div key={laneName(lane)} style={{ top: `${top}px`, height: `${rows.height}px`, lineHeight: `${rows.height}px` }}>
            <b>{laneName(lane)}</b>
            <span>{until > from ? percent(out[State.computing]!) : ''}</span>
          </div>
        );
      })}
    </div>
  );
}
