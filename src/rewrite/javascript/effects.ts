/** Calls that read as if their order were part of what they do. */
import ts from 'typescript';
import { calleeName, isResultUsed, peeled } from './syntax';
import { isWritingSql, readsLikeEffect } from './words';
import { isChange } from './writes';

/** The callee's name, if the call reads as if its order mattered: by its verb, by SQL that writes, by the method of a request. */
export function effectOf(call: ts.CallExpression): string | null {
  if (isChange(call)) return null;
  const name = calleeName(call);
  if (!isOwnObject(call) && readsLikeEffect(name, isResultUsed(call))) return name;
  for (const argument of call.arguments) {
    const value = peeled(argument);
    const text = ts.isStringLiteralLike(value) ? value.text : ts.isTemplateExpression(value) ? value.head.text : '';
    if (isWritingSql(text)) return name;
    if (ts.isObjectLiteralExpression(value) && hasWritingMethod(value)) return name;
  }
  return null;
}

/** Methods of what was made on the spot, and of plain values: `[…].push`, `text.replace`, `Object.create`. */
function isOwnObject(call: ts.CallExpression): boolean {
  const callee = peeled(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  if (/^(replace|replaceAll|join|create|assign)$/.test(callee.name.text)) {
    const inner = peeled(callee.expression);
    if (ts.isStringLiteralLike(inner) || ts.isArrayLiteralExpression(inner) || ts.isTemplateExpression(inner) || ts.isNewExpression(inner)) return true;
    if (/^(replace|replaceAll|join)$/.test(callee.name.text)) return true;
    if (ts.isIdentifier(inner) && /^(Object|Array|Math|JSON|path|Promise)$/.test(inner.text)) return true;
  }
  return false;
}

/** `{ method: 'POST' }` */
const hasWritingMethod = (options: ts.ObjectLiteralExpression): boolean =>
  options.properties.some((it) => {
    if (!ts.isPropertyAssignment(it) || it.name.getText() !== 'method') return false;
    const value = peeled(it.initializer);
    return !ts.isStringLiteralLike(value) || !/^(get|head|options)$/i.test(value.text);
  });

/** `console.log(…)`, `process.stdout.write(…)`: what is printed, is printed in order. */
export const isPrint = (call: ts.CallExpression): boolean =>
  /^(console\.\w+|process\.(stdout|stderr)\.write|(this\.)?(log|logger|spinner|progress|reporter|bar|ui)(\.\w+)*|log\w*|debug|print\w*)$/.test(
    call.expression.getText().replace(/\s|\?|!/g, ''),
  );
