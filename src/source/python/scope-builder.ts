/** The walk that finds scopes, and what each binds and uses. */
import { textOf, type PySource } from './parse';
import type { Binding, NameUse, Scope, ScopeKind, UseKind } from './scopes';
import { childOf, type PyNode } from './tree';

interface GrowingScope extends Scope {
  readonly children: GrowingScope[];
  readonly bindings: Map<string, Binding>;
  readonly uses: NameUse[];
  readonly parent: GrowingScope | null;
  yields: boolean;
  /** The innermost class around, without leading underscores: what private names are mangled with. */
  readonly privateTo: string;
}

/** Where the walk is. */
interface Context {
  readonly scope: GrowingScope;
  /** What a name met here is used for. */
  readonly kind: UseKind;
  readonly annotation: boolean;
}

export class ScopeBuilder {
  readonly module: GrowingScope;
  readonly uses: NameUse[] = [];
  readonly of = new Map<PyNode, GrowingScope>();

  constructor(readonly source: PySource) {
    this.module = this.#scope('module', '', source.root, null);
  }

  build(): void {
    this.#all(this.source.root.children, { scope: this.module, kind: 'read', annotation: false });
  }

  #scope(kind: ScopeKind, name: string, node: PyNode, parent: GrowingScope | null): GrowingScope {
    const privateTo = kind === 'class' ? name.replace(/^_+/, '') : (parent?.privateTo ?? '');
    const scope: GrowingScope = { kind, name, node, parent, children: [], bindings: new Map(), uses: [], yields: false, privateTo };
    parent?.children.push(scope);
    if (!this.of.has(node) || kind !== 'type-parameters') this.of.set(node, scope);
    return scope;
  }

  #visit(node: PyNode, at: Context): void {
    switch (node.kind) {
      case 'VariableName':
        return this.#use(node, at);
      case 'FunctionDefinition':
        return this.#function(node, at.scope);
      case 'ClassDefinition':
        return this.#class(node, at.scope);
      case 'LambdaExpression':
        return this.#lambda(node, at);
      case 'ArrayComprehensionExpression':
      case 'ComprehensionExpression':
      case 'DictionaryComprehensionExpression':
      case 'SetComprehensionExpression':
        return this.#comprehension(node, node.children, at);
      case 'ArgList':
        return this.#arguments(node, at);
      case 'NamedExpression':
        return this.#walrus(node.children, at);
      case 'AssignStatement':
        return this.#assignment(node, at);
      case 'UpdateStatement':
        return this.#split(node.children, 'UpdateOp', 'update', at);
      case 'DeleteStatement':
        return this.#all(node.children, { ...at, kind: 'delete' });
      case 'ForStatement':
        return this.#split(node.children, 'in', 'write', at);
      case 'WithStatement':
        return this.#with(node.children, at);
      case 'TupleExpression':
        return this.#with(node.children, at);
      case 'TryStatement':
        return this.#try(node, at);
      case 'ImportStatement':
        return this.#import(node, at.scope);
      case 'ScopeStatement':
        return this.#declaration(node, at.scope);
      case 'TypeDefinition':
        return this.#typeAlias(node, at);
      case 'Decorator':
        return this.#decorator(node, at);
      case 'YieldStatement':
      case 'YieldExpression':
        at.scope.yields = true;
        return this.#all(node.children, at);
      // What is indexed or called is read, whatever becomes of the whole.
      case 'MemberExpression':
      case 'CallExpression':
        return this.#all(node.children, { ...at, kind: 'read' });
      case 'TypeDef':
        return this.#all(node.children, { ...at, kind: 'read', annotation: true });
      case 'CapturePattern':
        return this.#capture(node.children[0], at);
      case 'AsPattern':
        return this.#asPattern(node, at);
      case 'AttributePattern':
        return void (node.children[0] && this.#visit(node.children[0], at));
      case 'KeywordPattern':
        return this.#all(node.children.slice(1), at);
      default:
        return this.#all(node.children, at);
    }
  }

  #all(nodes: readonly PyNode[], at: Context): void {
    for (const node of nodes) this.#visit(node, at);
  }

  // Uses and bindings ------------------------------------------------------------------------------------------------------

  #use(node: PyNode, { scope, kind, annotation }: Context): void {
    const name = this.#nameOf(node, scope);
    this.#record({ name, node, scope, kind, annotation });
    if (kind !== 'read') this.#bind(scope, name).assigned = true;
    // `super()` finds its class by a name that it does not mention.
    if (name === 'super' && kind === 'read' && isFunctionLike(scope)) {
      this.#record({ name: '__class__', node, scope, kind, annotation: false });
    }
  }

  #record(use: NameUse): void {
    (use.scope as GrowingScope).uses.push(use);
    this.uses.push(use);
  }

  #bind(scope: GrowingScope, name: string): Binding {
    let binding = scope.bindings.get(name);
    if (!binding) {
      binding = { name, parameter: false, imported: false, assigned: false, annotated: false, global: false, nonlocal: false };
      scope.bindings.set(name, binding);
    }
    return binding;
  }

  /** A definition's, import's or handler's own name. */
  #define(node: PyNode | undefined, scope: GrowingScope): void {
    if (node) this.#use(node, { scope, kind: 'write', annotation: false });
  }

  #nameOf(node: PyNode, scope: GrowingScope): string {
    let name = textOf(this.source, node);
    if (/[^\0-\x7f]/.test(name)) name = name.normalize('NFKC');
    const isPrivate = name.startsWith('__') && !name.endsWith('__') && scope.privateTo !== '';
    return isPrivate ? `_${scope.privateTo}${name}` : name;
  }

  // Statements -------------------------------------------------------------------------------------------------------------

  /** `targets … mark … rest`: what stands before the mark is written. */
  #split(nodes: readonly PyNode[], mark: 'in' | 'UpdateOp', kind: UseKind, at: Context): void {
    const index = nodes.findIndex((it) => it.kind === mark);
    const end = index < 0 ? nodes.length : index;
    this.#all(nodes.slice(0, end), { ...at, kind });
    this.#all(nodes.slice(end), at);
  }

  /** The targets of `a = b = value`, and of `a: int = value`. */
  #assignment(node: PyNode, at: Context): void {
    const last = node.children.findLastIndex((it) => it.kind === 'AssignOp');
    const annotation = childOf(node, 'TypeDef');
    const [first] = node.children;
    node.children.forEach((child, index) => {
      const isTarget = index < last || (last < 0 && child.kind !== 'TypeDef');
      if (annotation && child === first && last < 0) return this.#declared(child, at);
      this.#visit(child, isTarget && child.kind !== 'TypeDef' ? { ...at, kind: 'write' } : at);
      if (annotation && child === first && child.kind === 'VariableName') {
        this.#bind(at.scope, this.#nameOf(child, at.scope)).annotated = true;
      }
    });
  }

  /** `x: int` binds a name and gives it no value; `x.y: int` evaluates `x`. */
  #declared(target: PyNode, at: Context): void {
    if (target.kind === 'VariableName') this.#bind(at.scope, this.#nameOf(target, at.scope)).annotated = true;
    else if (target.kind !== 'ParenthesizedExpression' || target.children[1]?.kind !== 'VariableName') this.#visit(target, at);
  }

  #with(nodes: readonly PyNode[], at: Context): void {
    nodes.forEach((node, index) => this.#visit(node, nodes[index - 1]?.kind === 'as' ? { ...at, kind: 'write' } : at));
  }

  /** `except E as name` */
  #try({ children }: PyNode, at: Context): void {
    children.forEach((node, index) => {
      if (children[index - 1]?.kind === 'as') this.#define(node, at.scope);
      else this.#visit(node, at);
    });
  }

  #import(node: PyNode, scope: GrowingScope): void {
    for (const { binds } of importedNames(node)) {
      if (!binds) continue;
      const name = this.#nameOf(binds, scope);
      this.#record({ name, node: binds, scope, kind: 'write', annotation: false });
      this.#bind(scope, name).imported = true;
    }
  }

  #declaration(node: PyNode, scope: GrowingScope): void {
    const isGlobal = node.children[0]?.kind === 'global';
    for (const child of node.children) {
      if (child.kind !== 'VariableName') continue;
      const binding = this.#bind(scope, this.#nameOf(child, scope));
      if (isGlobal) binding.global = true;
      else binding.nonlocal = true;
    }
  }

  /** `@a.b(c)`: only the first name is a name. */
  #decorator(node: PyNode, at: Context): void {
    node.children.forEach((child, index) => {
      if (child.kind !== 'VariableName' || node.children[index - 1]?.kind !== '.') this.#visit(child, at);
    });
  }

  // Definitions ------------------------------------------------------------------------------------------------------------

  #function(node: PyNode, scope: GrowingScope): void {
    const name = childOf(node, 'VariableName');
    this.#define(name, scope);
    const parameters = childOf(node, 'ParamList');
    const outside: Context = { scope, kind: 'read', annotation: false };
    if (parameters) this.#defaults(parameters, outside);
    const around = this.#typeParameters(node, scope);
    const annotating: Context = { ...outside, scope: around };
    for (const child of parameters?.children ?? []) if (child.kind === 'TypeDef') this.#visit(child, annotating);
    for (const child of node.children) if (child.kind === 'TypeDef') this.#visit(child, annotating);
    const inside = this.#scope('function', name ? textOf(this.source, name) : '', node, around);
    if (parameters) this.#parameters(parameters, inside);
    const body = childOf(node, 'Body');
    if (body) this.#visit(body, { ...outside, scope: inside });
  }

  #lambda(node: PyNode, at: Context): void {
    const parameters = childOf(node, 'ParamList');
    if (parameters) this.#defaults(parameters, at);
    const inside = this.#scope('lambda', '', node, at.scope);
    if (parameters) this.#parameters(parameters, inside);
    for (const child of node.children) {
      if (child !== parameters) this.#visit(child, { scope: inside, kind: 'read', annotation: at.annotation });
    }
  }

  #defaults({ children }: PyNode, at: Context): void {
    children.forEach((child, index) => {
      if (children[index - 1]?.kind === 'AssignOp') this.#visit(child, at);
    });
  }

  #parameters({ children }: PyNode, scope: GrowingScope): void {
    children.forEach((child, index) => {
      if (child.kind !== 'VariableName' || children[index - 1]?.kind === 'AssignOp') return;
      const name = this.#nameOf(child, scope);
      this.#record({ name, node: child, scope, kind: 'write', annotation: false });
      this.#bind(scope, name).parameter = true;
    });
  }

  #class(node: PyNode, scope: GrowingScope): void {
    const name = childOf(node, 'VariableName');
    this.#define(name, scope);
    const around = this.#typeParameters(node, scope);
    const outside: Context = { scope: around, kind: 'read', annotation: false };
    const bases = childOf(node, 'ArgList');
    if (bases) this.#visit(bases, outside);
    const inside = this.#scope('class', name ? textOf(this.source, name) : '', node, around);
    const body = childOf(node, 'Body');
    if (body) this.#visit(body, { ...outside, scope: inside });
  }

  /** The scope that a definition's type parameters make, or the one around it. */
  #typeParameters(node: PyNode, scope: GrowingScope): GrowingScope {
    const list = childOf(node, 'TypeParamList');
    if (!list) return scope;
    const inside = this.#scope('type-parameters', '', node, scope);
    for (const parameter of list.children) {
      if (parameter.kind !== 'TypeParam') continue;
      this.#define(childOf(parameter, 'VariableName'), inside);
      const bound = childOf(parameter, 'TypeDef');
      if (bound) this.#visit(bound, { scope: this.#scope('type-value', '', bound, inside), kind: 'read', annotation: true });
    }
    return inside;
  }

  #typeAlias(node: PyNode, at: Context): void {
    this.#define(childOf(node, 'VariableName'), at.scope);
    const around = this.#typeParameters(node, at.scope);
    const value = node.children.slice(1).findLast((it) => it.kind !== 'TypeParamList' && it.kind !== '⚠');
    // Without a value, the last is the alias's own name.
    if (!value || value === childOf(node, 'VariableName')) return;
    this.#visit(value, { scope: this.#scope('type-value', '', value, around), kind: 'read', annotation: true });
  }

  // Expressions ------------------------------------------------------------------------------------------------------------

  /** Keyword arguments are no names; a generator expression may stand without its own parentheses. */
  #arguments(node: PyNode, at: Context): void {
    const { children } = node;
    const loop = children.findIndex((it) => it.kind === 'for');
    const element = loop < 0 ? children.length : children[loop - 1]?.kind === 'async' ? loop - 2 : loop - 1;
    const inside: Context = { ...at, kind: 'read' };
    for (let index = 0; index < element; index++) {
      const child = children[index]!;
      const next = children[index + 1];
      if (child.kind !== 'VariableName' || next?.kind !== 'AssignOp') this.#visit(child, inside);
      else if (textOf(this.source, next) === ':=') this.#walrusTarget(child, at.scope);
    }
    if (loop >= 0) this.#comprehension(node, children.slice(Math.max(0, element)), inside);
  }

  /** `parts` hold the element, then `for … in …` and `if …` clauses. */
  #comprehension(node: PyNode, parts: readonly PyNode[], at: Context): void {
    const inside: Context = { scope: this.#scope('comprehension', '', node, at.scope), kind: 'read', annotation: at.annotation };
    let clause: 'element' | 'targets' | 'iterable' | 'rest' = 'element';
    let loops = 0;
    for (const part of parts) {
      if (part.kind === 'for') {
        clause = 'targets';
        loops++;
      } else if (part.kind === 'in' && clause === 'targets') clause = 'iterable';
      else if (clause === 'targets') this.#visit(part, { ...inside, kind: 'write' });
      // The first iterable is evaluated outside.
      else if (clause === 'iterable') {
        this.#visit(part, loops === 1 ? { ...at, kind: 'read' } : inside);
        clause = 'rest';
      } else this.#visit(part, inside);
    }
  }

  #walrus([target, , value]: readonly PyNode[], at: Context): void {
    if (target?.kind === 'VariableName') this.#walrusTarget(target, at.scope);
    else if (target) this.#visit(target, { ...at, kind: 'write' });
    if (value) this.#visit(value, { ...at, kind: 'read' });
  }

  /** Binds around comprehensions, not in them. */
  #walrusTarget(node: PyNode, scope: GrowingScope): void {
    let outer = scope;
    while (outer.kind === 'comprehension' && outer.parent) outer = outer.parent;
    const name = this.#nameOf(node, scope);
    this.#record({ name, node, scope, kind: 'write', annotation: false });
    const binding = this.#bind(outer, name);
    binding.assigned = true;
    if (outer === scope) return;
    const inner = this.#bind(scope, name);
    inner.assigned = true;
    if (outer.kind === 'module' || binding.global) inner.global = true;
    else inner.nonlocal = true;
  }

  // Patterns ---------------------------------------------------------------------------------------------------------------

  #capture(name: PyNode | undefined, at: Context): void {
    if (name && textOf(this.source, name) !== '_') this.#define(name, at.scope);
  }

  #asPattern(node: PyNode, at: Context): void {
    const name = node.children.at(-1);
    this.#all(node.children.slice(0, -1), at);
    this.#capture(name, at);
  }
}

