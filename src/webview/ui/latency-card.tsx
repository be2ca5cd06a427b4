import { useEffect, useRef, useState } from 'preact/hooks';
import type { Bar } from '../../profile/histogram';
import { duration, grouped } from '../../profile/words';
import type { Latency } from '../../protocol/report';
import type { RunModel } from '../store/run-model';
import type { Store } from '../store/store';
import { Card } from './card';
import { DataTable } from './data-table';

const height = 120;
const base = height - 18;
const labels = 38;

/** How long tasks took, on a logarithmic scale, with the percentiles of the figures. */
export function LatencyCard({ store, run }: { store: Store; run: RunModel }) {
  const bars = run.latency.bars(56);
  const latency = run.figures?.latency ?? null;
  return (
    <Card
      title="Task latency"
      note="call to return, log scale"
      tables={store.tables}
      chart={() => (bars.length === 0 ? <p class="muted">No task has returned yet.</p> : <Histogram bars={bars} latency={latency} />)}
      table={() => <LatencyTable run={run} latency={latency} />}
    />
  );
}

function LatencyTable({ run, latency }: { run: RunModel; latency: Latency | null }) {
  const shown = (value: number | null | undefined): string => (value == null ? 'n/a' : duration(value));
  return (
    <>
      <DataTable
        caption="Percentiles of task latency"
        head={['percentile', 'latency']}
        rows={[
          ['p50', shown(latency?.p50Ms)],
          ['p95', shown(latency?.p95Ms)],
          ['p99', shown(latency?.p99Ms)],
          ['maximum', shown(latency?.maxMs)],
        ]}
      />
      <DataTable
        caption="Number of tasks by latency"
        head={['latency', 'tasks']}
        rows={run.latency.bars(14).map(({ from, to, count }) => [`${duration(from)} to ${duration(to)}`, grouped(count)])}
      />
    </>
  );
}

function Histogram({ bars, latency }: { bars: readonly Bar[]; latency: Latency | null }) {
  const [svg, width] = useWidth();
  const low = Math.log10(bars[0]!.from);
  const high = Math.log10(bars.at(-1)!.to);
  const x = (length: number): number => ((Math.log10(length) - low) / (high - low)) * width;
  const most = Math.max(...bars.map(({ count }) => count));
  const p95 = latency?.p95Ms ?? Infinity;
  const text = latency?.p50Ms == null ? '' : `Median ${duration(latency.p50Ms)}, 95th percentile ${duration(latency.p95Ms!)}, 99th ${duration(latency.p99Ms!)}.`;
  return (
    <svg ref={svg} class="chart" width="100%" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Histogram of task latency. ${text}`}>
      {bars.map(({ from, to, count }) => {
        const tall = count === 0 ? 0 : Math.max(1, (count / most) * (base - labels));
        return <rect key={from} class={from >= p95 ? 'tail' : 'body'} x={x(from)} y={base - tall} width={Math.max(1, x(to) - x(from) - 1)} height={tall} />;
      })}
      <line class="rule" x1={0} x2={width} y1={base + 0.5} y2={base + 0.5} />
      <Decades low={low} high={high} x={x} width={width} />
      {latency && <Marks latency={latency} x={x} width={width} />}
    </svg>
  );
}

/** Labels at round lengths, as many as fit. */
function Decades({ low, high, x, width }: { low: number; high: number; x: (length: number) => number; width: number }) {
  const perDecade = width / (high - low);
  const steps = perDecade > 190 ? [1, 2, 5] : perDecade > 120 ? [1, 3] : [1];
  const values: number[] = [];
  for (let decade = Math.floor(low); decade <= high; decade++) {
    for (const step of steps) values.push(step * 10 ** decade);
  }
  const every = Math.max(1, Math.ceil(58 / (perDecade / steps.length)));
  const inside = values.filter((value) => Math.log10(value) >= low && Math.log10(value) <= high).filter((_, i) => i % every === 0);
  return (
    <>
      {inside.map((value) => (
        <g key={value}>
          <line class="rule" x1={x(value)} x2={x(value)} y1={base} y2={base + 4} />
          <text x={Math.min(width - 20, Math.max(20, x(value)))} y={height - 3} text-anchor="middle">
            {roundLabel(value)}
          </text>
        </g>
      ))}
    </>
  );
}

/** `300 µs`, `1 ms`, `10 s`: a single digit and its zeros. */
function roundLabel(value: number): string {
  const units: readonly (readonly [number, string])[] = [[1000, 's'], [1, 'ms'], [1e-3, 'µs'], [1e-6, 'ns']];
  const [size, unit] = units.find(([least]) => value >= least * 0.999) ?? units.at(-1)!;
  return `${grouped(Math.round(value / size))} ${unit}`;
}

/** The percentiles, each with its own height, so that their labels do not meet. */
function Marks({ latency, x, width }: { latency: Latency; x: (length: number) => number; width: number }) {
  const marks = ([['p50', latency.p50Ms], ['p95', latency.p95Ms], ['p99', latency.p99Ms]] as const).filter((mark): mark is readonly [typeof mark[0], number] => mark[1] !== null);
  return (
    <>
      {marks.map(([name, value], i) => {
        const at = Math.max(0, Math.min(width, x(value)));
        const top = i * 12;
        const left = i === 0 ? at > 80 : at > width - 80;
        return (
          <g key={name}>
            <line class="mark" x1={at} x2={at} y1={top} y2={base} />
            <text class="strong" x={at + (left ? -4 : 4)} y={top + 9} text-anchor={left ? 'end' : 'start'}>
              <tspan class="bold">{name}</tspan> {duration(value)}
            </text>
          </g>
        );
      })}
    </>
  );
}

/** Width of the chart's place, so that letters keep their size. */
function useWidth() {
  const element = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(332);
  useEffect(() => {
    const place = element.current?.parentElement;
    if (!place) return;
    const style = getComputedStyle(place);
    const measure = (): void => setWidth(Math.max(160, place.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)));
    const observer = new ResizeObserver(measure);
    observer.observe(place);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}
