/** A run on a terminal: what happened, where the time went, what to mend. */
import type { RunData } from '../profile/run-data';
import type { Finding } from '../profile/findings';
import type { LossPart } from '../profile/loss';
import type { Summary } from '../profile/summary';
import { count, duration, grouped, memory, percent, times } from '../profile/words';
import type { TaskError, Verdict } from '../protocol/report';
import { relative } from 'node:path';
import { clip, harmless, type Style, type Terminal } from './terminal';

export interface Shown {
  readonly run: RunData;
  readonly summary: Summary;
  readonly verdict: Verdict | null;
  readonly findings: readonly Finding[];
}

/** Errors and warnings that are shown; the report has more of them. */
const mostErrors = 5;
const mostWarnings = 5;

export function runSummary(shown: Shown, terminal: Terminal): string {
  const sections = [head(shown, terminal.style), verdict(shown, terminal), loss(shown, terminal), figures(shown, terminal.style)];
  sections.push(findings(shown, terminal), errors(shown.run, terminal), warnings(shown.run, terminal));
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function head({ run, summary }: Shown, style: Style): string[] {
  const { target, plan, environment, counts } = run;
  const sign = run.outcome === 'completed' && counts.failed === 0 ? style.green('✔') : style.red('✘');
  const did = run.outcome === 'completed' ? done(run) : harmless(run.message ?? 'It did not run.');
  const overlap = plan.concurrency > 1 ? `, ${plan.concurrency} at once${plan.workers > 1 ? ' in each' : ''}` : '';
  const started = plan.startMethod ? ` (${plan.startMethod})` : '';
  const how = `${plan.model}${started} · ${count(plan.workers, 'worker')}${overlap} · chunks ${plan.chunk}`;
  const where = environment ? ` · ${nameOf(environment.runtime)} ${environment.runtimeVersion} on ${count(environment.usableCores, 'usable core')}` : '';
  return [
    `${sign} ${style.bold(harmless(target.function))} ${style.dim(`${harmless(shortPath(target.file))}:${target.line}`)}`,
    `  ${did}${run.outcome === 'completed' ? ` in ${style.bold(duration(summary.timing.wallMs))}` : ''}`,
    style.dim(`  ${how}${where}`),
  ];
}

/** From the current folder where it lies below it. */
function shortPath(file: string): string {
  const way = relative(process.cwd(), file);
  return way.startsWith('..') ? file : way;
}

function done({ counts }: RunData): string {
  if (counts.failed === 0) return counts.tasks === 1 ? 'The one task succeeded' : `All ${count(counts.tasks, 'task')} succeeded`;
  return `${grouped(counts.failed)} of ${count(counts.tasks, 'task')} failed`;
}

const nameOf = (runtime: string) => ({ node: 'Node.js', electron: 'the editor’s Node.js', python: 'Python' })[runtime] ?? runtime;

const verdict = (shown: Shown, terminal: Terminal) => (shown.verdict ? wrapped(shown.verdict.sentence, terminal.columns) : []);

const partNames = { code: 'ran your code', runQueue: 'waited for a core', transfer: 'transfer', startup: 'start-up', idle: 'idle' } as const;

function loss({ run, summary }: Shown, { isTty, columns, style }: Terminal): string[] {
  if (!summary.loss || summary.tasks === 0) return [];
  const [code, ...rest] = summary.loss;
  const lanes = run.plan.concurrency > 1 ? `${summary.lanes} slots` : count(run.plan.workers, 'worker');
  const losses = rest.filter(({ times: part }) => part >= 0.005).map(({ kind, times: part }) => `${partNames[kind]} −${times(part)}`);
  const text = `${lanes}: ${style.bold(times(code!.times))} ${partNames.code}${losses.length > 0 ? `; ${losses.join(', ')}` : ''}`;
  return isTty ? [bar(summary.loss, summary.lanes, Math.min(columns - 2, 72), style), text] : [text];
}

const fills: Readonly<Record<LossPart['kind'], string>> = { code: '█', runQueue: '▓', transfer: '▒', startup: '░', idle: '·' };

/** The parts side by side, each at least as wide as its share, rounded so that the whole is full. */
export function bar(parts: readonly LossPart[], lanes: number, width: number, style: Style): string {
  const paint = { code: style.blue, runQueue: style.yellow, transfer: style.dim, startup: style.dim, idle: style.dim };
  let sum = 0;
  return parts
    .map(({ kind, times: part }) => {
      const from = Math.round((sum / lanes) * width);
      sum += part;
      return paint[kind](fills[kind].repeat(Math.max(0, Math.round((sum / lanes) * width) - from)));
    })
    .join('');
}

function figures({ run, summary }: Shown, style: Style): string[] {
  const { timing, speedup, efficiency, overhead, latency, peakMemoryMb, lanes } = summary;
  if (summary.tasks === 0) return [];
  const unknown = style.dim('not known');
  const estimated = speedup.measuredMs === undefined ? ' (estimated)' : '';
  const rows: [string, string][] = [
    ['Wall time', duration(timing.wallMs)],
    ['Speed-up', speedup.estimate === null ? unknown : `${times(speedup.estimate)} of ${lanes} possible${estimated}`],
    ['Efficiency', efficiency === null ? unknown : percent(efficiency)],
    ['Overhead', overhead === null ? unknown : `${percent(overhead.total)}: start-up ${percent(overhead.startup)}, transfer ${percent(overhead.transfer)}`],
    ['Latency', latency.p50Ms === null ? unknown : `p50 ${duration(latency.p50Ms)}, p95 ${duration(latency.p95Ms!)}, p99 ${duration(latency.p99Ms!)}, max ${duration(latency.maxMs!)}`],
    ['Peak memory', peakMemoryMb === null ? unknown : memory(peakMemoryMb)],
  ];
  if (run.plan.model === 'sequential') rows.splice(1, 2);
  return rows.map(([name, value]) => `${style.dim(name.padEnd(12))} ${value}`);
}

function findings(shown: Shown, terminal: Terminal): string[] {
  return shown.findings.flatMap(({ sentence }, i) => {
    const [first = '', ...rest] = wrapped(sentence, terminal.columns - 3);
    return [`${terminal.style.yellow(String(i + 1))}  ${first}`, ...rest.map((line) => `   ${line}`)];
  });
}

function errors(run: RunData, { style, columns }: Terminal): string[] {
  // The run's own error is its message already.
  const ofTasks = run.errors.filter(({ index }) => index >= 0);
  const lines = ofTasks.slice(0, mostErrors).flatMap((error) => errorLines(error, columns, style));
  const more = run.counts.failed - Math.min(mostErrors, ofTasks.length);
  if (more > 0 && lines.length > 0) lines.push(style.dim(`and ${count(more, 'failed task')} more; --json has them`));
  const ofRun = run.errors.find(({ index }) => index < 0);
  return [...(ofRun ? stackLines(ofRun, columns, style) : []), ...lines];
}

function errorLines(error: TaskError, columns: number, style: Style): string[] {
  const phase = error.phase === 'run' ? '' : ` (${error.phase})`;
  const text = clip(`${harmless(error.name)}: ${harmless(error.message)}`, columns * 3);
  return [`${style.red(`#${error.index}`)}${phase} ${text}`, ...stackLines(error, columns, style)];
}

/** The frames nearest to the error; the first line of a stack repeats the message. */
function stackLines({ stack }: TaskError, columns: number, style: Style): string[] {
  const lines = stack.split('\n');
  const frames = lines.filter((line) => /^\s+at /.test(line));
  // Python writes the frame that raised last.
  const python = lines.filter((line) => /^\s+File "/.test(line)).reverse();
  return [...frames, ...python].slice(0, 3).map((frame) => style.dim(clip(`    ${harmless(frame.trim())}`, columns)));
}

function warnings(run: RunData, { columns, style }: Terminal): string[] {
  const shown = run.warnings.slice(0, mostWarnings).map((text) => `${style.yellow('Warning:')} ${clip(harmless(text), columns * 3)}`);
  const more = run.warnings.length - shown.length;
  return more > 0 ? [...shown, style.dim(`and ${count(more, 'warning')} more; --json has them`)] : shown;
}

/** A space that a line may be broken at: any but that between a number and its unit. */
const breaks = / (?!(?:%|ns|µs|ms|s|min|MB|GB)(?![\p{L}\d]))/u;

/** Lines of at most so many characters, broken between words. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(breaks)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
