/** The loop or the `map` that a selection means. */
import ts from 'typescript';
import type { Code } from '../code';
import { candidates } from '../meant';
import { isLoop, type Loop } from '../syntax';

export type Repetition = Loop | MapCall;

/** `list.map(…)` */
export type MapCall = ts.CallExpression & { readonly expression: ts.PropertyAccessExpression };

export const isMap = (node: ts.Node): node is MapCall =>
  ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'map' && !node.expression.questionDotToken;

export const findRepetitions = (code: Code): Repetition[] =>
  candidates(code, (node): node is Repetition => isLoop(node) || isMap(node), (node) => isMap(node.parent) && node.parent.arguments[0] === node);
