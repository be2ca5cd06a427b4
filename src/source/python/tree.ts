/** The syntax tree: the grammar's nodes as plain objects, with the user's own text behind them. */
import type { Tree } from '@lezer/common';
import type { Levelled } from './level';

/** Kinds of node that are asked for by name; the grammar has a few more. Keywords, brackets and signs are nodes too. */
export type Kind =
  | '⚠' | 'Script' | 'Body' | 'StatementGroup' | 'ArgList' | 'ParamList' | 'TypeDef' | 'TypeParamList' | 'TypeParam' | 'Decorator'
  | 'AssignOp' | 'UpdateOp' | 'CompareOp' | 'At' | 'Guard' | 'MatchBody' | 'MatchClause'
  // Statements
  | 'AssertStatement' | 'AssignStatement' | 'BreakStatement' | 'ClassDefinition' | 'ContinueStatement' | 'DecoratedStatement'
  | 'DeleteStatement' | 'ExpressionStatement' | 'ForStatement' | 'FunctionDefinition' | 'IfStatement' | 'ImportStatement'
  | 'MatchStatement' | 'PassStatement' | 'PrintStatement' | 'RaiseStatement' | 'ReturnStatement' | 'ScopeStatement' | 'TryStatement'
  | 'TypeDefinition' | 'UpdateStatement' | 'WhileStatement' | 'WithStatement' | 'YieldStatement'
  // Expressions
  | 'ArrayComprehensionExpression' | 'ArrayExpression' | 'AwaitExpression' | 'BinaryExpression' | 'Boolean' | 'CallExpression'
  | 'ComprehensionExpression' | 'ConditionalExpression' | 'ContinuedString' | 'DictionaryComprehensionExpression'
  | 'DictionaryExpression' | 'Ellipsis' | 'FormatConversion' | 'FormatReplacement' | 'FormatSelfDoc' | 'FormatSpec' | 'FormatString' | 'LambdaExpression'
  | 'MemberExpression' | 'NamedExpression' | 'None' | 'Number' | 'ParenthesizedExpression' | 'PropertyName'
  | 'SetComprehensionExpression' | 'SetExpression' | 'String' | 'TupleExpression' | 'UnaryExpression' | 'VariableName'
  | 'YieldExpression'
  // Patterns
  | 'AsPattern' | 'AttributePattern' | 'CapturePattern' | 'ClassPattern' | 'KeywordPattern' | 'LiteralPattern' | 'MappingPattern'
  | 'OrPattern' | 'PatternArgList' | 'SequencePattern' | 'StarPattern'
  // Keywords and signs
  | 'and' | 'as' | 'async' | 'await' | 'case' | 'class' | 'def' | 'del' | 'elif' | 'else' | 'except' | 'finally' | 'for' | 'from'
  | 'global' | 'if' | 'import' | 'in' | 'lambda' | 'match' | 'nonlocal' | 'not' | 'or' | 'try' | 'while' | 'with' | 'yield'
  | '(' | ')' | '[' | ']' | '{' | '}' | ',' | ':' | ';' | '.' | '*' | '**' | '/' | '=';

export interface PyNode {
  readonly kind: Kind;
  /** UTF-16 offsets into the text; white space and comments at its end are not part of a node. */
  readonly start: number;
  readonly end: number;
  readonly parent: PyNode | null;
  readonly children: readonly PyNode[];
}

interface Growing {
  kind: Kind;
  start: number;
  end: number;
  parent: Growing | null;
  children: Growing[];
}

/** The grammar's tree, with what `Levelled` had to write in other words set right. */
export function plant(tree: Tree, levelled: Levelled): PyNode {
  const cursor = tree.cursor();
  const root: Growing = { kind: 'Script', start: 0, end: tree.length, parent: null, children: [] };
  let parent = root;
  if (!cursor.firstChild()) return root;
  for (;;) {
    const node = nodeAt(cursor.name as Kind, cursor.from, cursor.to, parent, levelled);
    if (node) parent.children.push(node);
    if (node && cursor.firstChild()) {
      parent = node;
      continue;
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent() || parent === root) return finished(root, levelled);
      parent = close(parent, levelled);
    }
  }
}

function nodeAt(kind: Kind, start: number, end: number, parent: Growing, levelled: Levelled): Growing | null {
  if ((kind as string) === 'Comment') return null;
  if (kind === 'None' && levelled.bareYields.has(start)) return { kind: 'YieldExpression', start, end: start + 'yield'.length, parent, children: [] };
  if (kind === ',' && levelled.withTargets.has(start)) return { kind: 'as', start: start - 1, end, parent, children: [] };
  return { kind, start, end, parent, children: [] };
}

/** Nodes whose last part has no node of its own. */
const whole = new Set<Kind>(['String', 'FormatString', 'FormatReplacement', 'FormatSpec', '⚠']);

