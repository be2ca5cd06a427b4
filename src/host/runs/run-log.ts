import stripAnsi from 'strip-ansi';
import type { RunData } from '../../profile/run-data';
import type { RunRequest } from '../../session/run-request';
import { inputsLine } from '../inputs/inputs-text';
import type { Log } from '../log';
import { counted, duration, lines, oneLine } from '../plain-text';

/** What the log keeps of one run; the profile has the rest. */
const most = { errors: 10, outputLines: 200, lineLength: 1000 };

export function logStart(log: Log, { target, inputs, plan }: RunRequest): void {
  const place = `${target.file}:${target.line}`;
  const given = Object.entries(plan).filter(([name, value]) => name !== 'model' && value !== undefined);
  const numbers = given.map(([name, value]) => `, ${name} ${value}`).join('');
  log.info(`Run \`${target.function}\` (${place}) with ${inputsLine(inputs)}: ${plan.model}${numbers}`);
}

export function logEnd(log: Log, run: RunData): void {
  for (const line of run.output.lines.slice(-most.outputLines)) {
    const from = line.task === null ? line.stream : `${line.stream} of call ${line.task + 1}`;
    log.info(`[${from}] ${oneLine(stripAnsi(line.text.slice(0, 2 * most.lineLength)), most.lineLength)}`);
  }
  for (const error of run.errors.slice(0, most.errors)) {
    const call = error.index < 0 ? error.phase : `call ${error.index + 1}, ${error.phase}`;
    log.error(`${call}: ${lines(stripAnsi(error.stack.slice(0, 8000))) || `${error.name}: ${oneLine(error.message, 1000)}`}`);
  }
  for (const warning of run.warnings) log.warn(oneLine(warning, 1000));
  if (run.message !== null) log.info(oneLine(run.message, 1000));
  const { counts, target, wallMs } = run;
  const failed = counts.failed > 0 ? `, ${counts.failed.toLocaleString('en-US')} failed` : '';
  log.info(`\`${target.function}\` ${run.outcome} after ${duration(wallMs)}: ${counted(counts.succeeded, 'call')} succeeded${failed}`);
}
