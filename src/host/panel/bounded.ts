/** What of a run goes to the page as JSON, cut to the bounds of the protocol. */
import type { OutputLine } from '../../profile/output-log';
import type { RunData } from '../../profile/run-data';
import { bounds, type PanelOutputLine, type RunProgress } from '../../protocol/panel';
import type { TaskError } from '../../protocol/report';

/** At most `limit` UTF-16 units, the last of them an ellipsis where something was cut. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

export const boundedOutput = ({ stream, task, text }: OutputLine): PanelOutputLine => ({
  stream,
  task,
  text: cut(text, bounds.outputLine),
});

export const boundedError = ({ index, name, message, stack, phase }: TaskError): TaskError => ({
  index,
  name: cut(name, 200),
  message: cut(message, bounds.message),
  stack: cut(stack, bounds.stack),
  phase,
});

export function progressOf(run: RunData): RunProgress {
  const { phase, outcome, plan, environment, wallMs, counts, splitKnown, runQueueKnown, splitShared } = run;
  return {
    phase,
    outcome,
    message: run.message === null ? null : cut(run.message, bounds.message),
    plan,
    environment,
    wallMs,
    counts: { ...counts },
    records: run.records.length,
    splitKnown,
    runQueueKnown,
    splitShared,
    workers: run.workers.map(({ id, spawnedAt, readyAt, endedAt, fault, onCpuMs, peakMemoryMb }) => ({
      ...{ id, spawnedAt, readyAt, endedAt, onCpuMs, peakMemoryMb },
      ...(fault === undefined ? {} : { fault: cut(fault, 500) }),
    })),
    warnings: run.warnings.slice(0, bounds.listed).map((warning) => cut(warning, bounds.line)),
    errors: firstErrors(run.errors),
  };
}

function firstErrors(errors: readonly TaskError[]): RunProgress['errors'] {
  const ofTheRun = errors.filter(({ index }) => index < 0);
  const ofTasks = errors.filter(({ index }) => index >= 0);
  return [...ofTheRun, ...ofTasks].slice(0, bounds.listed).map(({ index, name, message, phase }) => ({
    index,
    name: cut(name, 200),
    message: cut(message, bounds.line),
    phase,
  }));
}
