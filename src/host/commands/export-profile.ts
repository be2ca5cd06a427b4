import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { HumanError } from '../../base/human-error';
import { toChromeTrace } from '../../profile/exports/chrome-trace';
import { toCsv } from '../../profile/exports/csv';
import { toJson } from '../../profile/exports/json';
import type { RunData } from '../../profile/run-data';
import { exportFormats, type ExportFormat } from '../../protocol/panel';
import { toUri } from '../editor/document';
import type { Services } from '../services';

interface Format {
  readonly label: string;
  readonly detail: string;
  /** Ending of the file's name. */
  readonly ending: string;
  /** The file's text in pieces: a million tasks never are one string. */
  write(run: RunData): Iterable<string>;
}

const formats: Record<ExportFormat, Format> = {
  json: { label: 'JSON', detail: 'The report: figures, errors, workers, cores', ending: 'json', write: toJson },
  csv: { label: 'CSV', detail: 'One row a task, for a spreadsheet', ending: 'csv', write: toCsv },
  trace: { label: 'Chrome trace', detail: 'The timeline, for ui.perfetto.dev or chrome://tracing', ending: 'trace.json', write: toChromeTrace },
};

/** What is left out is asked for; `id` of a run, the newest where absent. */
const argumentSchema = v.optional(
  v.object({
    id: v.optional(v.string()),
    format: v.optional(v.picklist(exportFormats)),
    uri: v.optional(v.union([v.string(), v.looseObject({ scheme: v.string(), path: v.string() })])),
  }),
  {},
);

/**
 * Writes a run to a file.
 * @returns its URI, or `undefined` where the person has left a dialog
 */
export async function exportProfile({ history }: Services, argument: unknown): Promise<vscode.Uri | undefined> {
  const read = v.safeParse(argumentSchema, argument ?? undefined);
  if (!read.success) throw new HumanError(`Export Profile takes \`{ id?, format?: ${exportFormats.join(' | ')}, uri? }\`.`);
  const { id, uri } = read.output;
  const run = id === undefined ? history.latest : history.data(id);
  if (!run) throw new HumanError('There is no run to export.', 'Run a function first; only runs of this window have their data.');
  if (run.phase !== 'ended') throw new HumanError(`\`${run.target.function}\` is still running.`, 'Export it when it has ended.');
  const format = read.output.format ?? (await pickFormat());
  if (!format) return undefined;
  const to = uri === undefined ? await askWhere(run, formats[format]) : toUri(uri);
  if (to) await write(to, formats[format].write(run));
  return to;
}

async function pickFormat(): Promise<ExportFormat | undefined> {
  const items = exportFormats.map((format) => ({ format, label: formats[format].label, detail: formats[format].detail }));
  return (await vscode.window.showQuickPick(items, { title: 'Export the profile', placeHolder: 'As what?' }))?.format;
}

function askWhere(run: RunData, { label, ending }: Format): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(run.target.file))?.uri;
  const name = `${run.target.function.replace(/[^\p{L}\p{N}_.]+/gu, '_')}-${stamp(run.requestedAt)}.${ending}`;
  return vscode.window.showSaveDialog({
    title: `Export as ${label}`,
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { [label]: [ending.split('.').at(-1)!] },
  });
}

/** `2026-11-21-0930`, in UTC. */
const stamp = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', '-').replace(':', '');

async function write(uri: vscode.Uri, pieces: Iterable<string>): Promise<void> {
  if (uri.scheme === 'file') return pipeline(pieces, createWriteStream(uri.fsPath));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode([...pieces].join('')));
}
