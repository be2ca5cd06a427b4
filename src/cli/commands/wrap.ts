import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { FILE_HEADERS_ONLY, createTwoFilesPatch } from 'diff';
import { applyPlan } from '../../rewrite/apply';
import type { EditPlan } from '../../rewrite/edit-plan';
import type { Engine } from '../../session/engine';
import { installerFor } from '../../session/rewrite/package-manager';
import type { FoundFunction, SourceRange } from '../../source/found-function';
import type { WrapArguments } from '../arguments';
import { ExitCode } from '../exit-codes';
import { badUsage } from '../failure';
import { withEngine } from '../open-engine';
import { print, printJson } from '../output';
import { choose, existingFile, parseTarget, type TargetWords } from '../target';
import { harmless } from '../terminal';

/** Prints a rewrite as a diff, or writes it; tells on stderr what it changes. */
export async function wrap({ target, recipe, concurrency, write, json }: WrapArguments): Promise<ExitCode> {
  const words = parseTarget(target);
  const file = await existingFile(words.file);
  const text = await readFile(file, 'utf8');
  const rewritten = await withEngine(async (engine) => {
    const selection = await selectionOf(engine, file, text, words);
    return engine.rewrite(recipe, { file, text, selection, concurrency });
  });
  if (!rewritten.ok) {
    const { message, line } = rewritten.error;
    if (json) await printJson({ version: 1, file, function: words.name, recipe, refusal: rewritten.error });
    process.stderr.write(`corewise: refused: ${harmless(message)} (${words.file}:${line})\n`);
    return ExitCode.refused;
  }
  const plan = rewritten.value;
  const diff = patchOf(file, text, plan);
  if (write) await writePlan(file, text, plan);
  if (json) await printJson({ version: 1, file, function: words.name, written: write, ...plan, diff });
  else if (!write) await print([diff]);
  tell(plan, file, words.file, write);
  return ExitCode.ok;
}

/** The function, or the line in it that is meant. */
async function selectionOf(engine: Engine, file: string, text: string, words: TargetWords): Promise<SourceRange> {
  const all = await engine.list(file, text);
  const { name, line } = words;
  const isAt = ({ nameRange }: FoundFunction, at: number): boolean => lineOf(text, nameRange.start) === at;
  if (line === null || all.some((it) => it.name === name && isAt(it, line))) return choose(all, words).range;
  const around = all.filter((it) => it.name === name && lineOf(text, it.range.start) <= line && line <= lineOf(text, it.range.end));
  if (around.length === 0) return choose(all, words).range;
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, it) => sum + it.length + 1, 0);
  const at = start + lines[line - 1]!.search(/\S|$/);
  return { start: at, end: at };
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** One patch of all files, as `git apply` and `patch -p1` take it from the current folder. */
function patchOf(file: string, text: string, { edits, newFiles }: EditPlan): string {
  const at = (path: string): string => relative(process.cwd(), path).replaceAll('\\', '/');
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  const changed = createTwoFilesPatch(`a/${at(file)}`, `b/${at(file)}`, text, applyPlan(text, edits), undefined, undefined, options);
  const added = newFiles.map((it) => createTwoFilesPatch('/dev/null', `b/${at(join(dirname(file), it.name))}`, '', it.text, undefined, undefined, options));
  return [changed, ...added].join('');
}

/** New files first: if one is in the way, nothing has changed. */
async function writePlan(file: string, text: string, { edits, newFiles }: EditPlan): Promise<void> {
  for (const it of newFiles) {
    await writeFile(join(dirname(file), it.name), it.text, { flag: 'wx' }).catch((fault: NodeJS.ErrnoException) => {
      throw badUsage(`${it.name} was not written: ${fault.code === 'EEXIST' ? 'it is there already' : fault.message}.`, 'Nothing else was changed.');
    });
  }
  await writeFile(file, applyPlan(text, edits));
}

function tell({ title, changes, leftToDo, newFiles, packages }: EditPlan, file: string, shown: string, written: boolean): void {
  const lines = [
    `${title}.${written ? ` Written: ${[basename(file), ...newFiles.map(({ name }) => name)].join(', ')}.` : ''}`,
    ...changes.map((it) => `- ${it}`),
    ...leftToDo.map((it) => `To do, ${shown}:${it.line}: ${it.message}`),
    ...(packages.length === 0 ? [] : [`It imports ${packages.join(', ')}: ${installerFor(file, packages)?.command ?? `npm install ${packages.join(' ')}`}`]),
  ];
  process.stderr.write(`${lines.map((line) => harmless(line)).join('\n')}\n`);
}
