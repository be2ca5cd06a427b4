import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { coreRows, laneRows } from '../layout/rows';
import { zoomed } from '../layout/span';
import { Painter } from '../paint/painter';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';
import { TableButton } from './card';
import { CoreSection } from './core-section';
import { Icon, type IconName } from './icon';
import { LaneTracks } from './lane-tracks';
import { LanesTable } from './lanes-table';
import { Legend } from './legend';
import { Overlay } from './overlay';
import { Overview } from './overview';

/** The canvases, with all that lies around and over them. */
export function Timeline({ store, run }: { store: Store; run: RunModel }) {
  const root = useRef<HTMLDivElement>(null);
  const overlay = useMemo(() => new Overlay(root, store), [store]);
  const painter = useMemo(() => new Painter(store, () => overlay.move()), [store]);
  const [asTable, setAsTable] = useState(store.tables);
  useEffect(() => setAsTable(store.tables), [store.tables]);
  useEffect(() => () => painter.dispose(), [painter]);
  // After every render: canvases may have come or gone, and rows may have changed.
  useLayoutEffect(() => {
    const canvas = (name: string) => root.current?.querySelector<HTMLCanvasElement>(`canvas.${name}`) ?? null;
    painter.attach({ overview: canvas('overview')!, axis: canvas('axis')!, lanes: canvas('lanes'), cores: canvas('cores') });
  });
  useResize(root, () => painter.request());
  const rows = laneRows(run.lanes.all.length);
  const scrolls = rows.total > rows.visible && !asTable;
  return (
    <section class="timeline" aria-label="Timeline">
      <div class="heading">
        <h2>Timeline</h2>
        <Legend store={store} run={run} painter={painter} />
        <span class="spring" />
        <Tool icon="zoomIn" title="Zoom in (W)" onClick={() => store.setView(zoomed(store.view, 0.6, 0.5, run.extent))} />
        <Tool icon="zoomOut" title="Zoom out (S)" onClick={() => store.setView(zoomed(store.view, 1 / 0.6, 0.5, run.extent))} />
        <Tool icon="screenFull" title="Show the whole run (F)" onClick={() => store.setView(null)} />
        <TableButton title="Timeline" pressed={asTable} onClick={() => setAsTable(!asTable)} />
      </div>
      <div class={scrolls ? 'tracks scrolls' : 'tracks'} ref={root}>
        <Overview store={store} run={run} />
        {asTable ? (
          <LanesTable store={store} run={run} />
        ) : (
          <LaneTracks store={store} run={run} painter={painter} overlay={overlay} rows={rows} />
        )}
        {run.cores.cores > 0 && <CoreSection store={store} run={run} rows={coreRows(run.cores.cores)} asTable={asTable} />}
      </div>
    </section>
  );
}

const Tool = ({ icon, title, onClick }: { icon: IconName; title: string; onClick: () => void }) => (
  <button type="button" class="tool" title={title} aria-label={title.replace(/ \(.*/, '')} onClick={onClick}>
    <Icon name={icon} />
  </button>
);

function useResize(root: { current: HTMLElement | null }, onResize: () => void): void {
  useEffect(() => {
    const observer = new ResizeObserver(onResize);
    if (root.current) observer.observe(root.current);
    return () => observer.disconnect();
  }, []);
}
