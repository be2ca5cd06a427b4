/**
 * Every named function of a file, with the code that reaches it or the reason why nothing can.
 * One walk over the tree; a `Place` says what the path so far is called and what holds its members at run time.
 */
import ts from 'typescript';
import type { FoundFunction, SourceRange } from '../found-function';
import { exampleInputs } from './examples';
import { exportedNames, exportsAssignment } from './exported-names';
import { bare, describeParameters, isAsync, isFunctionNode, isFunctionValue, isOverload, usesThis, type FunctionNode } from './functions';
import type { LocatedFunction } from './located';
import { memberName } from './members';
import { moduleNames } from './module-names';
import { hasModifier, isDeclared } from './names';
import { isTypeScript } from './parse';
import {
  block,
  declaredIn,
  defaultExport,
  inline,
  isDottedName,
  join,
  moduleLevel,
  ownerOf,
  scopeOwner,
  type Named,
  type Place,
} from './place';
import { reachClassMember, reachDirectly, reachMember, type Owner, type Reached } from './reach';
import { arrowThisReason, closureReason, computedReason, hiddenInNamespace, ownReason, privateReason } from './refusals';
import { closureOf, strayPrivateName } from './slice/closure';
import type { Lift } from './slice/lift';
import { ModuleScope } from './slice/scope';
import { freshPrefix } from './surrounding-edits';

export function locateFunctions(source: ts.SourceFile): LocatedFunction[] {
  const locator = new Locator(source);
  const place = { ...moduleLevel, declared: source.isDeclarationFile };
  for (const statement of source.statements) locator.visit(statement, place);
  return locator.found.sort((a, b) => a.found.nameRange.start - b.found.nameRange.start);
}

class Locator {
  readonly found: LocatedFunction[] = [];
  readonly #exported: ReadonlySet<string>;
  #names: ReadonlySet<string> | null = null;
  #lifted: string | null = null;

  constructor(readonly source: ts.SourceFile) {
    this.#exported = exportedNames(source);
  }

  visit = (node: ts.Node, at: Place): void => {
    if (ts.isFunctionDeclaration(node)) this.#functionDeclaration(node, at);
    else if (ts.isClassDeclaration(node)) this.#classDeclaration(node, at);
    else if (ts.isVariableStatement(node)) this.#variables(node, at);
    else if (ts.isModuleDeclaration(node)) this.#namespace(node, at);
    else if (ts.isExportAssignment(node)) this.#exportAssignment(node, at);
    else if (ts.isExpressionStatement(node)) this.#expressionStatement(node, at);
    else if (isFunctionValue(node)) this.#callback(node, at);
    else if (ts.isClassExpression(node))
      this.#class(node, this.#named(node.name?.text ?? 'class', node.name ?? node, node, at), inline(at));
    else if (ts.isObjectLiteralExpression(node)) this.#object(node, null, inline(at));
    else if (ts.isVariableDeclarationList(node)) this.#declarations(node, node, block(at));
    else if (ts.isBlock(node) || ts.isCaseBlock(node)) this.#within(node, block(at));
    else this.#within(node, at);
  };

