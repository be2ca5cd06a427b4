import type { State} from '../../profile/lane';
import { stateCount } from '../../profile/lane';
import { shareOfSpan } from '../../profile/shares';
import { grouped, percent } from '../../profile/words';
import { laneName } from '../layout/hover';
import { stateNames } from '../layout/legend';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';
import { DataTable } from './data-table';

/** More rows than anybody reads. */
const mostRows = 256;
const out = new Float64Array(stateCount);

/** The lanes in numbers: tasks called and shares of time within the view. */
export function LanesTable({ store, run }: { store: Store; run: RunModel }) {
  const { from, to } = store.view;
  const until = Math.max(from + 1e-6, run.live ? Math.min(to, run.progress!.wallMs) : to);
  const names = stateNames(run.progress!);
  const rows = run.lanes.all.slice(0, mostRows).map((lane) => {
    shareOfSpan(lane, from, until, out);
    const idle = Math.max(0, 1 - out.reduce((sum, share) => sum + share, 0));
    const tasks = lane.startedBefore(until) - lane.startedBefore(from);
    return [laneName(lane), grouped(tasks), ...names.map(({ state }: { state: State }) => percent(out[state]!)), percent(idle)];
  });
  const left = run.lanes.all.length - rows.length;
  return (
    <div class="table-cell">
      <DataTable caption="Workers in the visible stretch of time" head={['worker', 'tasks', ...names.map(({ name }) => name), 'idle']} rows={rows} />
      {left > 0 && <p class="muted">{grouped(left)} more lanes.</p>}
    </div>
  );
}
