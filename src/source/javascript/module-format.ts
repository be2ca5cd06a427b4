import ts from 'typescript';
import type { FormatHint } from './module-facts';
import { forEachReference, isFree } from './names';
import { isTypeScript } from './parse';

/**
 * ESM or CommonJS, as Node tells them apart: by extension, else by syntax, else (`package`) by the nearest package.json.
 * In TypeScript `export =` makes a CommonJS module; `import x = require()` alone does, too. Where it has both `export` and
 * `module.exports`, it was written to be compiled, and to what the package says.
 */
export function moduleFormat(source: ts.SourceFile): FormatHint {
  const extension = /\.([cm])[jt]s$/i.exec(source.fileName)?.[1]?.toLowerCase();
  if (extension) return extension === 'm' ? 'esm' : 'cjs';
  const { statements } = source;
  if (statements.some((it) => ts.isExportAssignment(it) && it.isExportEquals)) return 'cjs';
  if (hasModuleExpression(source)) return 'esm';
  if (statements.some(isModuleStatement)) return isTypeScript(source.fileName) && usesExports(source) ? 'package' : 'esm';
  if (statements.some((it) => ts.isImportEqualsDeclaration(it) && ts.isExternalModuleReference(it.moduleReference))) return 'cjs';
  return 'package';
}

/** `import … from`, `export …`. One that is only about types still says what its author meant. */
export function isModuleStatement(node: ts.Statement): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isExportAssignment(node)) return !node.isExportEquals;
  return (
    ts.canHaveModifiers(node) &&
    (node.modifiers?.some((it) => it.kind === ts.SyntaxKind.ExportKeyword) ?? false) &&
    !ts.isImportEqualsDeclaration(node)
  );
}

/** `import.meta` anywhere, or `await` outside functions. */
function hasModuleExpression(source: ts.SourceFile): boolean {
  let found = false;
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (found) return;
    if (ts.isMetaProperty(node)) found = node.keywordToken === ts.SyntaxKind.ImportKeyword;
    else if (ts.isAwaitExpression(node)) found = !inFunction;
    else if (ts.isForOfStatement(node)) found = node.awaitModifier !== undefined && !inFunction;
    if (!found)
      ts.forEachChild(node, (child) =>
        visit(child, inFunction || ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)),
      );
  };
  if (/\bawait\b|\bimport\s*(?:\.|\/[*/])/.test(source.text)) visit(source, false);
  return found;
}

/** Whether `exports` or `module.exports` of CommonJS is named. */
function usesExports(source: ts.SourceFile): boolean {
  let found = false;
  if (!/\bexports\b/.test(source.text)) return false;
  forEachReference(source, (name) => {
    const { parent } = name;
    const isModuleExports = name.text === 'module' && ts.isPropertyAccessExpression(parent) && parent.name.text === 'exports';
    if ((isModuleExports || name.text === 'exports') && isFree(name)) found = true;
  });
  return found;
}
