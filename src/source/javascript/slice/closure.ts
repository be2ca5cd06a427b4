/** What a piece of code inside a function or block takes from there, so that it cannot stand elsewhere. */
import ts from 'typescript';
import { forEachReference } from '../names';
import { lineOf } from '../parse';
import type { ModuleScope } from './scope';

export interface Captured {
  readonly name: string;
  /** 1-based, where it is declared. */
  readonly line: number;
}

export interface Closure {
  /** Names that are bound between `root` and the module, in order of first use. */
  readonly captured: readonly Captured[];
  /** Whether `root` is a value that refers to itself by the variable that holds it. */
  readonly usesOwnName: boolean;
}

export function closureOf(root: ts.Node, scope: ModuleScope): Closure {
  const captured = new Map<string, Captured>();
  let usesOwnName = false;
  const around = namesAround(root);
  forEachReference(root, (use) => {
    if (use.text === 'arguments' && !hasArguments(use, root)) captured.set('arguments', { name: 'arguments', line: lineOf(scope.source, use.getStart()) });
    if (!around.has(use.text) || captured.has(use.text)) return;
    const declaration = scope.declarationOf(use);
    if (!declaration || isWithin(declaration, root) || scope.isModuleLevel(declaration)) return;
    if (ts.isVariableDeclaration(declaration) && declaration.initializer === root && !scope.names.has(use.text)) usesOwnName = true;
    else captured.set(use.text, { name: use.text, line: lineOf(scope.source, declaration.getStart()) });
  });
  return { captured: [...captured.values()], usesOwnName };
}

/** Names that the functions, blocks and loops around a node bind, as the binder lists them. */
function namesAround(root: ts.Node): ReadonlySet<string> {
  const names = new Set<string>();
  for (let node = root.parent; node && !ts.isSourceFile(node); node = node.parent) {
    for (const name of (node as unknown as { readonly locals?: ts.SymbolTable }).locals?.keys() ?? []) names.add(ts.unescapeLeadingUnderscores(name));
    // Their names are bound apart from what they hold.
    if ((ts.isClassExpression(node) || ts.isFunctionExpression(node)) && node.name) names.add(node.name.text);
    if (ts.isModuleDeclaration(node) || ts.isEnumDeclaration(node)) {
      for (const name of (node as unknown as { symbol?: ts.Symbol }).symbol?.exports?.keys() ?? []) names.add(ts.unescapeLeadingUnderscores(name));
    }
  }
  return names;
}

/** Whether `arguments` at a use are those of a function under `root`. */
function hasArguments(use: ts.Node, root: ts.Node): boolean {
  const owner = ts.findAncestor(use, (it) => (ts.isFunctionLike(it) && !ts.isArrowFunction(it)) || it === root.parent);
  return owner !== undefined && owner !== root.parent;
}

/** A `#name` under `root` whose class is not. */
export function strayPrivateName(root: ts.Node): string | null {
  const visit = (node: ts.Node): string | undefined => {
    if (ts.isPrivateIdentifier(node)) {
      const declares = (it: ts.Node): boolean => ts.isClassLike(it) && it.members.some(({ name }) => name?.getText() === node.text);
      const cls = ts.findAncestor(node, declares);
      if (!cls || !isWithin(cls, root)) return node.text;
    }
    return ts.forEachChild(node, visit);
  };
  return visit(root) ?? null;
}

const isWithin = (node: ts.Node, root: ts.Node): boolean => node.pos >= root.pos && node.end <= root.end;
