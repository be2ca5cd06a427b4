/** From words on the command line to what is asked for. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Millis } from '../base/units';
import { pythonModels, startMethods, type Model, type StartMethod } from '../protocol/target';
import { recipeNames, type RecipeName } from '../rewrite/edit-plan';
import { badUsage } from './failure';

export interface ListArguments {
  readonly command: 'list';
  readonly file: string;
  readonly json: boolean;
}

export interface RunArguments {
  readonly command: 'run';
  /** `FILE#FUNCTION` or `FILE#FUNCTION:LINE`, as given. */
  readonly target: string;
  readonly inputs: { readonly text: string } | { readonly file: string } | { readonly times: number } | null;
  /** The pool of the target's language, if none is named. */
  readonly model?: Model;
  readonly startMethod?: StartMethod;
  readonly workers?: number;
  readonly concurrency?: number;
  readonly chunk?: number | 'auto';
  readonly timeoutMs?: Millis;
  readonly json: boolean;
  readonly results: boolean;
  readonly trace?: string;
  readonly csv?: string;
}

export interface SliceArguments {
  readonly command: 'slice';
  /** As in `RunArguments`. */
  readonly target: string;
  readonly json: boolean;
}

export interface WrapArguments {
  readonly command: 'wrap';
  /** As in `RunArguments`. */
  readonly target: string;
  readonly recipe: RecipeName;
  /** Calls at once, for the gathers. */
  readonly concurrency?: number | undefined;
  readonly write: boolean;
  readonly json: boolean;
}

export interface DoctorArguments {
  readonly command: 'doctor';
  readonly json: boolean;
}

export type Arguments =
  | ListArguments
  | RunArguments
  | SliceArguments
  | WrapArguments
  | DoctorArguments
  | { readonly command: 'help'; readonly about: 'overview' | Command }
  | { readonly command: 'version' };

const commands = ['list', 'run', 'slice', 'wrap', 'doctor'] as const;
type Command = (typeof commands)[number];

/** Throws a `Failure` that says what is wrong. */
export function parseArguments(words: readonly string[]): Arguments {
  const [first, ...rest] = words;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const about = commands.find((command) => command === rest[0]);
    return { command: 'help', about: about ?? 'overview' };
  }
  if (first === '--version' || first === '-v') return { command: 'version' };
  const command = commands.find((it) => it === first);
  if (!command) throw badUsage(`There is no command ${JSON.stringify(first)}.`, `Commands are ${commands.join(', ')}; see corewise --help.`);
  if (beforeDashes(rest).some((word) => word === '--help' || word === '-h')) return { command: 'help', about: command };
  return { list: parseList, run: parseRun, slice: parseSlice, wrap: parseWrap, doctor: parseDoctor }[command](rest);
}

/** `--json` is obeyed even where the rest of the command line is wrong. */
export const wantsJson = (words: readonly string[]): boolean => beforeDashes(words).includes('--json');

const beforeDashes = (words: readonly string[]) => words.slice(0, words.includes('--') ? words.indexOf('--') : undefined);

function parseList(words: string[]): ListArguments {
  const { values, positionals } = parse('list', words, { json: { type: 'boolean' } });
  const file = only(positionals, 'list', 'FILE');
  return { command: 'list', file, json: values.json === true };
}

function parseSlice(words: string[]): SliceArguments {
  const { values, positionals } = parse('slice', words, { json: { type: 'boolean' } });
  return { command: 'slice', target: only(positionals, 'slice', 'FILE#FUNCTION'), json: values.json === true };
}

function parseDoctor(words: string[]): DoctorArguments {
  const { values, positionals } = parse('doctor', words, { json: { type: 'boolean' } });
  if (positionals.length > 0) throw badUsage(`doctor takes no ${JSON.stringify(positionals[0])}.`, 'See corewise doctor --help.');
  return { command: 'doctor', json: values.json === true };
}

