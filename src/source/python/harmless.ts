/** Which inputs expressions can be evaluated while a person still types them. */
import { expressionOf } from './check-inputs';
import { bounded, textOf, type PySource } from './parse';
import { scopesOf } from './scopes';
import { walk, type Kind, type PyNode } from './tree';

/** Builtins that make values and do nothing else. */
const callable = new Set(
  ('abs all any ascii bin bool bytearray bytes chr complex dict divmod enumerate filter float format frozenset hash hex int iter ' +
    'len list map max min next oct ord pow range repr reversed round set slice sorted str sum tuple zip').split(' '),
);

/** Methods of plain values that change nothing outside of what they are called on; `format` reads attributes, and is none of them. */
const methods = new Set(
  ('capitalize casefold center copy count encode decode endswith expandtabs find fromkeys get hex index isalnum isalpha ' +
    'isdigit islower isspace istitle isupper items join keys ljust lower lstrip partition replace rfind rjust rpartition rsplit ' +
    'rstrip split splitlines startswith strip swapcase title translate upper values zfill bit_length to_bytes from_bytes ' +
    'intersection union difference symmetric_difference issubset issuperset').split(' '),
);

/** Everything else that can stand in an expression without a call, an attribute or a name being involved. */
const plain = new Set<Kind>([
  'ArgList', 'ArrayComprehensionExpression', 'ArrayExpression', 'AssignOp', 'BinaryExpression', 'Boolean', 'ComprehensionExpression',
  'ConditionalExpression', 'ContinuedString', 'CompareOp', 'DictionaryComprehensionExpression', 'DictionaryExpression', 'Ellipsis',
  'FormatConversion', 'FormatReplacement', 'FormatSelfDoc', 'FormatSpec', 'FormatString', 'LambdaExpression', 'None', 'Number', 'ParamList', 'ParenthesizedExpression',
  'SetComprehensionExpression', 'SetExpression', 'String', 'TupleExpression', 'UnaryExpression', 'VariableName', 'CallExpression',
  'MemberExpression', 'PropertyName',
]);

/**
 * Whether evaluating a checked expression can do nothing but make plain values: it names nothing of the module, calls nothing but a
 * few well-known functions, and assigns nothing. It may still take long or run out of memory. Where unsure: no.
 */
export function isHarmless(expression: string): boolean {
  const judged = bounded(() => {
    const found = expressionOf(expression);
    return found !== null && isSafe(found.source, found.node);
  });
  return judged.ok && judged.value;
}

function isSafe(source: PySource, root: PyNode): boolean {
  const { module, uses } = scopesOf(source);
  // A name that the expression binds itself must not stand in for a builtin.
  const bound = new Set(uses.filter(({ kind }) => kind !== 'read').map(({ name }) => name));
  if (module.bindings.size > 0) return false;
  const isReadable = (name: string): boolean => bound.has(name) !== callable.has(name);
  if (!uses.every(({ name, kind }) => kind !== 'read' || isReadable(name))) return false;
  let safe = true;
  walk(root, (node) => {
    const isSign = !/^[A-Z]/.test(node.kind) && node.kind !== 'await' && node.kind !== '⚠';
    safe &&= isSign || /Op$/.test(node.kind) || plain.has(node.kind);
    if (node.kind === 'CallExpression') safe &&= isSafeCallee(source, node.children[0]!);
    if (node.kind === 'MemberExpression') safe &&= isSubscript(node) || isCalledMethod(source, node);
    return safe;
  });
  return safe;
}

const isSubscript = (node: PyNode): boolean => node.children.at(-1)?.kind === ']';

function isCalledMethod(source: PySource, member: PyNode): boolean {
  const isCalled = member.parent?.kind === 'CallExpression' && member.parent.children[0] === member;
  return isCalled && methods.has(textOf(source, member.children.at(-1)!));
}

function isSafeCallee(source: PySource, callee: PyNode): boolean {
  if (callee.kind === 'VariableName') return callable.has(textOf(source, callee));
  return callee.kind === 'MemberExpression' && isCalledMethod(source, callee);
}