  #within(node: ts.Node, at: Place): void {
    ts.forEachChild(node, (child) => this.visit(child, at));
  }

  #functionDeclaration(node: ts.FunctionDeclaration, at: Place): void {
    if (isOverload(node)) return;
    const name = node.name?.text ?? 'default';
    const named =
      node.name || !hasModifier(node, ts.SyntaxKind.DefaultKeyword)
        ? this.#named(name, node.name ?? node, node, at)
        : this.#default(node, node, at);
    this.#function(node, named, at);
  }

  #classDeclaration(node: ts.ClassDeclaration, at: Place): void {
    this.#class(
      node,
      node.name ? this.#named(node.name.text, node.name, node, at) : this.#default(node, node, at),
      declaredIn(at, node),
    );
  }

  #variables(node: ts.VariableStatement, at: Place): void {
    const alone = node.declarationList.declarations.length === 1;
    this.#declarations(
      node.declarationList,
      alone ? node : null,
      declaredIn(at, node),
      hasModifier(node, ts.SyntaxKind.ExportKeyword),
    );
  }

  #declarations(list: ts.VariableDeclarationList, whole: ts.Node | null, at: Place, exported = false): void {
    for (const it of list.declarations) {
      if (!ts.isIdentifier(it.name) || !it.initializer) this.#within(it, at);
      else this.#value(it.initializer, this.#named(it.name.text, it.name, whole ?? it, at, exported), at);
    }
  }

  /** `namespace N { export function f() {} }`: what it exports hangs on `N`. */
  #namespace(node: ts.ModuleDeclaration, at: Place): void {
    if (!node.body) return;
    const dotted = ts.isModuleDeclaration(node.parent);
    const named = this.#named(node.name.text, node.name, node, at, dotted || hasModifier(node, ts.SyntaxKind.ExportKeyword));
    const place = { ...declaredIn(at, node), path: named.name, owner: named.owner, exported: named.exported };
    if (ts.isModuleBlock(node.body)) for (const statement of node.body.statements) this.visit(statement, place);
    else this.visit(node.body, place);
  }

  #exportAssignment(node: ts.ExportAssignment, at: Place): void {
    const value = bare(node.expression);
    const ownName = isFunctionValue(value) && 'name' in value ? value.name?.text : undefined;
    const owner = node.isExportEquals ? scopeOwner('module.exports') : defaultExport;
    this.#value(
      node.expression,
      { name: ownName ?? 'default', nameRange: this.#range(node, value), whole: node, owner, exported: true },
      at,
    );
  }

  /** `exports.f = …`, `C.prototype.m = …`, `f = …`: whatever is assigned a function at the top level. */
  #expressionStatement(node: ts.ExpressionStatement, at: Place): void {
    const expression = bare(node.expression);
    const target =
      ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.EqualsToken ? expression.left : null;
    const exportsTo = exportsAssignment(expression);
    if (exportsTo) {
      const value = bare(exportsTo.value);
      const ownName = ts.isFunctionExpression(value) ? value.name?.text : undefined;
      // The members of `module.exports = { … }` go by their own names.
      const name = exportsTo.name ?? ownName ?? (ts.isObjectLiteralExpression(value) ? '' : 'default');
      this.#value(
        value,
        { name, nameRange: this.#range(target!), whole: node, owner: scopeOwner(exportsTo.place), exported: true },
        at,
      );
    } else if (target && isDottedName(target)) {
      const named = this.#named(target.getText(this.source), target, node, at);
      this.#value((expression as ts.BinaryExpression).right, { ...named, name: named.name.replace(/\bthis\./, '') }, at);
    } else this.#within(node, at);
  }

  /** What a name is given: a function, a class, an object of functions, or an expression with functions somewhere inside. */
  #value(expression: ts.Expression, named: Named, at: Place): void {
    const value = bare(expression);
    if (isFunctionValue(value)) this.#function(value, named, at);
    else if (ts.isClassExpression(value)) this.#class(value, named, at);
    else if (ts.isObjectLiteralExpression(value)) this.#object(value, named, at);
    else this.visit(value, at);
  }

  #function(fn: FunctionNode, named: Named, at: Place): void {
    this.#add(fn, named, at, { node: fn, reach: (owner) => reachDirectly(named.name, fn, owner) });
    this.#body(fn, named.name, at);
  }

  #callback(fn: ts.FunctionExpression | ts.ArrowFunction, at: Place): void {
    if (ts.isFunctionExpression(fn) && fn.name) this.#function(fn, this.#named(fn.name.text, fn.name, fn, at), inline(at));
    else this.#body(fn, at.path, at);
  }

  #body(fn: FunctionNode, name: string, at: Place): void {
    const outer = name === '' ? 'the function' : `\`${name}\``;
    const inside: Place = {
      ...at,
      path: name,
      owner: null,
      exported: false,
      barrier: outer,
    };
    for (const parameter of fn.parameters) this.#within(parameter, inside);
    if (fn.body && ts.isBlock(fn.body)) for (const statement of fn.body.statements) this.visit(statement, inside);
    else if (fn.body) this.visit(fn.body, inside);
  }

  #class(cls: ts.ClassLikeDeclaration, named: Named, at: Place): void {
    const inside = { ...at, path: named.name };
    for (const element of cls.members) {
      const fn = ts.isPropertyDeclaration(element) ? element.initializer && bare(element.initializer) : element;
      if (!fn || !isFunctionNode(fn) || isOverload(fn)) this.#within(element, inline(inside));
      else this.#classMember(cls, element, fn, named, at);
    }
  }

  #classMember(cls: ts.ClassLikeDeclaration, element: ts.ClassElement, fn: FunctionNode, owner: Named, at: Place): void {
    const key = element.name ? memberName(element.name) : { shown: '.constructor', access: '.constructor' };
    const name = owner.name + (key?.shown ?? '[…]');
    const nameNode = element.name ?? element;
    const reach = (holder: Owner): Reached => {
      if (!key) return { reason: computedReason(name) };
      if (key.access === null) return { reason: privateReason(name) };
      return reachClassMember(name, fn, element, cls, holder, key.access);
    };
    this.#add(fn, { ...owner, name, nameRange: this.#range(nameNode), whole: element }, at, { node: cls, reach });
    this.#body(fn, name, at);
  }

  /** Functions in an object; `named` is `null` where nothing holds the object. */
  #object(object: ts.ObjectLiteralExpression, named: Named | null, at: Place): void {
    for (const property of object.properties) {
      const value = ts.isPropertyAssignment(property) ? bare(property.initializer) : property;
      const key = property.name && memberName(property.name);
      const name = join(named?.name ?? at.path, key?.shown ?? '[…]');
      const member: Named = {
        name,
        nameRange: this.#range(property.name ?? property),
        whole: property,
        owner: named && key?.access ? ownerOf(named.owner, key.access) : defaultExport,
        exported: named?.exported ?? false,
        ...(named?.hidden && { hidden: named.hidden }),
      };
      const within = named ? at : inline(at);
      if (isFunctionNode(value)) {
        this.#objectMember(value, key?.access ?? null, member, named, within);
        this.#body(value, name, within);
      } else if (ts.isObjectLiteralExpression(value)) this.#object(value, key ? member : null, within);
      else this.#within(property, inline({ ...within, path: named?.name ?? at.path }));
    }
  }

  /** Through the object; taken out of one that no name of the module leads to, alone and only where it does not use it. */
  #objectMember(fn: FunctionNode, access: string | null, member: Named, object: Named | null, at: Place): void {
    const { name } = member;
    this.#add(fn, member, at, {
      node: fn,
      reach: (owner) => {
        if (at.barrier === null) return access && object ? reachMember(fn, object.owner, access) : { reason: computedReason(name) };
        if (!ts.isMethodDeclaration(fn)) return reachDirectly(name, fn, owner);
        if (!access) return { reason: computedReason(name) };
        return usesThis(fn) ? reachDirectly(name, fn, owner) : { reach: ownerOf(owner, access) };
      },
    });
  }

  #add(fn: FunctionNode, named: Named, at: Place, how: Reaching): void {
    const start = this.source.getLineAndCharacterOfPosition(named.nameRange.start);
    const own = ownReason(named.name, fn, at.declared || isDeclared(fn)) ?? named.hidden?.(named.name);
    const reached: Reached & { lift?: Lift } = own
      ? { reason: own }
      : at.barrier === null
        ? how.reach(named.owner)
        : this.#takenOut(fn, named.name, at.barrier, how);
    const parameters = describeParameters(fn, this.source);
    const found: FoundFunction = {
      language: isTypeScript(this.source.fileName) ? 'typescript' : 'javascript',
      name: named.name,
      nameRange: named.nameRange,
      range: { start: named.whole.getStart(this.source), end: named.whole.end },
      line: start.line + 1,
      column: start.character + 1,
      parameters,
      async: isAsync(fn),
      exported: named.exported && !at.barrier,
      examples: exampleInputs(
        this.source,
        named.whole,
        named.name,
        parameters.most,
        () => (this.#names ??= moduleNames(this.source)),
      ),
      ...('reason' in reached && { refusal: { ...reached.reason, line: start.line + 1 } }),
    };
    this.found.push({ found, node: fn, whole: named.whole, reach: 'reach' in reached ? reached.reach : null, lift: reached.lift ?? null });
  }

  /** A function inside another or in a block: by itself, where it uses nothing of what is around it. */
  #takenOut(fn: FunctionNode, name: string, around: string, { node, reach }: Reaching): Reached & { lift?: Lift } {
    if (ts.isArrowFunction(fn) && node === fn && usesThis(fn)) return { reason: arrowThisReason(name) };
    const { captured, usesOwnName } = closureOf(node, ModuleScope.of(this.source));
    if (captured.length > 0) return { reason: closureReason(name, captured, around) };
    if (strayPrivateName(node) !== null) return { reason: privateReason(name) };
    const lift: Lift = { node, name: (this.#lifted ??= `${freshPrefix(this.source.text)}F`), alias: usesOwnName ? variableOf(node) : null };
    const reached = reach(scopeOwner(lift.name));
    return 'reach' in reached ? { ...reached, lift } : reached;
  }

  /** A name that a declaration at `at` introduces. */
  #named(
    text: string,
    nameNode: ts.Node,
    whole: ts.Node,
    at: Place,
    exportedThere = hasModifier(whole, ts.SyntaxKind.ExportKeyword),
  ): Named {
    const name = join(at.path, `.${text}`);
    const about = { name, nameRange: this.#range(nameNode), whole };
    if (at.owner === null) return { ...about, owner: scopeOwner(text), exported: exportedThere || this.#exported.has(text) };
    const owner = ownerOf(at.owner, `.${text}`);
    return { ...about, owner, exported: exportedThere && at.exported, ...(!exportedThere && { hidden: hiddenInNamespace }) };
  }

  /** `export default function () {}` and its like: only the module's namespace holds it. */
  #default(whole: ts.Node, node: ts.Node, at: Place): Named {
    return { name: join(at.path, '.default'), nameRange: this.#range(node), whole, owner: defaultExport, exported: true };
  }

  /** From a node's first token to its end, or to where `before` starts. */
  #range(node: ts.Node, before?: ts.Node): SourceRange {
    const start = node.getStart(this.source);
    if (!before) return { start, end: ts.isFunctionLike(node) || ts.isClassLike(node) ? start : node.end };
    return { start, end: Math.max(start, before.getFullStart()) };
  }
}

/** How a function is reached from what holds it; `node` is what has to be taken out together with it where nothing does. */
interface Reaching {
  readonly node: ts.Node;
  readonly reach: (owner: Owner) => Reached;
}

/** The name of the variable that is given a value. */
function variableOf(value: ts.Node): string | null {
  const declaration = ts.findAncestor(value, ts.isVariableDeclaration);
  return declaration && ts.isIdentifier(declaration.name) ? declaration.name.text : null;
}
