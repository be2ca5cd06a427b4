/** Which names a piece of code uses as values, and which it binds. By name only: no types, no resolution. */
import ts from 'typescript';

/** Calls `see` with every identifier under `root` that is read or written as a value. Types are not entered. */
export function forEachReference(root: ts.Node, see: (name: ts.Identifier) => void): void {
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (isReference(node)) see(node);
    } else if (!isTypeOnly(node)) {
      ts.forEachChild(node, visit);
    }
  };
  visit(root);
}

/** Names used as values under `root`. */
export function valueNames(root: ts.Node): Set<string> {
  const names = new Set<string>();
  forEachReference(root, (name) => names.add(name.text));
  return names;
}

/** Whether nothing of `node` is left at run time. */
export function isTypeOnly(node: ts.Node): boolean {
  if (ts.isExpressionWithTypeArguments(node)) {
    return ts.isHeritageClause(node.parent) && node.parent.token === ts.SyntaxKind.ImplementsKeyword;
  }
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  return isDeclared(node);
}

/** Whether `node` itself carries `declare`. */
export function isDeclared(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.DeclareKeyword);
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (node.modifiers?.some((modifier) => modifier.kind === kind) ?? false);
}

/** An identifier that stands for a value: not a declared name, a property's name, a label or part of an import list. */
export function isReference(name: ts.Identifier): boolean {
  const { parent } = name;
  switch (parent.kind) {
    case ts.SyntaxKind.PropertyAccessExpression:
      return (parent as ts.PropertyAccessExpression).expression === name;
    case ts.SyntaxKind.QualifiedName:
      return (parent as ts.QualifiedName).left === name;
    case ts.SyntaxKind.PropertyAssignment:
    case ts.SyntaxKind.BindingElement:
    case ts.SyntaxKind.Parameter:
    case ts.SyntaxKind.VariableDeclaration:
    case ts.SyntaxKind.PropertyDeclaration:
    case ts.SyntaxKind.EnumMember:
      return (parent as ts.VariableDeclaration).initializer === name;
    case ts.SyntaxKind.ImportEqualsDeclaration:
      return (parent as ts.ImportEqualsDeclaration).moduleReference === name;
    case ts.SyntaxKind.JsxOpeningElement:
    case ts.SyntaxKind.JsxClosingElement:
    case ts.SyntaxKind.JsxSelfClosingElement:
      return !/^[a-z]/.test(name.text);
    case ts.SyntaxKind.ShorthandPropertyAssignment:
    case ts.SyntaxKind.ExportAssignment:
      return true;
    default:
      return !namesOnly.has(parent.kind);
  }
}

/** Parents whose identifiers are names of something, never uses of it. */
const namesOnly = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.ClassExpression,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.GetAccessor,
  ts.SyntaxKind.SetAccessor,
  ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.ModuleDeclaration,
  ts.SyntaxKind.ImportClause,
  ts.SyntaxKind.ImportSpecifier,
  ts.SyntaxKind.NamespaceImport,
  ts.SyntaxKind.NamespaceExport,
  ts.SyntaxKind.ExportSpecifier,
  ts.SyntaxKind.NamespaceExportDeclaration,
  ts.SyntaxKind.ImportAttribute,
  ts.SyntaxKind.LabeledStatement,
  ts.SyntaxKind.BreakStatement,
  ts.SyntaxKind.ContinueStatement,
  ts.SyntaxKind.MetaProperty,
  ts.SyntaxKind.JsxAttribute,
  ts.SyntaxKind.JsxNamespacedName,
  ts.SyntaxKind.TypeParameter,
]);

/** The identifiers that a binding pattern (or a plain name) introduces. */
export function bindingNames(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? bindingNames(element.name) : []));
}

/** Names that a function binds for its own body: parameters and every declaration that is not in a function inside it. */
export function boundNames(fn: ts.SignatureDeclaration): ReadonlySet<string> {
  let names = bound.get(fn);
  if (!names) bound.set(fn, (names = collectBound(fn)));
  return names;
}

/** Asked for again by everything inside a function; goes with the tree. */
const bound = new WeakMap<ts.Node, ReadonlySet<string>>();

function collectBound(fn: ts.SignatureDeclaration): ReadonlySet<string> {
  const names = new Set<string>();
  for (const parameter of fn.parameters) for (const name of bindingNames(parameter.name)) names.add(name.text);
  if (ts.isFunctionExpression(fn) && fn.name) names.add(fn.name.text);
  const body = (fn as ts.FunctionLikeDeclaration).body;
  if (body) collectDeclared(body, names);
  return names;
}

/** Adds the names declared under `root`, entering blocks but no functions. */
function collectDeclared(root: ts.Node, names: Set<string>): void {
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) for (const name of bindingNames(node.name)) names.add(name.text);
    if ((ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node)) && node.name) {
      names.add(node.name.text);
    }
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  visit(root);
}

/** Whether a use of `name` means the module's own (or a global) binding: no function around it binds the same name. */
export function isFree(name: ts.Identifier): boolean {
  for (let node: ts.Node = name.parent; node; node = node.parent) {
    if (ts.isFunctionLike(node) && boundNames(node).has(name.text)) return false;
  }
  return true;
}
