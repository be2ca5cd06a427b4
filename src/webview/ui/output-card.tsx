import { useState } from 'preact/hooks';
import { grouped } from '../../profile/words';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';
import { plain } from './plain-text';
import { VirtualList } from './virtual-list';

/** What the user's code printed, in order, or by the selected task alone. */
export function OutputCard({ store, run }: { store: Store; run: RunModel }) {
  const [only, setOnly] = useState(false);
  const task = store.selection?.id ?? null;
  const all = run.output.lines;
  if (all.length === 0) return null;
  const lines = only && task !== null ? all.filter((line) => line.task === task) : all;
  return (
    <section class="card output" aria-label="Output">
      <div class="heading">
        <h2>Output</h2>
        <span class="note">{linesText(lines.length)}</span>
        <span class="spring" />
        <label>
          <input type="checkbox" checked={only} disabled={task === null} onChange={(event) => setOnly(event.currentTarget.checked)} />
          {task === null ? 'selected task only' : `task #${grouped(task)} only`}
        </label>
      </div>
      {run.output.dropped > 0 && <p class="muted">Earlier output was let go: {grouped(run.output.dropped)} characters.</p>}
      <VirtualList
        count={lines.length}
        rowHeight={18}
        followEnd={run.live}
        class="lines"
        attributes={{ tabIndex: 0, role: 'log', 'aria-live': 'off', 'aria-label': 'Lines printed' }}
        row={(i) => {
          const line = lines[i]!;
          return (
            <div key={i}>
              <span class="task">{line.task === null ? '' : `#${grouped(line.task)}`}</span>
              <span>
                {line.stream === 'stderr' && <span class="tag">stderr</span>}
                <bdi>{plain(line.text)}</bdi>
              </span>
            </div>
          );
        }}
      />
    </section>
  );
}

const linesText = (n: number): string => `${grouped(n)} ${n === 1 ? 'line' : 'lines'}`;
