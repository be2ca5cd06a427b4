import type { HistoryItem, PairMessage, PanelFigures } from '../../protocol/panel';
import { duration, memory, percent, times } from '../../profile/words';
import { DataTable } from './data-table';
import { when } from './when';

interface Line {
  readonly name: string;
  readonly value: (figures: PanelFigures) => number | null;
  readonly text: (value: number) => string;
}

const lines: readonly Line[] = [
  { name: 'wall time', value: ({ timing }) => timing.wallMs, text: duration },
  { name: 'speed-up', value: ({ speedup }) => speedup.estimate, text: times },
  { name: 'efficiency', value: ({ efficiency }) => efficiency, text: percent },
  { name: 'overhead', value: ({ overhead }) => overhead?.total ?? null, text: percent },
  { name: 'latency p50', value: ({ latency }) => latency.p50Ms, text: duration },
  { name: 'latency p99', value: ({ latency }) => latency.p99Ms, text: duration },
  { name: 'start-up', value: ({ timing }) => timing.startupMs, text: duration },
  { name: 'transfer', value: ({ timing }) => timing.transferMs, text: duration },
  { name: 'on a CPU', value: ({ timing }) => timing.onCpuMs, text: duration },
  { name: 'idle', value: ({ timing }) => timing.idleMs, text: duration },
  { name: 'peak memory', value: ({ peakMemoryMb }) => peakMemoryMb, text: memory },
];

/** The figures of two runs, the older one on the left. Two single runs do not show which is better: no winner is named. */
export function SideBySide({ pair, history }: { pair: PairMessage; history: readonly HistoryItem[] }) {
  const sides = pair.runIds.map((id, i) => ({ item: history.find((each) => each.id === id), figures: pair.figures[i]! }));
  sides.sort((a, b) => (a.item?.requestedAt ?? 0) - (b.item?.requestedAt ?? 0));
  const [left, right] = sides;
  if (!left?.figures || !right?.figures) {
    return <p class="muted">The figures of {left?.figures || right?.figures ? 'one' : 'both'} of these runs are gone: only the lines above are left.</p>;
  }
  const [a, b] = [left.figures, right.figures];
  const title = (item: HistoryItem | undefined): string => (item ? `${when(item.requestedAt)}, ${item.model}` : 'run');
  return (
    <section aria-label="Two runs side by side" class="pair">
      <DataTable
        caption="Figures of the two runs"
        head={['figure', title(left.item), title(right.item), 'right ÷ left']}
        rows={lines.map(({ name, value, text }) => {
          const [x, y] = [value(a), value(b)];
          return [name, x === null ? 'n/a' : text(x), y === null ? 'n/a' : text(y), x && y !== null ? times(y / x) : ''];
        })}
      />
      {!sameInputs(left.item, right.item) && <p class="muted">The two runs had different functions or inputs.</p>}
    </section>
  );
}

const sameInputs = (a: HistoryItem | undefined, b: HistoryItem | undefined): boolean =>
  a?.functionName === b?.functionName && a?.fileLabel === b?.fileLabel && a?.inputs === b?.inputs;
