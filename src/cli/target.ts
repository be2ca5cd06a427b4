/** From `FILE#FUNCTION[:LINE]` to one function of the file. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Target } from '../protocol/target';
import type { Engine } from '../session/engine';
import type { FoundFunction } from '../source/found-function';
import { ExitCode } from './exit-codes';
import { badUsage, Failure } from './failure';
import { nearNames } from './near-names';

export interface TargetWords {
  readonly file: string;
  readonly name: string;
  /** 1-based. */
  readonly line: number | null;
}

/** The last `#` parts the function from the file, whose name may hold others. */
export function parseTarget(text: string): TargetWords {
  const at = text.lastIndexOf('#');
  const name = text.slice(at + 1);
  if (at < 0 || name === '') {
    const file = at < 0 ? text : text.slice(0, at);
    throw badUsage(`${JSON.stringify(text)} names no function.`, `Write ${file}#FUNCTION; corewise list ${file} prints those that can be run.`);
  }
  if (at === 0) throw badUsage(`${JSON.stringify(text)} names no file.`, 'Write FILE#FUNCTION.');
  const [, bare, line] = /^(.*[^:]):(\d+)$/.exec(name) ?? [];
  return { file: text.slice(0, at), name: bare ?? name, line: line === undefined ? null : Number(line) };
}

/** An absolute path to a file that is there. */
export async function existingFile(path: string): Promise<string> {
  const absolute = resolve(path);
  const found = await stat(absolute).catch(() => null);
  if (!found) throw badUsage(`There is no file ${path}.`, 'Check the path; it is relative to the current folder.');
  if (!found.isFile()) throw badUsage(`${path} is no file.`, 'Name a JavaScript, TypeScript or Python file.');
  return absolute;
}

/** The function that is meant, which can be run. Throws a `Failure` where there is none, there are several, or it cannot. */
export async function findTarget(engine: Engine, words: TargetWords): Promise<{ target: Target; found: FoundFunction }> {
  const chosen = await chosenTarget(engine, words);
  const { name, refusal } = chosen.found;
  if (!refusal) return chosen;
  throw new Failure(ExitCode.refused, `${name} cannot be run by itself: ${refusal.message} (${words.file}:${refusal.line})`);
}

/** The function that is meant, runnable or not. Throws a `Failure` where there is none, or there are several. */
export async function chosenTarget(engine: Engine, words: TargetWords): Promise<{ target: Target; found: FoundFunction }> {
  const file = await existingFile(words.file);
  const found = choose(await engine.list(file), words);
  const { language, name, line, column } = found;
  return { target: { language, file, function: name, line, column }, found };
}

/** The function of that name, and at that line where one is given. */
export function choose(all: readonly FoundFunction[], { file, name, line }: TargetWords): FoundFunction {
  const named = all.filter((it) => it.name === name);
  const fitting = line === null ? named : named.filter((it) => it.line === line);
  if (fitting.length === 1) return fitting[0]!;
  if (named.length === 0) throw missing(all, file, name);
  const lines = named.map((it) => it.line).join(', ');
  if (line !== null && fitting.length === 0) {
    throw badUsage(`${file} has no function ${name} at line ${line}.`, `It has one at ${named.length > 1 ? 'lines' : 'line'} ${lines}.`);
  }
  throw badUsage(`${file} has ${named.length} functions named ${name}, at lines ${lines}.`, `Say which: ${file}#${name}:${named[0]!.line}.`);
}

function missing(all: readonly FoundFunction[], file: string, name: string): Failure {
  const near = nearNames(name, all.map((it) => it.name));
  const nextStep = all.length === 0 ? 'It has no function at all.' : near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `corewise list ${file} prints those that it has.`;
  return badUsage(`${file} has no function ${name}.`, nextStep);
}
