/** Places where a person might ask for a rewrite. */
import ts from 'typescript';

/** @returns {{ recipe: string, at: number }[]} */
export function candidatesIn(source) {
  const found = [];
  const add = (recipe, node) => found.push({ recipe, at: node.getStart(source) });
  const visit = (node, inAsync) => {
    if (ts.isIterationStatement(node, false)) {
      if (ownAwait(node.statement)) add('loop-to-gather', node);
      else if (inAsync) add('loop-to-pool', node);
    }
    if (inAsync && ts.isCallExpression(node)) {
      if (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'map') found.push({ recipe: 'loop-to-pool', at: node.expression.name.getStart(source) });
      if (ts.isIdentifier(node.expression) && !ts.isAwaitExpression(node.parent)) add('offload-blocking-call', node);
      else if (/Sync$/.test(node.expression.getText(source))) found.push({ recipe: 'offload-blocking-call', at: node.expression.end });
    }
    if (node.statements) rows(node.statements, add);
    if (node.parent === source && isSyncFunctionWithLoop(node)) add('wrap-cpu-task', node);
    const next = ts.isFunctionLike(node) ? isAsync(node) : inAsync;
    ts.forEachChild(node, (child) => visit(child, next));
  };
  visit(source, false);
  return found;
}

const isAsync = (node) => node.modifiers?.some((it) => it.kind === ts.SyntaxKind.AsyncKeyword) ?? false;

function ownAwait(node) {
  let found = false;
  const visit = (it) => {
    if (ts.isAwaitExpression(it)) found = true;
    if (!found && !ts.isFunctionLike(it)) ts.forEachChild(it, visit);
  };
  visit(node);
  return found;
}

/** The first of two or more awaits with names for their results. */
function rows(statements, add) {
  let length = 0;
  statements.forEach((statement, n) => {
    const declarations = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    length = declarations.length === 1 && declarations[0].initializer && ts.isAwaitExpression(declarations[0].initializer) ? length + 1 : 0;
    if (length === 2) add('awaits-to-gather', statements[n - 1]);
  });
}

function isSyncFunctionWithLoop(node) {
  if (!ts.isFunctionDeclaration(node) || !node.name || !node.body || isAsync(node) || node.asteriskToken) return false;
  let loops = false;
  const visit = (it) => {
    if (ts.isIterationStatement(it, false)) loops = true;
    if (!loops) ts.forEachChild(it, visit);
  };
  visit(node.body);
  return loops;
}
