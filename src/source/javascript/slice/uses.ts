/** Which names of the module a piece of it uses. */
import ts from 'typescript';
import { forEachReference, isFree } from '../names';
import type { ModuleScope } from './scope';

/** A name of the module's scope; of CommonJS also `exports.NAME`, and `exports.*` for all of them. */
export type Key = string;

export interface Use {
  readonly key: Key;
  readonly name: ts.Identifier;
}

export const allExports = 'exports.*';
export const isExportKey = (key: Key): boolean => key.startsWith('exports.');

/** Every use under `root`, in order; of properties of `exports` only those that are read. */
export function usesOf(root: ts.Node, scope: ModuleScope): Use[] {
  const uses: Use[] = [];
  forEachReference(root, (name) => {
    const key = keyOf(name, scope);
    if (key !== null && !(isExportKey(key) && isOnlyFilled(name))) uses.push({ key, name });
  });
  if (hasJsx(root)) for (const key of jsxNames(scope)) uses.push({ key, name: root as ts.Identifier });
  for (const name of decoratedTypes(root)) {
    const key = scope.moduleName(name);
    if (key !== null) uses.push({ key, name });
  }
  return uses;
}

export function keyOf(name: ts.Identifier, scope: ModuleScope): Key | null {
  return scope.moduleName(name) ?? exportKey(name, scope);
}

/** `exports.f` and `module.exports.f`, where the module binds neither name itself. */
function exportKey(name: ts.Identifier, scope: ModuleScope): Key | null {
  if ((name.text !== 'exports' && name.text !== 'module') || scope.names.has(name.text) || !isFree(name)) return null;
  const owner = exportsAt(name);
  return owner && `exports.${memberOf(owner) ?? '*'}`;
}

/** The node that stands for the module's exports; `null` where `module` is asked for something else. */
function exportsAt(name: ts.Identifier): ts.Expression | null {
  if (name.text === 'exports') return name;
  const { parent } = name;
  const member = memberOf(name);
  if (member === null) return name;
  return member === 'exports' ? (parent as ts.Expression) : null;
}

function memberOf(owner: ts.Expression): string | null {
  const { parent } = owner;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === owner) return parent.name.text;
  if (!ts.isElementAccessExpression(parent) || parent.expression !== owner) return null;
  return ts.isStringLiteralLike(parent.argumentExpression) ? parent.argumentExpression.text : null;
}

/** Whether an `exports` or `exports.f` at `name` is only given something: by an assignment, or by what compilers define exports with. */
function isOnlyFilled(name: ts.Identifier): boolean {
  let place: ts.Node = name;
  while (ts.isPropertyAccessExpression(place.parent) || ts.isElementAccessExpression(place.parent)) place = place.parent;
  const { parent } = place;
  if (ts.isCallExpression(parent)) return parent.expression !== place && /^(?:Object\.define\w+|__\w+|tslib\w*\.__\w+)$/.test(parent.expression.getText());
  return ts.isBinaryExpression(parent) && parent.left === place && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

export function hasJsx(root: ts.Node): boolean {
  const isJsx = (node: ts.Node): boolean | undefined =>
    ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node) || ts.forEachChild(node, isJsx);
  return /[jt]sx?$/.test(root.getSourceFile().fileName) && root.getText().includes('<') && isJsx(root) === true;
}

/** What JSX is compiled to calls of: by the file's pragmas, else by custom. */
function jsxNames({ source, names }: ModuleScope): string[] {
  const pragmas = [...source.text.slice(0, 4000).matchAll(/@jsx(?:Frag)?\s+([\p{ID_Continue}$]+)/gu)].map((it) => it[1]!);
  return ['React', 'h', 'Fragment', ...pragmas].filter((it) => names.has(it));
}

/** Names in the types of what is decorated: compilers write them into the metadata that decorators read. */
function decoratedTypes(root: ts.Node): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const ofTypes = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) found.push(node.typeName);
    ts.forEachChild(node, ofTypes);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node) && hasDecorators(node)) {
      for (const member of node.members) {
        if (ts.isPropertyDeclaration(member) && member.type) ofTypes(member.type);
        if (ts.isConstructorDeclaration(member) || ts.isMethodDeclaration(member))
          for (const { type } of member.parameters) if (type) ofTypes(type);
      }
    }
    ts.forEachChild(node, visit);
  };
  if (/@[\p{ID_Start}(]/u.test(root.getText())) visit(root);
  return found;
}

function hasDecorators(cls: ts.ClassLikeDeclaration): boolean {
  const isDecorated = (node: ts.Node): boolean => ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0;
  return isDecorated(cls) || cls.members.some(isDecorated);
}
