import { count, grouped, memory, percent } from '../../profile/words';
import type { WorkerSummary } from '../../protocol/report';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';
import { Card } from './card';
import { DataTable } from './data-table';

/** More bars than anybody compares; the table has them all. */
const mostBars = 16;

/** How evenly the work was spread. */
export function WorkersCard({ store, run }: { store: Store; run: RunModel }) {
  const workers = run.figures?.workers ?? [];
  const wallMs = run.figures?.timing.wallMs ?? 0;
  if (workers.length === 0) return null;
  const note = workers.length > mostBars ? `the first ${mostBars} of ${workers.length}` : 'share of the run inside your code';
  return (
    <Card
      title="Workers"
      note={note}
      tables={store.tables}
      chart={() => (
        <ul class="workers">
          {workers.slice(0, mostBars).map((worker) => (
            <Bar key={worker.id} worker={worker} wallMs={wallMs} />
          ))}
        </ul>
      )}
      table={() => (
        <DataTable
          caption="Workers over the whole run"
          head={['worker', 'tasks', 'inside your code', 'peak memory']}
          rows={workers.map(({ id, tasks, utilisation, peakMemoryMb }) => [
            `W${id}`,
            grouped(tasks),
            percent(utilisation),
            peakMemoryMb === null ? 'n/a' : memory(peakMemoryMb),
          ])}
        />
      )}
    />
  );
}

/** On a CPU, and what else of the time there was a task inside the function. */
function Bar({ worker: { id, tasks, utilisation, onCpuMs }, wallMs }: { worker: WorkerSummary; wallMs: number }) {
  const computing = onCpuMs === null || wallMs === 0 ? utilisation : Math.min(utilisation, onCpuMs / wallMs);
  return (
    <li>
      <span>W{id}</span>
      <span class="track">
        <i class="fill-computing" style={{ width: `${computing * 100}%` }} />
        <i class="fill-waiting" style={{ width: `${(utilisation - computing) * 100}%` }} />
      </span>
      <b>{percent(utilisation)}</b>
      <span class="muted">{count(tasks, 'task')}</span>
    </li>
  );
}
