/** The one argument that run commands take from keybindings, tasks, other extensions and tests. A published contract. */
import * as v from 'valibot';
import { HumanError } from '../base/human-error';
import { pythonModels, startMethods } from '../protocol/target';

const position = v.pipe(
  v.object({ line: index(), character: index() }),
  v.transform(({ line, character }) => ({ line, character })),
);

/** A `vscode.Uri`, its JSON form, or a string: `file:///…` or an absolute path. */
const uri = v.union(
  [v.pipe(v.string(), v.nonEmpty()), v.looseObject({ scheme: v.string(), path: v.string() })],
  'a URI, or a string with one',
);

const inputsWords = 'an expression, "@path", a number of calls (1 or more), or a list';

const shape = {
  /** The file; the active editor's where absent. */
  uri: v.optional(uri),
  /** As a person names it: `f`, `Class.method`. With `position` too, the nearest one of that name. */
  function: v.optional(v.pipe(v.string(), v.nonEmpty())),
  /** Zero-based; the innermost function around it. */
  position: v.optional(position),
  /** An expression, `@path`, a number of calls, or a list of argument lists. With it, the command never asks. */
  inputs: v.optional(
    v.union(
      [v.pipe(v.string(), v.nonEmpty(inputsWords)), whole(1, Number.MAX_SAFE_INTEGER, inputsWords), v.array(v.unknown())],
      inputsWords,
    ),
  ),
  /** Not every language has every model. */
  model: v.optional(v.picklist(pythonModels, `one of ${pythonModels.join(', ')}`)),
  workers: v.optional(count(512)),
  concurrency: v.optional(count(65_535)),
  chunk: v.optional(v.union([v.literal('auto'), count(1_000_000)], '"auto", or a whole number from 1')),
  /** Of Python's worker processes. */
  startMethod: v.optional(v.picklist(startMethods, `one of ${startMethods.join(', ')}`)),
  timeoutMs: v.optional(v.pipe(v.number('a number of milliseconds'), v.gtValue(0, 'more than 0 milliseconds'))),
  /** Open the profile. Left out, it opens. */
  show: v.optional(v.boolean('true or false')),
  /** Put every result into the report. Left out, they are in it where `inputs` is given. */
  results: v.optional(v.boolean('true or false')),
};

const runArguments = v.strictObject(shape);

export type RunArguments = v.InferOutput<typeof runArguments>;

/**
 * Reads what a run command was called with. Menus pass the file's URI, which says no more than the active editor does:
 * it counts as nothing.
 * @throws HumanError that names the argument and what it takes.
 */
export function readRunArguments(argument: unknown): RunArguments {
  if (argument == null || isUri(argument)) return {};
  const read = v.safeParse(runArguments, argument);
  if (read.success) return read.output;
  const [issue] = read.issues;
  const name = v.getDotPath(issue);
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    throw new HumanError(`Corewise has no argument \`${name}\`.`, `It takes ${Object.keys(shape).join(', ')}.`);
  }
  throw name === null
    ? new HumanError('Corewise takes one object as its argument.', `With ${Object.keys(shape).join(', ')}.`)
    : new HumanError(`The argument \`${name}\` takes ${expected(issue)}.`);
}

/**
 * Whether a command was called so that it neither asks nor shows anything: by a program, then, which gets the error.
 * That is with its inputs, with `show: false`, or with all that an export takes.
 */
export function isFromProgram(argument: unknown): boolean {
  const has = (name: string) => (argument as Record<string, unknown>)[name] !== undefined;
  if (typeof argument !== 'object' || argument === null) return false;
  return has('inputs') || ('show' in argument && argument.show === false) || (has('format') && has('uri'));
}

function isUri(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'scheme' in value && 'path' in value && !('uri' in value);
}

/** Our own words where the schema has them, else the type's name. */
const expected = (issue: v.BaseIssue<unknown>): string =>
  issue.message.startsWith('Invalid') ? (issue.expected ?? 'another value') : issue.message;

function index() {
  return whole(0, Number.MAX_SAFE_INTEGER, 'a whole number from 0');
}

function count(most: number) {
  return whole(1, most, `a whole number from 1 to ${most}`);
}

function whole(least: number, most: number, words: string) {
  return v.pipe(v.number(words), v.integer(words), v.minValue(least, words), v.maxValue(most, words));
}
