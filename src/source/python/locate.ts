/** Every named function of a file, with the expression that reaches it or the reason why nothing can. */
import type { FoundFunction } from '../found-function';
import { builtins } from './builtins';
import { constructionOf } from './classes';
import { doctestInputs } from './doctests';
import { bodyOf, decoratorNames, definedName, describeParameters, isAsync, isNamed, parametersOf, requiredKeywords, type Parameter } from './functions';
import type { LocatedFunction, Reach } from './located';
import { columnOf, lineOf, textOf, type PySource } from './parse';
import {
  abstractClassReason, abstractReason, accessorReason, closureReason, constructorReason, generatorReason, keywordReason, nameTakenReason,
  needsInstanceReason, nestedReason, shadowedReason, type Reason,
} from './refusals';
import { holderOf, isWithin, scopesOf, type Scopes } from './scopes';
import { childOf, childrenOf, statementsOf, undecorated, withDecorators, type PyNode } from './tree';

/** Where the walk is. */
interface Place {
  /** What the names here are appended to: empty, `Class`, `outer`. */
  readonly path: string;
  /** The class whose body this is. */
  readonly cls: PyNode | null;
  /** The name of the function around, if there is one. */
  readonly outer: string | null;
  /** Whether a class stands between here and that function. */
  readonly classInFunction: boolean;
}

export function locateFunctions(source: PySource, scopes = scopesOf(source)): LocatedFunction[] {
  const locator = new Locator(source, scopes);
  locator.visit(statementsOf(source.root), { path: '', cls: null, outer: null, classInFunction: false });
  return locator.found.sort((a, b) => a.found.nameRange.start - b.found.nameRange.start);
}

class Locator {
  readonly found: LocatedFunction[] = [];
  readonly #classes = new Map<string, PyNode>();

  constructor(readonly source: PySource, readonly scopes: Scopes) {
    this.#gatherClasses(statementsOf(source.root));
  }