function close(node: Growing, levelled: Levelled): Growing {
  const last = node.children.at(-1);
  if (last && !whole.has(node.kind)) node.end = last.end;
  if (levelled.decorators.size > 0 && (node.kind === 'Body' || node.kind === 'Script')) gatherDecorators(node, levelled);
  return node.parent!;
}

function finished(root: Growing, levelled: Levelled): PyNode {
  if (levelled.decorators.size > 0) gatherDecorators(root, levelled);
  return root;
}

/** Turns the statements that stand for decorators, and the definition after them, into a decorated statement. */
function gatherDecorators(body: Growing, { decorators }: Levelled): void {
  const gathered: Growing[] = [];
  let waiting: Growing[] = [];
  for (const statement of body.children) {
    const expression = statement.kind === 'ExpressionStatement' ? statement.children[0] : undefined;
    if (expression && decorators.has(expression.start)) {
      waiting.push(statement);
      continue;
    }
    if (waiting.length > 0 && (statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition')) {
      gathered.push(decorated(waiting, statement, body));
    } else gathered.push(...waiting, statement);
    waiting = [];
  }
  body.children = [...gathered, ...waiting];
}

function decorated(marks: readonly Growing[], definition: Growing, body: Growing): Growing {
  const node: Growing = { kind: 'DecoratedStatement', start: marks[0]!.start, end: definition.end, parent: body, children: [] };
  for (const mark of marks) {
    mark.kind = 'Decorator';
    mark.parent = node;
    node.children.push(mark);
    stripTilde(mark);
  }
  definition.parent = node;
  node.children.push(definition);
  return node;
}

/** `~x.y` under the mark becomes `At` and `x.y`; in `~x or y` the tilde belongs to the first operand only. */
function stripTilde(mark: Growing): void {
  let node = mark.children[0]!;
  while (node.kind !== 'UnaryExpression' && node.children[0]) node = node.children[0];
  if (node.kind !== 'UnaryExpression') return;
  const [, operand] = node.children;
  const at: Growing = { kind: 'At', start: mark.start, end: mark.start + 1, parent: mark, children: [] };
  if (operand) {
    const holder = node.parent!;
    operand.parent = holder;
    holder.children[holder.children.indexOf(node)] = operand;
  }
  mark.children.unshift(at);
}

// Questions ------------------------------------------------------------------------------------------------------------

export const childOf = (node: PyNode, ...kinds: readonly Kind[]): PyNode | undefined =>
  node.children.find((it) => kinds.includes(it.kind));

export const childrenOf = (node: PyNode, ...kinds: readonly Kind[]): PyNode[] => node.children.filter((it) => kinds.includes(it.kind));

/** The nearest node around `node`, itself included, of one of these kinds. */
export function ancestor(node: PyNode, ...kinds: readonly Kind[]): PyNode | null {
  let at: PyNode | null = node;
  while (at && !kinds.includes(at.kind)) at = at.parent;
  return at;
}

/** Visits `node` and everything under it, in order of the text; `enter` may say `false` to leave out what is under a node. */
export function walk(node: PyNode, enter: (node: PyNode) => void | boolean): void {
  if (enter(node) === false) return;
  for (const child of node.children) walk(child, enter);
}

/** The first syntax error at or under `node`. */
export function errorIn(node: PyNode): PyNode | null {
  if (node.kind === '⚠') return node;
  for (const child of node.children) {
    const found = errorIn(child);
    if (found) return found;
  }
  return null;
}

/** The statements of a `Script` or `Body`, those that share a line one by one. */
export function statementsOf(body: PyNode): PyNode[] {
  return body.children.flatMap((it) => (it.kind === 'StatementGroup' ? statementsOf(it) : isStatement(it) ? [it] : []));
}

export function isStatement(node: PyNode): boolean {
  return statements.has(node.kind);
}

const statements = new Set<Kind>([
  'AssertStatement', 'AssignStatement', 'BreakStatement', 'ClassDefinition', 'ContinueStatement', 'DecoratedStatement',
  'DeleteStatement', 'ExpressionStatement', 'ForStatement', 'FunctionDefinition', 'IfStatement', 'ImportStatement',
  'MatchStatement', 'PassStatement', 'PrintStatement', 'RaiseStatement', 'ReturnStatement', 'ScopeStatement', 'TryStatement',
  'TypeDefinition', 'UpdateStatement', 'WhileStatement', 'WithStatement', 'YieldStatement',
]);

/** A definition without its decorators; any other statement as it is. */
export function undecorated(statement: PyNode): PyNode {
  return statement.kind === 'DecoratedStatement' ? (childOf(statement, 'FunctionDefinition', 'ClassDefinition') ?? statement) : statement;
}

/** A definition with its decorators. */
export const withDecorators = (definition: PyNode): PyNode =>
  definition.parent?.kind === 'DecoratedStatement' ? definition.parent : definition;
