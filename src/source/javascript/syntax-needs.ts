import ts from 'typescript';
import { hasModifier, isTypeOnly } from './names';

/** Syntax that Node does not know, beyond types. */
export interface SyntaxNeeds {
  /** What no Node reads as it stands, as a person names it; `null` where there is none. Types, enums and the like do not count. */
  readonly transpile: string | null;
  readonly jsx: boolean;
  /** Whether any class has a field of its own. */
  readonly classFields: boolean;
}

export function syntaxNeeds(source: ts.SourceFile): SyntaxNeeds {
  let transpile: string | null = null;
  let jsx = false;
  let classFields = false;
  const visit = (node: ts.Node): void => {
    if (isTypeOnly(node)) return;
    jsx ||= ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
    classFields ||= isPublicField(node);
    transpile ??= reasonOf(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { transpile: jsx ? 'JSX' : transpile, jsx, classFields };
}

function isPublicField(node: ts.Node): boolean {
  return (
    ts.isPropertyDeclaration(node) && !ts.isPrivateIdentifier(node.name) && !hasModifier(node, ts.SyntaxKind.AbstractKeyword)
  );
}

function reasonOf(node: ts.Node): string | null {
  if (ts.isDecorator(node)) return 'decorators';
  if (ts.isPropertyDeclaration(node)) return hasModifier(node, ts.SyntaxKind.AccessorKeyword) ? 'an accessor field' : null;
  if (ts.isImportEqualsDeclaration(node)) return hasModifier(node, ts.SyntaxKind.ExportKeyword) ? 'export import' : null;
  // `using` is newer than the oldest Node that code runs on.
  if (ts.isVariableDeclarationList(node)) return (node.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using ? 'using' : null;
  return null;
}