  #gatherClasses(statements: readonly PyNode[]): void {
    for (const statement of statements) {
      const definition = undecorated(statement);
      if (definition.kind === 'ClassDefinition') this.#classes.set(definedName(this.source, definition), definition);
      else if (definition.kind !== 'FunctionDefinition') for (const body of bodiesOf(definition)) this.#gatherClasses(statementsOf(body));
    }
  }

  visit(statements: readonly PyNode[], at: Place): void {
    const last = this.#lastDefinitions(statements);
    for (const statement of statements) {
      const definition = undecorated(statement);
      const name = definedName(this.source, definition);
      if (definition.kind === 'FunctionDefinition') this.#function(definition, at, last.get(name) ?? definition);
      else if (definition.kind === 'ClassDefinition') this.#class(definition, name, at);
      else if (statement.kind === 'AssignStatement') this.#lambda(statement, at);
      else for (const body of bodiesOf(statement)) this.visit(statementsOf(body), at);
    }
  }

  /** Of each name, the definition that stays. `@x.setter` and `@f.register` add to another one. */
  #lastDefinitions(statements: readonly PyNode[]): Map<string, PyNode> {
    const last = new Map<string, PyNode>();
    for (const statement of statements) {
      const definition = undecorated(statement);
      if (definition.kind !== 'FunctionDefinition' && definition.kind !== 'ClassDefinition') continue;
      const name = definedName(this.source, definition);
      if (!decoratorNames(this.source, definition).some((it) => it.startsWith(`${name}.`))) last.set(name, definition);
    }
    return last;
  }

  #class(definition: PyNode, name: string, at: Place): void {
    this.visit(bodyOf(definition), { ...at, path: join(at.path, name), cls: definition, classInFunction: at.outer !== null });
  }

  #function(fn: PyNode, at: Place, last: PyNode): void {
    const ownName = definedName(this.source, fn);
    if (ownName === '') return;
    const name = join(at.path, ownName);
    const decorators = decoratorNames(this.source, fn);
    if (!isNamed(decorators, 'overload')) {
      const parameters = parametersOf(this.source, fn);
      const reason = this.#ownReason(fn, name, at, decorators, parameters, last);
      const reached = reason ?? this.#reach(fn, name, at, decorators);
      this.#add(fn, childOf(fn, 'VariableName')!, withDecorators(fn), name, parameters, at, reached);
    }
    this.visit(bodyOf(fn), { path: name, cls: null, outer: name, classInFunction: false });
  }

  /** `f = lambda x: …` at the top level or in a class. */
  #lambda(statement: PyNode, at: Place): void {
    const [target, sign, value, more] = statement.children;
    if (at.outer !== null || target?.kind !== 'VariableName' || sign?.kind !== 'AssignOp' || value?.kind !== 'LambdaExpression' || more) return;
    const name = join(at.path, textOf(this.source, target));
    const parameters = parametersOf(this.source, value);
    const isGenerator = this.scopes.of.get(value)?.yields ?? false;
    const reason = isGenerator ? generatorReason(name, false) : null;
    this.#add(value, target, statement, name, parameters, { ...at, cls: null }, reason ?? { entry: name, importName: null, constructs: null, lifted: false });
  }

  /** What is wrong with the function itself, wherever it stands. */
  #ownReason(fn: PyNode, name: string, at: Place, decorators: readonly string[], parameters: readonly Parameter[], last: PyNode): Reason | null {
    if (at.cls) {
      if (isNamed(decorators, 'property', 'cached_property', 'setter', 'getter', 'deleter')) return accessorReason(name);
      if (isNamed(decorators, 'abstractmethod', 'abstractclassmethod', 'abstractstaticmethod')) return abstractReason(name);
      if (['__init__', '__new__'].includes(definedName(this.source, fn))) return constructorReason(name);
    }
    if (last !== fn && last.start > fn.start) return shadowedReason(name, lineOf(this.source, last.start));
    if (this.scopes.of.get(fn)?.yields) return generatorReason(name, isAsync(fn));
    const keywords = requiredKeywords(parameters);
    return keywords.length > 0 ? keywordReason(name, keywords) : null;
  }

  #reach(fn: PyNode, name: string, at: Place, decorators: readonly string[]): Reach | Reason {
    if (at.outer !== null) return this.#lift(fn, name, at);
    if (!at.cls) return { entry: name, importName: name, constructs: null, lifted: false };
    const free = isNamed(decorators, 'staticmethod', 'classmethod') || ['__init_subclass__', '__class_getitem__'].includes(definedName(this.source, fn));
    return free ? { entry: name, importName: name, constructs: null, lifted: false } : this.#onObject(fn, name, at.path, at.cls);
  }

  #onObject(fn: PyNode, name: string, path: string, cls: PyNode): Reach | Reason {
    const made = constructionOf(this.source, cls, (it) => this.#classes.get(it) ?? null);
    if (made.kind === 'abstract') return abstractClassReason(name, path);
    if (made.kind === 'needs') return needsInstanceReason(name, path, made.needs, this.#usesSelf(fn));
    return { entry: `${path}().${definedName(this.source, fn)}`, importName: null, constructs: path, lifted: false };
  }

  #usesSelf(fn: PyNode): boolean {
    const [self] = parametersOf(this.source, fn);
    const scope = this.scopes.of.get(fn);
    return this.scopes.uses.some(
      (use) => use.kind === 'read' && scope && isWithin(use.scope, scope) && (use.name === self?.name || use.name === '__class__'),
    );
  }

  /** A function inside another becomes one of the module, if it uses nothing of the other. */
  #lift(fn: PyNode, name: string, at: Place): Reach | Reason {
    const outer = at.outer!;
    const captured = this.#captured(fn);
    if (captured.length > 0) return closureReason(name, captured, outer);
    if (at.classInFunction) return nestedReason(name, outer);
    const ownName = definedName(this.source, fn);
    const taken = this.scopes.module.bindings.has(ownName) && this.scopes.module.uses.find((use) => use.name === ownName && use.kind !== 'read');
    if (taken) return nameTakenReason(name, lineOf(this.source, taken.node.start));
    return { entry: ownName, importName: ownName, constructs: null, lifted: true };
  }

  /** Names of the functions around that a whole definition uses, defaults and decorators too. */
  #captured(fn: PyNode): string[] {
    const whole = withDecorators(fn);
    const own = this.scopes.of.get(fn)!;
    const ownName = childOf(fn, 'VariableName')!;
    const names = new Set<string>();
    for (const use of this.scopes.uses) {
      if (use.node.start < whole.start || use.node.start >= whole.end || use.node === ownName) continue;
      const holder = holderOf(use.scope, use.name);
      const isOwn = holder.kind === 'module' || isWithin(holder, own) || (holder.node.start >= whole.start && holder.node.end <= whole.end);
      if (!isOwn && use.name !== textOf(this.source, ownName)) names.add(use.name);
    }
    return [...names];
  }

  #add(node: PyNode, nameNode: PyNode, whole: PyNode, name: string, all: readonly Parameter[], at: Place, reached: Reach | Reason): void {
    const { source } = this;
    const line = lineOf(source, nameNode.start);
    const isBound = at.cls !== null && !isNamed(decoratorNames(source, node), 'staticmethod');
    const parameters = describeParameters(all, isBound);
    const found: FoundFunction = {
      language: 'python',
      name,
      nameRange: { start: nameNode.start, end: nameNode.end },
      range: { start: whole.start, end: whole.end },
      line,
      column: columnOf(source, nameNode.start),
      parameters,
      async: isAsync(node),
      exported: at.outer === null,
      examples: doctestInputs(source, node, name, parameters.most, (it) => builtins.has(it) || this.scopes.module.bindings.has(it)),
      ...('code' in reached && { refusal: { ...reached, line } }),
    };
    this.found.push({ found, node, whole, reach: 'code' in reached ? null : reached });
  }
}

/** The bodies of a compound statement that is no definition. */
export function bodiesOf(statement: PyNode): PyNode[] {
  if (statement.kind !== 'MatchStatement') return childrenOf(statement, 'Body');
  const clauses = childOf(statement, 'MatchBody')?.children ?? [];
  return clauses.flatMap((it) => childrenOf(it, 'Body'));
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
