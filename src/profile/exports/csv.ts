import { TaskStatus, type RecordColumns } from '../../protocol/columns';
import type { RunData } from '../run-data';
import { inChunks } from './text-chunks';

const header = [
  'task',
  'status',
  'worker',
  'slot',
  'start_ms',
  'length_ms',
  'on_cpu_ms',
  'blocked_ms',
  'run_queue_ms',
  'queued_ms',
  'transfer_in_ms',
  'transfer_out_ms',
  'input',
  'result',
  'error',
];
const statusNames = Object.fromEntries(Object.entries(TaskStatus).map(([name, status]) => [status, name]));

/**
 * One row a task in the order of their ends (RFC 4180: CRLF, UTF-8), in pieces to be written one after another.
 * A figure that is not known is an empty cell. Text that a spreadsheet would take for a formula has a `'` before it.
 */
export const toCsv = (run: RunData): Generator<string> => inChunks(rows(run));

function* rows(run: RunData): Generator<string> {
  yield row(header);
  const errors = new Map(run.errors.map((error) => [error.index, `${error.name}: ${error.message}`]));
  for (const { columns, length } of run.records.blocks()) {
    for (let i = 0; i < length; i++) yield taskRow(run, columns, i, errors);
  }
}

function taskRow(run: RunData, columns: RecordColumns, i: number, errors: ReadonlyMap<number, string>): string {
  const id = columns.id[i]!;
  const compute = columns.compute[i]!;
  const wait = columns.wait[i]!;
  const runQueue = columns.runQueue[i]!;
  const preview = run.previews.get(id);
  const queueKnown = run.splitKnown && run.runQueueKnown;
  return row([
    id,
    statusNames[columns.status[i]!] ?? '',
    columns.worker[i]!,
    columns.slot[i]!,
    ms(columns.start[i]!),
    ms(compute + wait + runQueue),
    run.splitKnown ? ms(compute) : '',
    queueKnown ? ms(wait) : '',
    queueKnown ? ms(runQueue) : '',
    ms(columns.queued[i]!),
    ms(columns.transferIn[i]!),
    ms(columns.transferOut[i]!),
    text(preview?.input ?? ''),
    text(preview?.result ?? ''),
    text(errors.get(id) ?? ''),
  ]);
}

const row = (cells: readonly (string | number)[]) => `${cells.join(',')}\r\n`;

/** To the nanosecond. */
const ms = (value: number) => Math.round(value * 1e6) / 1e6;

/** A cell with text of others in it: never a formula, and quoted where it must be. */
export function text(value: string): string {
  if (value === '') return '';
  const harmless = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
