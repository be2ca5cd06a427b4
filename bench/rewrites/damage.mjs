/** What can be told of a rewrite without running it: that it parses, and that every name still means something. */
import ts from 'typescript';

/** @returns {string | null} what is wrong */
export function damageDone(path, text, { edits, newFiles }) {
  if (edits.some(({ start }, n) => n > 0 && start < edits[n - 1].end)) return 'edits overlap';
  const before = new Set(freeNames(path, text).names);
  const texts = [[path, apply(text, edits)], ...newFiles.map((it) => [it.name, it.text])];
  for (const [name, after] of texts) {
    const { names, fault } = freeNames(name, after);
    if (fault) return `does not parse: ${fault}`;
    const lost = names.filter((it) => !before.has(it) && !/^(require|module|Promise|Array|Math|Parameters|URL|__filename)$/.test(it));
    if (lost.length > 0) return `names without meaning: ${lost}`;
  }
  return null;
}

function apply(text, edits) {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.newText;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Names that nothing in the file declares, by TypeScript's own resolver. */
function freeNames(path, text) {
  const name = `/x/${path.replace(/^.*[/\\]/, '')}`;
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  const fault = source.parseDiagnostics[0]?.messageText;
  const host = { getSourceFile: (it) => (it === name ? source : undefined), getDefaultLibFileName: () => '', writeFile() {}, getCurrentDirectory: () => '/', getCanonicalFileName: (it) => it, useCaseSensitiveFileNames: () => true, getNewLine: () => '\n', fileExists: (it) => it === name, readFile: () => undefined };
  const checker = ts.createProgram({ rootNames: [name], options: { noLib: true, noResolve: true, allowJs: true, types: [] }, host }).getTypeChecker();
  const names = new Set();
  const visit = (node) => {
    if (ts.isIdentifier(node) && isUse(node) && !checker.getSymbolAtLocation(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { names: [...names], fault: fault && ts.flattenDiagnosticMessageText(fault, ' ') };
}

function isUse({ parent }) {
  return ts.isCallExpression(parent) || ts.isBinaryExpression(parent) || ts.isReturnStatement(parent) || ts.isVariableDeclaration(parent) || ts.isTypeReferenceNode(parent) || ts.isNewExpression(parent) || ts.isAwaitExpression(parent);
}