const isFunctionLike = ({ kind }: Scope): boolean => kind === 'function' || kind === 'lambda' || kind === 'comprehension';

/** One name of an `import` statement. */
export interface ImportedName {
  /** What is imported: `a.b`, `name`, or `*`. */
  readonly start: number;
  readonly end: number;
  /** The node whose text is the name that the module gets; `null` for `*`. */
  readonly binds: PyNode | null;
}

/** What an `import` or `from … import` statement imports. */
export function importedNames({ children }: PyNode): ImportedName[] {
  const names: ImportedName[] = [];
  const from = children.findIndex((it) => it.kind === 'import');
  if (from < 0) return [];
  let parts: PyNode[] = [];
  const finish = (): void => {
    const [first] = parts;
    const last = parts.at(-1);
    if (first && last) {
      const star = first.kind === '*';
      const renamed = parts.some((it) => it.kind === 'as') && last.kind === 'VariableName';
      names.push({ start: first.start, end: last.end, binds: star ? null : renamed ? last : first });
    }
    parts = [];
  };
  for (const child of children.slice(from + 1)) {
    if (child.kind === ',') finish();
    else if (child.kind !== '(' && child.kind !== ')' && child.kind !== '⚠') parts.push(child);
  }
  finish();
  return names.filter(({ binds }) => binds === null || binds.kind === 'VariableName');
}
