/** Inputs out of the `@example`s above a function. */
import ts from 'typescript';
import { forEachReference, isFree } from './names';

/** At most this many calls are taken from one example, and this many characters. */
const callLimit = 20;
const lengthLimit = 2000;

/**
 * One expression for each `@example` that calls the function directly, such as `[[1, 2], [3, 4]]` for `f(1, 2)` and `f(3, 4)`.
 * An argument list is an array of its own where the function takes more than one argument.
 *
 * @param known names that an argument may use: the module's own
 */
export function exampleInputs(
  source: ts.SourceFile,
  whole: ts.Node,
  name: string,
  most: number,
  known: () => ReadonlySet<string>,
): string[] {
  const comment = docComment(source, whole);
  if (most === 0 || !comment?.includes('@example')) return [];
  const called = name.slice(name.lastIndexOf('.') + 1);
  const calls = exampleBlocks(comment).map((code) => callsIn(code, called, most, known()));
  return calls.filter((it) => it.length > 0).map((it) => `[${it.join(', ')}]`);
}

/** The text of the last doc comment right above `node`. */
function docComment(source: ts.SourceFile, node: ts.Node): string | null {
  const range = docCommentRange(source, node);
  return range && source.text.slice(range.pos, range.end);
}

export function docCommentRange(source: ts.SourceFile, node: ts.Node): ts.TextRange | null {
  const last = ts.getLeadingCommentRanges(source.text, node.pos)?.at(-1);
  return last && source.text.startsWith('/**', last.pos) ? last : null;
}

/** The code of each `@example` tag, without stars, fences and captions. */
function exampleBlocks(comment: string): string[] {
  const blocks: string[][] = [];
  let current: string[] | null = null;
  for (const line of comment.slice(3, -2).split(/\r?\n/)) {
    const text = line.replace(/^\s*\* ?/, '');
    const tag = /^\s*@([a-z]+)\b(.*)$/i.exec(text);
    if (tag?.[1] === 'example') blocks.push((current = [tag[2]!]));
    else if (tag) current = null;
    else if (!text.trimStart().startsWith('```')) current?.push(text);
  }
  return blocks.map((lines) => lines.join('\n').replace(/<caption>[^<]*<\/caption>/g, ''));
}

function callsIn(code: string, called: string, most: number, known: ReadonlySet<string>): string[] {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ESNext, true);
  const inputs: string[] = [];
  const visit = (node: ts.Node): void => {
    if (!ts.isCallExpression(node) || !calls(node.expression, called)) return void ts.forEachChild(node, visit);
    const input = inputOf(node, most, source, known);
    if (input !== null && inputs.length < callLimit && input.length <= lengthLimit) inputs.push(input);
  };
  visit(source);
  return inputs;
}

function calls(callee: ts.Expression, name: string): boolean {
  if (ts.isIdentifier(callee)) return callee.text === name;
  return ts.isPropertyAccessExpression(callee) && callee.name.text === name;
}

function inputOf(call: ts.CallExpression, most: number, source: ts.SourceFile, known: ReadonlySet<string>): string | null {
  const { arguments: args } = call;
  if (args.length === 0 || args.length > most) return null;
  if (!args.every((it) => isSelfContained(it, known))) return null;
  const texts = args.map((it) => it.getText(source));
  if (most > 1) return `[${texts.join(', ')}]`;
  return ts.isSpreadElement(args[0]!) ? null : texts[0]!;
}

/** Whether an argument means the same in the module as it does in the example. */
function isSelfContained(argument: ts.Expression, known: ReadonlySet<string>): boolean {
  let whole = argument.getFullWidth() > 0;
  forEachReference(argument, (name) => {
    if (!known.has(name.text) && !globals.has(name.text) && isFree(name)) whole = false;
  });
  return whole;
}

const globals: ReadonlySet<string> = new Set(
  (
    'Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean Buffer DataView Date Error Float32Array Float64Array Infinity Int16Array Int32Array Int8Array JSON Map ' +
    'Math NaN Number Object Promise RegExp Set String Symbol TextEncoder URL Uint16Array Uint32Array Uint8Array Uint8ClampedArray structuredClone undefined'
  ).split(' '),
);
