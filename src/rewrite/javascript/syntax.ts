/** Small questions about expressions and statements. */
import ts from 'typescript';

export type Loop = ts.ForStatement | ts.ForInStatement | ts.ForOfStatement | ts.WhileStatement | ts.DoStatement;
export type FunctionWithBody = ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody };

export const isLoop = (node: ts.Node): node is Loop => ts.isIterationStatement(node, false);

export const isFunctionWithBody = (node: ts.Node): node is FunctionWithBody =>
  ts.isFunctionLike(node) && (node as ts.FunctionLikeDeclaration).body !== undefined;

/** Nodes in whose inside `await`, `return` and `break` mean something else. */
export const isBoundary = (node: ts.Node): boolean =>
  ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node) || ts.isPropertyDeclaration(node);

/** Calls `see` with every node in `root`, `root` included, outermost first. `false` keeps it from going in. */
export function walk(root: ts.Node, see: (node: ts.Node) => boolean | void): void {
  if (see(root) === false) return;
  ts.forEachChild(root, (child) => walk(child, see));
}

/** As {@link walk}, without going into functions. */
export function walkOwn(root: ts.Node, see: (node: ts.Node) => boolean | void): void {
  walk(root, (node) => (see(node) === false || (node !== root && isBoundary(node)) ? false : undefined));
}

export const isStep = (node: ts.Node): node is ts.PrefixUnaryExpression | ts.PostfixUnaryExpression =>
  (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
  (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken);

export const isAssignment = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
  node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;

/** An expression without parentheses, assertions and `await`s around it. */
export function peeled(expression: ts.Expression): ts.Expression {
  let inner = expression;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAssertionExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isAwaitExpression(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}

/** What a chain of members and calls starts from: `a` of `a.b[0].c()`. */
export function rootOf(expression: ts.Expression): ts.Expression {
  let inner = peeled(expression);
  while (ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner) || ts.isCallExpression(inner)) {
    inner = peeled(inner.expression);
  }
  return inner;
}

/** The name that a call goes by: `f` of `f()`, `a.f()`, `a?.f()`; empty for anything else. */
export function calleeName({ expression }: ts.CallExpression | ts.NewExpression): string {
  const callee = peeled(expression);
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  return '';
}

/** The names that lead to a method: `a`, `b` of `a.b.f()`, `this.b.f()`. */
export function receiverNames({ expression }: ts.CallExpression): ts.Identifier[] {
  const names: ts.Identifier[] = [];
  let inner = peeled(expression);
  if (!ts.isPropertyAccessExpression(inner) && !ts.isElementAccessExpression(inner)) return names;
  inner = peeled(inner.expression);
  for (;;) {
    if (ts.isIdentifier(inner)) names.push(inner);
    if (ts.isPropertyAccessExpression(inner)) {
      if (ts.isIdentifier(inner.name)) names.push(inner.name);
    } else if (!ts.isElementAccessExpression(inner) && !ts.isCallExpression(inner)) return names;
    inner = peeled(inner.expression);
  }
}

/** Whether the value of an expression is made use of; that of a statement, or of `await` in one, is not. */
export function isResultUsed(expression: ts.Expression): boolean {
  let outer: ts.Node = expression.parent;
  while (ts.isAwaitExpression(outer) || ts.isParenthesizedExpression(outer) || ts.isVoidExpression(outer)) outer = outer.parent;
  return !ts.isExpressionStatement(outer);
}

/** The function whose own code `node` is; `undefined` at the top level of the module. */
export const functionAround = (node: ts.Node): ts.SignatureDeclaration | undefined =>
  ts.findAncestor(node.parent, (it): it is ts.SignatureDeclaration => ts.isFunctionLike(it) || ts.isClassStaticBlockDeclaration(it) || ts.isPropertyDeclaration(it)) as
    | ts.SignatureDeclaration
    | undefined;

export const isAsyncFunction = (node: ts.Node | undefined): boolean =>
  node !== undefined && ts.canHaveModifiers(node) && (node.modifiers?.some((it) => it.kind === ts.SyntaxKind.AsyncKeyword) ?? false);

/** Lists in which a statement is one among others. */
export type StatementList = ts.Block | ts.SourceFile | ts.ModuleBlock | ts.CaseOrDefaultClause;

export const isStatementList = (node: ts.Node): node is StatementList =>
  ts.isBlock(node) || ts.isSourceFile(node) || ts.isModuleBlock(node) || ts.isCaseOrDefaultClause(node);

/** Whether a comment stands in a piece of text that holds no strings: what is between two nodes. */
export const hasComment = (between: string): boolean => between.includes('//') || between.includes('/*');

/** Whether a comment stands in a node, before any of its tokens but the first. */
export function holdsComment(node: ts.Node, source: ts.SourceFile): boolean {
  const first = node.getStart(source);
  const visit = (it: ts.Node): boolean => {
    const children = it.getChildren(source);
    if (children.length > 0) return children.some(visit);
    const start = it.getStart(source);
    return start > first && hasComment(source.text.slice(it.pos, start));
  };
  return visit(node);
}
