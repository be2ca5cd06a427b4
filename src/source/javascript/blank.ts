/** The way for code that has types and nothing more to leave out: they become spaces, and every line and column stays. */
import ts from 'typescript';
import { blankSourceFile } from 'ts-blank-space';
import { isTypeScript } from './parse';

/** The text with its types blanked, JavaScript as it is; `null` where some of them do more than describe, such as an enum. */
export function blankTypes(source: ts.SourceFile): string | null {
  if (!isTypeScript(source.fileName)) return source.text;
  let erasable = true;
  const text = blankSourceFile(source, (node) => {
    erasable &&= isRewritten(node);
  });
  return erasable ? text : null;
}

/** `import x = require()` and `export =` are edited by us. */
function isRewritten(node: ts.Node): boolean {
  return ts.isImportEqualsDeclaration(node) ? ts.isExternalModuleReference(node.moduleReference) : ts.isExportAssignment(node);
}
