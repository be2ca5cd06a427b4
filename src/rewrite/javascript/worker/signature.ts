/** How a task's parameters and result are passed on by what runs it in the pool. */
import ts from 'typescript';
import type { Code } from '../code';
import { isAsyncFunction, walk, type FunctionWithBody } from '../syntax';

export interface Signature {
  /** `<T>`, or nothing. */
  readonly typeParameters: string;
  /** Between the parentheses of the new function. */
  readonly parameters: string;
  /** The arguments in a list: `[a, b]`, or `args`. */
  readonly list: string;
  /** The type of that list; empty in JavaScript. */
  readonly listType: string;
  /** What a call gives, out of its promise; empty in JavaScript. */
  readonly result: string;
}

/** @param known how the task is called where its own types are asked for: `typeof known` */
export function signatureOf(fn: FunctionWithBody, known: string, code: Code): Signature {
  const { source, typescript } = code;
  const typeParameters = fn.typeParameters ? source.text.slice(fn.typeParameters.pos - 1, fn.typeParameters.end + 1) : '';
  const result = typescript ? resultOf(fn, known, code) : '';
  const names = fn.parameters.map((it) => it.name.getText(source));
  if (isPlain(fn)) {
    const parameters = fn.parameters.map((it) => it.getText(source)).join(', ');
    // Each is handed on, so none is optional in the list.
    const types = fn.parameters.map(({ name, type, questionToken }) => {
      const text = type?.getText(source) ?? 'unknown';
      return `${name.getText(source)}: ${questionToken ? `${/^[\w.[\]]+$/.test(text) ? text : `(${text})`} | undefined` : text}`;
    });
    return { typeParameters, parameters, list: `[${names.join(', ')}]`, listType: typescript ? `[${types.join(', ')}]` : '', result };
  }
  const args = ['args', 'args2', 'args3'].find((it) => !names.includes(it))!;
  const listType = typescript ? `Parameters<typeof ${known}>` : '';
  return { typeParameters, parameters: `...${args}${typescript ? `: ${listType}` : ''}`, list: args, listType, result };
}

/** The types that the new function writes out. */
export function signatureTypes(fn: FunctionWithBody, { typescript }: Code): ts.Node[] {
  if (!typescript) return [];
  const parameters = isPlain(fn) ? fn.parameters.flatMap(({ type }) => type ?? []) : [];
  return [...parameters, ...(fn.type ? [fn.type] : []), ...(fn.typeParameters ?? [])];
}

/** Names and nothing else: no defaults, patterns or rest, which are left to the task itself. */
function isPlain(fn: FunctionWithBody): boolean {
  let readsAll = false;
  walk(fn.body, (node) => void (readsAll ||= ts.isIdentifier(node) && node.text === 'arguments'));
  return !readsAll && fn.parameters.every((it) => ts.isIdentifier(it.name) && !it.initializer && !it.dotDotDotToken && (it.type !== undefined || !/\.[cm]?tsx?$/.test(it.getSourceFile().fileName)));
}

function resultOf(fn: FunctionWithBody, known: string, { source }: Code): string {
  if (!fn.type) return `Awaited<ReturnType<typeof ${known}>>`;
  if (!isAsyncFunction(fn)) return fn.type.getText(source);
  const promised = ts.isTypeReferenceNode(fn.type) && fn.type.typeName.getText(source) === 'Promise' ? fn.type.typeArguments?.[0] : undefined;
  return promised?.getText(source) ?? `Awaited<${fn.type.getText(source)}>`;
}

/** Whether the types of the new function are asked of the task. */
export const asksTask = ({ listType, result }: Signature): boolean => /\btypeof \w/.test(listType + result);
