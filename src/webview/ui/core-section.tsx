import { percent } from '../../profile/words';
import { mostStackedCores, type Rows, rowTop } from '../layout/rows';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';
import { DataTable } from './data-table';

interface CoreMeans {
  readonly ours: number[];
  readonly others: number[];
}

/** A row for each core of the machine: this run, other processes, free. */
export function CoreSection({ store, run, rows, asTable }: { store: Store; run: RunModel; rows: Rows; asTable: boolean }) {
  const { cores } = run;
  const means = meansInView(store, run);
  const sum = (shares: readonly number[]): number => shares.reduce((total, share) => total + share, 0);
  const ours = sum(means.ours);
  const others = sum(means.others);
  const label = cores.oursKnown
    ? `On average this run used ${ours.toFixed(1)} of ${cores.cores} cores, other processes ${others.toFixed(1)}.`
    : `On average ${others.toFixed(1)} of ${cores.cores} cores were busy. Whose work it was, this system does not tell.`;
  return (
    <>
      <div class="heading core-heading">
        <h2>Cores</h2>
        {cores.oursKnown && <Entry filling="computing" name="this run" value={`${ours.toFixed(1)} of ${cores.cores}`} />}
        <Entry filling="queueing" name={cores.oursKnown ? 'other processes' : 'busy, with whom is not known'} value={others.toFixed(1)} />
        <Entry filling="idle" name="free" value={Math.max(0, cores.cores - ours - others).toFixed(1)} />
      </div>
      {asTable ? (
        <div class="table-cell">
          <DataTable
            caption="Cores in the visible stretch of time"
            head={['core', ...(cores.oursKnown ? ['this run'] : []), cores.oursKnown ? 'other processes' : 'busy', 'free']}
            rows={means.ours.map((own, core) => [
              `core ${core}`,
              ...(cores.oursKnown ? [percent(own)] : []),
              percent(means.others[core]!),
              percent(Math.max(0, 1 - own - means.others[core]!)),
            ])}
          />
        </div>
      ) : (
        <>
          <CoreGutter rows={rows} means={means} oursKnown={cores.oursKnown} />
          <div class="cores-cell" role="img" aria-label={label} style={{ height: `${rows.total}px` }}>
            <canvas class="cores" />
          </div>
        </>
      )}
    </>
  );
}

const Entry = ({ filling, name, value }: { filling: string; name: string; value: string }) => (
  <span class="entry">
    <i class={`swatch fill-${filling}`} />
    {name} <b>{value}</b>
  </span>
);

/** Names are left out where rows are lower than letters; then every eighth is named. */
function CoreGutter({ rows, means, oursKnown }: { rows: Rows; means: CoreMeans; oursKnown: boolean }) {
  const every = rows.count > mostStackedCores ? 8 : 1;
  return (
    <div class="gutter cores-gutter" aria-hidden="true" style={{ height: `${rows.total}px` }}>
      {means.ours.map((own, core) =>
        core % every > 0 ? null : (
          <div key={core} style={{ top: `${rowTop(rows, core) + rows.height / 2}px` }}>
            <b>C{core}</b>
            <span>{every === 1 ? percent(oursKnown ? own : means.others[core]!) : ''}</span>
          </div>
        ),
      )}
    </div>
  );
}

function meansInView(store: Store, run: RunModel): CoreMeans {
  const { from, to } = store.view;
  const until = run.live ? Math.min(to, run.progress!.wallMs) : to;
  if (until <= from) return { ours: [], others: [] };
  const { ours, others } = run.cores.columns(from, until, 1);
  return { ours: [...ours], others: [...others] };
}
