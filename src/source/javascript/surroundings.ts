/** Uses of what Node gives each file by its place: `import.meta`, `__dirname`, `require` and the like. */
import ts from 'typescript';
import type { SurroundingUse } from './module-facts';
import { isFree, isReference, isTypeOnly } from './names';
import { lineOf } from './parse';

/** @param own names that the module binds itself */
export function findSurroundings(source: ts.SourceFile, own: ReadonlySet<string>): SurroundingUse[] {
  const uses: SurroundingUse[] = [];
  const add = (what: SurroundingUse['what'], node: ts.Node, shorthand = false): void => {
    uses.push({
      what,
      range: { start: node.getStart(source), end: node.end },
      shorthand,
      line: lineOf(source, node.getStart(source)),
    });
  };
  const visit = (node: ts.Node): void => {
    if (isTypeOnly(node)) return;
    if (ts.isMetaProperty(node)) {
      if (node.keywordToken === ts.SyntaxKind.ImportKeyword) add('import.meta', node);
    } else if (isComputedImport(node)) add('import()', node.expression);
    else if (ts.isIdentifier(node) && isSurrounding(node.text) && !own.has(node.text) && isReference(node) && isFree(node)) {
      if (!isLiteralRequire(node)) add(node.text, node, ts.isShorthandPropertyAssignment(node.parent));
    }
    ts.forEachChild(node, visit);
  };
  if (/\b(?:require|module|__dirname|__filename)\b|\bimport\s*[.(/]/.test(source.text)) visit(source);
  return uses;
}

function isSurrounding(name: string): name is '__dirname' | '__filename' | 'require' | 'module' {
  return name === '__dirname' || name === '__filename' || name === 'require' || name === 'module';
}

function isComputedImport(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return false;
  const [first] = node.arguments;
  return first !== undefined && !ts.isStringLiteralLike(first);
}

/** `require("…")`: its name is replaced, not its `require`. */
function isLiteralRequire(name: ts.Identifier): boolean {
  const { parent } = name;
  return (
    name.text === 'require' &&
    ts.isCallExpression(parent) &&
    parent.expression === name &&
    parent.arguments[0] !== undefined &&
    ts.isStringLiteralLike(parent.arguments[0])
  );
}
