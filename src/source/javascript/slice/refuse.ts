/** Why a slice cannot be made of what it would have to keep. */
import ts from 'typescript';
import type { Refusal } from '../../found-function';
import { isFree } from '../names';
import { lineOf } from '../parse';

/** A syntax error in code that is needed. Elsewhere they do not matter. */
export function syntaxRefusal(nodes: readonly ts.Node[], source: ts.SourceFile): Refusal | null {
  const { parseDiagnostics } = source as unknown as { readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[] };
  for (const { start, messageText } of parseDiagnostics) {
    if (!nodes.some((it) => it.getStart(source) <= start && start < it.end)) continue;
    const message = ts.flattenDiagnosticMessageText(messageText, ' ');
    const line = lineOf(source, start);
    return { code: 'syntax', message: `The function, or something that it needs, cannot be read: ${message} Mend line ${line}.`, line };
  }
  return null;
}

/** Direct `eval` sees every name around it: what it needs cannot be known. */
export function evalRefusal(nodes: readonly ts.Node[], name: string): Refusal | null {
  if (!nodes[0]?.getSourceFile().text.includes('eval')) return null;
  for (const node of nodes) {
    const call = node.getText().includes('eval') ? directEval(node) : undefined;
    if (!call) continue;
    const line = lineOf(call.getSourceFile(), call.getStart());
    const message = `\`${name}\` needs code that calls \`eval\` (line ${line}), and what that uses of the module cannot be known. Use \`(0, eval)(…)\` or a function.`;
    return { code: 'eval', message, line };
  }
  return null;
}

function directEval(root: ts.Node): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined => {
    const isEval = ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'eval' && isFree(node.expression);
    return isEval ? node : ts.forEachChild(node, visit);
  };
  return visit(root);
}
