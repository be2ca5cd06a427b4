/** Inputs out of the examples in a function's docstring. */
import { docstringOf } from './functions';
import { parse, textOf, type PySource } from './parse';
import { scopesOf } from './scopes';
import { walk, type Kind, type PyNode } from './tree';

/** At most this many calls are taken from one docstring, and this many characters of each. */
const callLimit = 20;
const lengthLimit = 2000;

/**
 * One expression for the docstring's `>>> f(1, 2)`, such as `[(1, 2), (3, 4)]`: a tuple is the arguments of one call.
 *
 * @param known whether an argument may use a name: the module's own, and builtins
 */
export function doctestInputs(source: PySource, fn: PyNode, name: string, most: number, known: (name: string) => boolean): string[] {
  if (most === 0) return [];
  const text = docstringOf(source, fn);
  // A backslash means something else in the docstring than in the code that it shows.
  if (!text?.includes('>>>') || text.includes('\\')) return [];
  const called = name.slice(name.lastIndexOf('.') + 1);
  const calls = examplesIn(text).flatMap((code) => callsIn(code, called, most, known)).slice(0, callLimit);
  return calls.length > 0 ? [`[${calls.join(', ')}]`] : [];
}

/** The statements after `>>>`, with their continuation lines. */
function examplesIn(docstring: string): string[] {
  const examples: string[][] = [];
  let open = false;
  for (const line of docstring.split(/\r\n|\r|\n/)) {
    const [, mark, code] = /^\s*(>>>|\.\.\.)(?: (.*))?$/.exec(line) ?? [];
    if (mark === '>>>') examples.push([code ?? '']);
    else if (mark && open) examples.at(-1)!.push(code ?? '');
    open = mark !== undefined;
  }
  return examples.map((lines) => `${lines.join('\n')}\n`);
}

function callsIn(code: string, called: string, most: number, known: (name: string) => boolean): string[] {
  if (!code.includes(called)) return [];
  const parsed = parse('example.py', code);
  if (!parsed.ok) return [];
  const example = parsed.value;
  const free = new Set(scopesOf(example).uses.filter(({ name, kind }) => kind === 'read' && !known(name)).map(({ node }) => node.start));
  const inputs: string[] = [];
  walk(example.root, (node) => {
    if (node.kind !== 'CallExpression' || !isCallOf(example, node.children[0]!, called)) return true;
    const input = inputOf(example, node, most, (start, end) => [...free].some((at) => at >= start && at < end));
    if (input !== null && input.length <= lengthLimit) inputs.push(input);
    return false;
  });
  return inputs;
}

function isCallOf(source: PySource, callee: PyNode, name: string): boolean {
  const last = callee.kind === 'MemberExpression' ? callee.children.at(-1)! : callee;
  return (last.kind === 'VariableName' || last.kind === 'PropertyName') && textOf(source, last) === name;
}

/** Kinds of argument that are no tuple, whatever they hold. */
const single = new Set<Kind>([
  'Number', 'String', 'FormatString', 'ContinuedString', 'Boolean', 'None', 'ArrayExpression', 'ArrayComprehensionExpression',
  'DictionaryExpression', 'DictionaryComprehensionExpression', 'SetExpression', 'SetComprehensionExpression', 'UnaryExpression',
]);

/** The arguments of a call as one input; `null` where they are more than values given by position. */
function inputOf(source: PySource, call: PyNode, most: number, usesUnknown: (start: number, end: number) => boolean): string | null {
  const list = call.children.find((it) => it.kind === 'ArgList');
  if (!list || usesUnknown(list.start, list.end)) return null;
  const values = list.children.slice(1, -1).filter((it) => it.kind !== ',');
  if (values.length > most || values.some((it) => ['AssignOp', '*', '**', 'for', '⚠'].includes(it.kind))) return null;
  const texts = values.map((it) => textOf(source, it));
  if (values.length === 1) return single.has(values[0]!.kind) ? texts[0]! : `(${texts[0]!},)`;
  return `(${texts.join(', ')})`;
}
