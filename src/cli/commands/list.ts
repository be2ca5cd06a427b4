import type { FoundFunction } from '../../source/found-function';
import type { ListArguments } from '../arguments';
import { ExitCode } from '../exit-codes';
import { withEngine } from '../open-engine';
import { print, printJson } from '../output';
import { existingFile } from '../target';
import { harmless, terminalOf, type Style } from '../terminal';

export async function list({ file, json }: ListArguments): Promise<ExitCode> {
  const absolute = await existingFile(file);
  const functions = await withEngine((engine) => engine.list(absolute));
  if (json) await printJson({ version: 1, file: absolute, functions: functions.map(asJson) });
  else await printLines(functions);
  return ExitCode.ok;
}

function asJson({ language, name, line, column, parameters, async, exported, examples, refusal }: FoundFunction): unknown {
  const { names, least, most } = parameters;
  return {
    name,
    language,
    line,
    column,
    // `null`: any number, through a rest parameter.
    parameters: { names, least, most: Number.isFinite(most) ? most : null },
    async,
    exported,
    examples,
    ...(refusal ? { refusal } : {}),
  };
}

async function printLines(functions: readonly FoundFunction[]): Promise<void> {
  const runnable = functions.filter(({ refusal }) => !refusal);
  const { style } = terminalOf(process.stdout, process.env);
  const width = Math.min(48, Math.max(0, ...runnable.map((it) => signature(it).length)));
  await print(runnable.map((it) => `${lineOf(it, width, style)}\n`));
  for (const { name, refusal } of functions) {
    if (refusal) process.stderr.write(`${harmless(name)} cannot be run: ${harmless(refusal.message)} (line ${refusal.line})\n`);
  }
  if (functions.length === 0) process.stderr.write('The file has no function.\n');
}

const signature = ({ name, parameters }: FoundFunction) => harmless(`${name}(${parameters.names.join(', ')})`);

function lineOf(found: FoundFunction, width: number, style: Style): string {
  const text = signature(found);
  const notes = [`line ${found.line}`, ...(found.async ? ['async'] : []), ...(found.exported ? [] : ['not exported'])];
  const bold = text.replace(harmless(found.name), (name) => style.bold(name));
  return `${bold}${' '.repeat(Math.max(0, width - text.length))}  ${style.dim(notes.join(', '))}`;
}
