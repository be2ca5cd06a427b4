import type { PanelFigures } from '../../protocol/panel';
import { count, duration, memory, percent, times } from '../../profile/words';
import type { RunModel } from '../store/run-model';

export interface Metric {
  readonly name: string;
  /** `null` where it could not be measured. */
  readonly value: string | null;
  /** May still change. */
  readonly rough: boolean;
  readonly note: string;
  /** More about where it comes from. */
  readonly hint?: string;
}

/** The six figures. */
export function Metrics({ run }: { run: RunModel }) {
  return (
    <dl class="metrics">
      {metricsOf(run).map(({ name, value, rough, note, hint }) => (
        <div key={name} title={hint}>
          <dt>{name}</dt>
          <dd>
            <span class="value">
              {rough && value !== null && <small title="provisional">≈ </small>}
              <Value text={value} />
            </span>
            <span class="note">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `3.63 s` with its unit small. */
function Value({ text }: { text: string | null }) {
  if (text === null) return <span class="muted">n/a</span>;
  const [, number, unit] = /^(-?[\d.,]+)\s*(.*)$/.exec(text) ?? [text, text, ''];
  return (
    <>
      {number} <small>{unit}</small>
    </>
  );
}

export function metricsOf(run: RunModel): Metric[] {
  const { progress, figures, provisional } = run;
  const none = 'not measured yet';
  const wall = progress?.wallMs ?? 0;
  return [
    { name: 'Wall time', value: duration(wall), rough: false, note: tasksNote(run) },
    { name: 'Speed-up', ...speedup(figures, run, none), rough: provisional },
    { name: 'Efficiency', value: figures?.efficiency == null ? null : percent(figures.efficiency), rough: provisional, note: (progress?.plan.concurrency ?? 1) > 1 ? 'speed-up ÷ places for tasks' : 'speed-up ÷ workers' },
    { name: 'Overhead', ...overhead(figures, none), rough: provisional },
    { name: 'Latency p50', ...latency(figures, none), rough: provisional },
    { name: 'Peak memory', ...peakMemory(figures), rough: false },
  ];
}

function tasksNote({ progress, live }: RunModel): string {
  if (!progress) return '';
  const done = progress.counts.succeeded + progress.counts.failed;
  return live ? `${count(done, 'task')} so far` : count(done, 'task');
}

type Part = Pick<Metric, 'value' | 'note'> & { readonly hint?: string };

function speedup(figures: PanelFigures | null, run: RunModel, none: string): Part {
  if (!figures || figures.speedup.estimate === null) return { value: null, note: figures?.speedup.basis ?? none };
  const { estimate, measuredMs, basis } = figures.speedup;
  const against = measuredMs === undefined ? 'estimated, ' : '';
  const sequential = run.progress?.plan.model === 'sequential';
  return { value: times(estimate).replace('×', ' ×'), note: sequential ? 'one task at a time' : `${against}of ${figures.lanes} possible`, hint: basis };
}

function overhead(figures: PanelFigures | null, none: string): Part {
  if (!figures?.overhead) return { value: null, note: figures ? 'not known' : none };
  const { total, startup, transfer } = figures.overhead;
  return { value: percent(total), note: `start-up ${percent(startup)} · transfer ${percent(transfer)}` };
}

function latency(figures: PanelFigures | null, none: string): Part {
  if (!figures || figures.latency.p50Ms === null) return { value: null, note: none };
  const { p50Ms, p95Ms, p99Ms } = figures.latency;
  return { value: duration(p50Ms), note: `p95 ${duration(p95Ms ?? p50Ms)} · p99 ${duration(p99Ms ?? p50Ms)}` };
}

function peakMemory(figures: PanelFigures | null): Part {
  if (figures?.peakMemoryMb == null) return { value: null, note: 'not known' };
  const largest = Math.max(0, ...figures.workers.map(({ peakMemoryMb }) => peakMemoryMb ?? 0));
  return { value: memory(figures.peakMemoryMb), note: largest > 0 ? `largest worker ${memory(largest)}` : 'the runner with its workers' };
}
