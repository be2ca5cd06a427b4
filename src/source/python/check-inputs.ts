/** Inputs expressions: checked before anything runs, so that nothing can break out of the place they are put in. */
import { bounded, faultIn, parse, sizeLimit, type PySource } from './parse';
import { scopesOf } from './scopes';
import { statementsOf, walk, type PyNode } from './tree';

export interface InputsFault {
  readonly message: string;
  /** UTF-16 offset into the expression. */
  readonly offset: number;
}

const before = '(\n';
const after = '\n)\n';

/** `null` where `expression` is exactly one Python expression; `await` is allowed. */
export function checkInputs(expression: string): InputsFault | null {
  if (expression.length > sizeLimit - 10) return { message: 'The expression is too long. Put the inputs into a file.', offset: 0 };
  const checked = bounded(() => faultOf(expression));
  return checked.ok ? checked.value : { message: checked.error.message, offset: 0 };
}

function faultOf(expression: string): InputsFault | null {
  if (expression.trim() === '') return { message: 'Give an expression whose elements are the calls, such as [1, 2, 3] or range(8).', offset: 0 };
  const source = wrapped(expression);
  if (!source) return { message: 'The expression is nested too deeply. Put the inputs into a file.', offset: 0 };
  const fault = faultIn(source, source.root);
  if (fault !== null) return at(fault, expression, 'This is no Python expression: something is missing or too much here.');
  const inner = innerExpression(source, expression);
  if (!inner) return { message: 'Give one expression, not statements.', offset: 0 };
  const yielding = firstOf(inner, 'YieldExpression');
  if (yielding) return at(yielding.start, expression, '`yield` has no place in inputs.');
  const walrus = firstOf(inner, 'NamedExpression');
  if (walrus && walrus === inner) return at(walrus.start, expression, 'Give a value, not an assignment.');
  return null;
}

function at(offset: number, expression: string, message: string): InputsFault {
  return { message, offset: Math.min(Math.max(offset - before.length, 0), expression.length) };
}

/** On lines of its own: a comment at the end must not take our bracket with it. */
function wrapped(expression: string): PySource | null {
  const parsed = parse('inputs.py', before + expression + after);
  return parsed.ok ? parsed.value : null;
}

/** The expression between our own brackets, if they still are a pair and it is all that is there. */
function innerExpression(source: PySource, expression: string): PyNode | null {
  const [statement, ...more] = statementsOf(source.root);
  if (!statement || more.length > 0 || statement.kind !== 'ExpressionStatement' || statement.children.length !== 1) return null;
  const [outer] = statement.children;
  const end = before.length + expression.length + after.length - 1;
  if (!outer || outer.start !== 0 || outer.end !== end) return null;
  if (outer.children.length === 2) return null;
  if (outer.kind === 'TupleExpression' || outer.kind === 'ComprehensionExpression') return outer;
  if (outer.kind !== 'ParenthesizedExpression') return null;
  const [, inner] = outer.children;
  return inner && inner.kind !== ')' && inner.kind !== '*' ? inner : null;
}

function firstOf(node: PyNode, kind: PyNode['kind']): PyNode | null {
  let found: PyNode | null = null;
  walk(node, (it) => {
    if (it.kind === kind) found ??= it;
    return found === null;
  });
  return found;
}

/** Names that a checked expression takes from around it, builtins too. */
export function freeNames(expression: string): ReadonlySet<string> {
  const source = wrapped(expression);
  if (!source) return new Set();
  const { module, uses } = scopesOf(source);
  const bound = module.bindings;
  const names = uses.filter(({ scope, name, kind }) => {
    for (let it = scope; it.parent; it = it.parent) if (it.bindings.has(name) && !it.bindings.get(name)!.global) return false;
    return kind === 'read' && !bound.has(name);
  });
  return new Set(names.map(({ name }) => name));
}

/** The tree of a checked expression. */
export function expressionOf(expression: string): { readonly source: PySource; readonly node: PyNode } | null {
  const source = wrapped(expression);
  const node = source && faultIn(source, source.root) === null ? innerExpression(source, expression) : null;
  return source && node ? { source, node } : null;
}