function parseWrap(words: string[]): WrapArguments {
  const options = { recipe: { type: 'string' }, concurrency: { type: 'string' }, write: { type: 'boolean' }, json: { type: 'boolean' } } as const;
  const { values, positionals } = parse('wrap', words, options);
  const target = only(positionals, 'wrap', 'FILE#FUNCTION');
  const recipe = recipeNames.find((it) => it === values.recipe);
  if (!recipe) {
    const given = values.recipe === undefined ? 'wrap needs --recipe.' : `There is no recipe ${JSON.stringify(values.recipe)}.`;
    throw badUsage(given, `Use one of ${recipeNames.join(', ')}.`);
  }
  const concurrency = values.concurrency === undefined ? undefined : positive('concurrency', values.concurrency);
  return { command: 'wrap', target, recipe, concurrency, write: values.write === true, json: values.json === true };
}

const runOptions = {
  inputs: { type: 'string' },
  times: { type: 'string' },
  model: { type: 'string' },
  workers: { type: 'string' },
  concurrency: { type: 'string' },
  chunk: { type: 'string' },
  'start-method': { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  results: { type: 'boolean' },
  trace: { type: 'string' },
  csv: { type: 'string' },
} as const;

function parseRun(words: string[]): RunArguments {
  const { values, positionals } = parse('run', words, runOptions);
  const number = (name: 'workers' | 'concurrency' | 'timeout') => (values[name] === undefined ? null : positive(name, values[name]));
  const workers = number('workers');
  const concurrency = number('concurrency');
  const timeoutMs = number('timeout');
  return {
    command: 'run',
    target: only(positionals, 'run', 'FILE#FUNCTION'),
    inputs: parseInputs(values.inputs, values.times),
    ...(values.model === undefined ? {} : { model: oneOf('model', values.model, pythonModels) }),
    ...(values['start-method'] === undefined ? {} : { startMethod: oneOf('start method', values['start-method'], startMethods) }),
    ...(workers === null ? {} : { workers }),
    ...(concurrency === null ? {} : { concurrency }),
    ...(values.chunk === undefined ? {} : { chunk: values.chunk === 'auto' ? 'auto' : positive('chunk', values.chunk, '“auto” or ') }),
    ...(timeoutMs === null ? {} : { timeoutMs }),
    json: values.json === true,
    results: values.results === true,
    ...(values.trace === undefined ? {} : { trace: path('trace', values.trace) }),
    ...(values.csv === undefined ? {} : { csv: path('csv', values.csv) }),
  };
}

function parse<Options extends NonNullable<ParseArgsConfig['options']>>(command: Command, words: string[], options: Options) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true, strict: true });
  } catch (fault) {
    // Node's own message names the option; its second half is about writing positionals that look like options.
    const message = (fault as Error).message.split('. To specify')[0]!.replace(/\.$/, '');
    throw badUsage(`${message}.`, `See corewise ${command} --help.`);
  }
}

function only(positionals: readonly string[], command: Command, what: string): string {
  const [first, second] = positionals;
  if (first === undefined || first === '') throw badUsage(`${command} needs ${what}.`, `See corewise ${command} --help.`);
  if (second !== undefined) {
    throw badUsage(`${command} takes one ${what}, and ${JSON.stringify(second)} is a second.`, 'Put what holds spaces or # into quotes.');
  }
  return first;
}

function parseInputs(inputs: string | undefined, times: string | undefined): RunArguments['inputs'] {
  if (inputs !== undefined && times !== undefined) throw badUsage('--inputs and --times exclude each other.', 'Give one of them.');
  if (times !== undefined) return { times: positive('times', times) };
  if (inputs === undefined) return null;
  if (inputs.trim() === '' || inputs === '@') throw badUsage('--inputs is empty.', 'Write an expression such as [1, 2, 3], or @FILE.');
  return inputs.startsWith('@') ? { file: inputs.slice(1) } : { text: inputs };
}

function oneOf<Name extends string>(what: string, text: string, names: readonly Name[]): Name {
  const name = names.find((it) => it === text);
  if (!name) throw badUsage(`There is no ${what} ${JSON.stringify(text)}.`, `Use one of ${names.join(', ')}.`);
  return name;
}

function positive(name: string, text: string, or = ''): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= 1) return value;
  throw badUsage(`--${name} is ${JSON.stringify(text)}.`, `Use ${or}a whole number from 1 on.`);
}

function path(name: string, text: string): string {
  if (text === '') throw badUsage(`--${name} is empty.`, 'Name a file to write.');
  return text;
}
