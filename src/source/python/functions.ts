/** Questions about one function's syntax. */
import type { FoundFunction } from '../found-function';
import { textOf, type PySource } from './parse';
import { childOf, childrenOf, statementsOf, undecorated, withDecorators, type PyNode } from './tree';

/** One parameter of a `def` or `lambda`. */
export interface Parameter {
  readonly name: string;
  readonly kind: 'positional' | 'rest' | 'keyword' | 'keywords';
  readonly optional: boolean;
}

export function parametersOf(source: PySource, fn: PyNode): Parameter[] {
  const list = childOf(fn, 'ParamList');
  const found: { name: string; kind: Parameter['kind']; optional: boolean }[] = [];
  let star = '';
  let afterStar = false;
  let previous: PyNode | null = null;
  for (const node of list?.children ?? []) {
    // The tree knows the `/` of a lambda as a second star: nothing follows it either.
    if (node.kind === '*' || node.kind === '**') star = node.kind;
    else if (node.kind === ',') {
      afterStar ||= star === '*' && textOf(source, previous!) === '*';
      star = '';
    } else if (node.kind === 'AssignOp' && found.length > 0) found.at(-1)!.optional = true;
    else if (node.kind === 'VariableName' && previous?.kind !== 'AssignOp') {
      const kind = star === '**' ? 'keywords' : star === '*' ? 'rest' : afterStar ? 'keyword' : 'positional';
      found.push({ name: textOf(source, node), kind, optional: kind === 'rest' || kind === 'keywords' });
      afterStar ||= star === '*';
    }
    previous = node;
  }
  return found;
}

/** What inputs can give: by position. `bound`: whether the first is filled by the object or class. */
export function describeParameters(all: readonly Parameter[], bound: boolean): FoundFunction['parameters'] {
  const taken = all.filter(({ kind }) => kind === 'positional' || kind === 'rest').slice(bound && all[0]?.kind === 'positional' ? 1 : 0);
  const positional = taken.filter(({ kind }) => kind === 'positional');
  const required = positional.findLastIndex(({ optional }) => !optional) + 1;
  return {
    names: taken.map(({ name, kind }) => (kind === 'rest' ? `*${name}` : name)),
    least: required,
    most: taken.some(({ kind }) => kind === 'rest') ? Infinity : positional.length,
  };
}

/** Keyword-only parameters without a default: inputs cannot give them. */
export const requiredKeywords = (all: readonly Parameter[]): string[] =>
  all.filter(({ kind, optional }) => kind === 'keyword' && !optional).map(({ name }) => name);

export const isAsync = (fn: PyNode): boolean => fn.children[0]?.kind === 'async';

/** The name of a `def` or `class`. */
export function definedName(source: PySource, definition: PyNode): string {
  const name = childOf(definition, 'VariableName');
  return name ? textOf(source, name) : '';
}

/** What the decorators of a definition are called, without arguments: `functools.lru_cache`, `x.setter`. */
export function decoratorNames(source: PySource, definition: PyNode): string[] {
  const whole = withDecorators(definition);
  return whole === definition ? [] : childrenOf(whole, 'Decorator').map((it) => /^@\s*([\w.\u0080-\uffff]*)/.exec(textOf(source, it))?.[1] ?? '');
}

/** Whether one of the names, or what they end with after a dot, is `wanted`. */
export const isNamed = (names: readonly string[], ...wanted: readonly string[]): boolean =>
  names.some((it) => wanted.includes(it.slice(it.lastIndexOf('.') + 1)));

/** The statements of a definition's body. */
export function bodyOf(definition: PyNode): PyNode[] {
  const body = childOf(definition, 'Body');
  return body ? statementsOf(body) : [];
}

/** The text between the quotes of a definition's docstring; `null` where there is none. */
export function docstringOf(source: PySource, definition: PyNode): string | null {
  const [first] = bodyOf(definition);
  const literal = first?.kind === 'ExpressionStatement' ? first.children[0] : undefined;
  if (literal?.kind !== 'String') return null;
  const [, quotes, text] = /^[rRuU]?("""|'''|"|')([^]*)\1$/.exec(textOf(source, literal)) ?? [];
  return quotes === undefined ? null : text!;
}

/** Definitions of functions in a class body, those in `if` and `try` too. */
export function methodsOf(cls: PyNode): PyNode[] {
  const found: PyNode[] = [];
  const visit = (statements: readonly PyNode[]): void => {
    for (const statement of statements) {
      const definition = undecorated(statement);
      if (definition.kind === 'FunctionDefinition') found.push(definition);
      else if (definition.kind === 'IfStatement' || definition.kind === 'TryStatement') {
        for (const body of childrenOf(definition, 'Body')) visit(statementsOf(body));
      }
    }
  };
  visit(bodyOf(cls));
  return found;
}
