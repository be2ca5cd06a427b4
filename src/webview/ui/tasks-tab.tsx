import { useMemo, useRef, useState } from 'preact/hooks';
import { count, duration, grouped } from '../../profile/words';
import { around } from '../layout/span';
import { laneName } from '../layout/hover';
import { stateNames } from '../layout/legend';
import { scrollToRow } from '../layout/virtual-rows';
import type { RunModel } from '../store/run-model';
import { selectionOf, type TaskPlace } from '../store/selection';
import type { Store } from '../store/store';
import { type TaskKey, TaskList } from '../store/task-list';
import { Icon } from './icon';
import { TaskDetails } from './task-details';
import { VirtualList } from './virtual-list';

const rowHeight = 22;
const headHeight = 26;
const statusNames = ['succeeded', 'failed', 'timed out'];

interface Column {
  readonly key: TaskKey;
  readonly title: string;
  readonly text: (place: TaskPlace) => string;
}

/** Every task in a line, in the order of any column. */
export function TasksTab({ store, run }: { store: Store; run: RunModel }) {
  const [order, setOrder] = useState<Order>({ key: 'id', descending: false });
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const { onlyFailed } = store;
  const list = useMemo(() => new TaskList(run.lanes.all, { ...order, onlyFailed }), [order, onlyFailed, stamp(run)]);
  const columns = columnsOf(run);
  const current = Math.min(active, Math.max(0, list.length - 1));
  const rowsHeight = (): number => (scroller.current?.clientHeight ?? 0) - headHeight;
  const choose = (i: number): void => {
    if (list.length === 0) return;
    setActive(i);
    const { lane, index } = list.at(i);
    store.select(selectionOf(lane, index));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextRow(event, current, list.length, rowsHeight());
    if (next === null) return;
    event.preventDefault();
    choose(next);
    scroller.current!.scrollTop = scrollToRow(next, list.length, rowHeight, rowsHeight(), scroller.current!.scrollTop);
  };
  return (
    <div class="tasks">
      <div class="heading">
        <h2>{count(list.length, onlyFailed ? 'failed task' : 'task')}</h2>
        <span class="spring" />
        <label>
          <input type="checkbox" checked={onlyFailed} onChange={(event) => store.setOnlyFailed(event.currentTarget.checked)} />
          only failed
        </label>
      </div>
      <VirtualList
        class="grid"
        count={list.length}
        rowHeight={rowHeight}
        headHeight={headHeight}
        scroller={scroller}
        attributes={{
          tabIndex: 0,
          role: 'grid',
          'aria-label': 'Tasks; the arrow keys choose',
          'aria-rowcount': list.length + 1,
          'aria-colcount': columns.length,
          'aria-activedescendant': list.length > 0 ? `task-row-${current}` : undefined,
          style: { '--columns': columns.length },
          onKeyDown,
        }}
        head={<Head columns={columns} order={order} onOrder={setOrder} />}
        row={(i) => <TaskRow key={i} i={i} place={list.at(i)} columns={columns} selected={isSelected(store, list.at(i))} onClick={() => choose(i)} />}
      />
      <div class="below">
        <TaskDetails store={store} run={run} />
        {store.place && (
          <button type="button" class="secondary" onClick={() => showInTimeline(store, run)}>
            Show in the timeline
          </button>
        )}
      </div>
    </div>
  );
}

const isSelected = ({ selection }: Store, { lane, index }: TaskPlace): boolean => selection?.id === lane.id[index];

interface Order {
  readonly key: TaskKey;
  readonly descending: boolean;
}

/** The names of the columns. A click sorts by one, the largest first where that is what one looks for. */
const Head = ({ columns, order, onOrder }: { columns: readonly Column[]; order: Order; onOrder: (order: Order) => void }) => (
  <div class="row head" role="row" aria-rowindex={1}>
    {columns.map(({ key, title }) => {
      const chosen = order.key === key;
      const descending = chosen ? !order.descending : !smallestFirst.includes(key);
      return (
        <span key={key} role="columnheader" aria-sort={chosen ? (order.descending ? 'descending' : 'ascending') : 'none'}>
          <button type="button" onClick={() => onOrder({ key, descending })}>
            {title}
            <span aria-hidden="true">{chosen ? (order.descending ? ' ↓' : ' ↑') : ''}</span>
          </button>
        </span>
      );
    })}
  </div>
);

const smallestFirst: readonly TaskKey[] = ['id', 'start', 'worker'];

interface TaskRowProps {
  readonly i: number;
  readonly place: TaskPlace;
  readonly columns: readonly Column[];
  readonly selected: boolean;
  readonly onClick: () => void;
}

const TaskRow = ({ i, place, columns, selected, onClick }: TaskRowProps) => (
  <div class="row" id={`task-row-${i}`} role="row" tabIndex={-1} aria-rowindex={i + 2} aria-selected={selected} onClick={onClick}>
    {columns.map(({ key, text }) => (
      <span key={key} role="gridcell" class={key === 'status' ? 'failed' : undefined}>
        {key === 'status' && place.lane.status[place.index] !== 0 && <Icon name="error" />}
        {text(place)}
      </span>
    ))}
  </div>
);

function columnsOf(run: RunModel): Column[] {
  const length = (key: 'compute' | 'wait' | 'runQueue'): Column['text'] => ({ lane, index }) => duration(lane[key][index]!);
  const keys = { computing: 'compute', waiting: 'wait', queueing: 'runQueue' } as const;
  const states = stateNames(run.progress!).flatMap(({ name, filling }): Column[] =>
    filling === 'overhead' ? [] : [{ key: keys[filling], title: name, text: length(keys[filling]) }],
  );
  return [
    { key: 'id', title: 'task', text: ({ lane, index }) => `#${grouped(lane.id[index]!)}` },
    { key: 'worker', title: 'worker', text: ({ lane }) => laneName(lane) },
    { key: 'start', title: 'called at', text: ({ lane, index }) => duration(lane.start[index]!) },
    { key: 'duration', title: 'time', text: ({ lane, index }) => duration(lane.duration(index)) },
    ...(states.length > 1 ? states : []),
    { key: 'transfer', title: 'transfer', text: ({ lane, index }) => duration(lane.transferIn[index]! + lane.transferOut[index]!) },
    { key: 'status', title: 'status', text: ({ lane, index }) => statusNames[lane.status[index]!] ?? 'unknown' },
  ];
}

/** While records pour in the list is made anew once a second, not with each batch. */
const stamp = (run: RunModel): string =>
  run.live || run.loading ? `${run.header.id} ${Math.floor(performance.now() / 1000)}` : `${run.header.id} ${run.lanes.tasks}`;

function nextRow(event: KeyboardEvent, at: number, rows: number, height: number): number | null {
  if (event.ctrlKey || event.metaKey || event.altKey || rows === 0) return null;
  const page = Math.max(1, Math.floor(height / rowHeight) - 1);
  const by: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page, Home: -rows, End: rows };
  const step = by[event.key];
  return step === undefined ? null : Math.max(0, Math.min(rows - 1, at + step));
}

function showInTimeline(store: Store, run: RunModel): void {
  const { place } = store;
  if (!place) return;
  const { lane, index } = place;
  store.setView(around(lane.start[index]!, lane.bodyEnd(index), 20, run.extent));
  store.setTab('profile');
}
