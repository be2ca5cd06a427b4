/**
 * Who each name is. TypeScript's own binder and resolver do the work over this one file: no other file is read, no
 * library is loaded and no types are asked for, which keeps it at the price of a few parses.
 */
import ts from 'typescript';
import { isAssignment, isStep } from './syntax';

export class Scopes {
  readonly #checker: ts.TypeChecker;
  #uses: Map<ts.Symbol, ts.Identifier[]> | null = null;
  #texts: Set<string> | null = null;

  constructor(private readonly source: ts.SourceFile) {
    this.#checker = oneFileProgram(source).getTypeChecker();
  }

  /** What a name means here; `undefined` for globals, property names, labels and the like. */
  symbolOf(name: ts.Identifier): ts.Symbol | undefined {
    const { parent } = name;
    if (isMemberName(name)) return undefined;
    if (ts.isShorthandPropertyAssignment(parent)) return this.#checker.getShorthandAssignmentValueSymbol(parent);
    if (ts.isExportSpecifier(parent)) return this.#checker.getExportSpecifierLocalTargetSymbol(parent);
    const symbol = this.#checker.getSymbolAtLocation(name);
    return symbol?.declarations?.some((it) => it.getSourceFile() === this.source) ? symbol : undefined;
  }

  /** Every identifier that stands for `symbol`, its declarations included, in order of appearance. */
  usesOf(symbol: ts.Symbol): readonly ts.Identifier[] {
    this.#uses ??= this.#collect();
    return this.#uses.get(symbol) ?? [];
  }

  /** Whether a declaration of `symbol` lies in `node`. */
  isDeclaredIn(symbol: ts.Symbol, node: ts.Node): boolean {
    return symbol.declarations?.some((it) => it.pos >= node.pos && it.end <= node.end) ?? false;
  }

  /** Whether a name gets another value anywhere after its declaration. */
  isReassigned(symbol: ts.Symbol): boolean {
    return this.usesOf(symbol).some(isAssignmentTarget);
  }

  /** Calls `see` with each name in `node` that means something of this file, and what it means. */
  forEachName(node: ts.Node, see: (name: ts.Identifier, symbol: ts.Symbol | undefined) => void): void {
    const visit = (it: ts.Node): void => {
      if (ts.isIdentifier(it)) {
        if (!isMemberName(it)) see(it, this.symbolOf(it));
      } else ts.forEachChild(it, visit);
    };
    visit(node);
  }

  /** A name that nothing in the file is called: `base`, else `base2`, `base3`… */
  fresh(base: string, ...taken: readonly string[]): string {
    const texts = (this.#texts ??= identifierTexts(this.source));
    const isTaken = (name: string): boolean => texts.has(name) || taken.includes(name);
    let name = base;
    for (let n = 2; isTaken(name); n++) name = `${base}${n}`;
    return name;
  }

  #collect(): Map<ts.Symbol, ts.Identifier[]> {
    const uses = new Map<ts.Symbol, ts.Identifier[]>();
    this.forEachName(this.source, (name, symbol) => {
      if (!symbol) return;
      const known = uses.get(symbol);
      if (known) known.push(name);
      else uses.set(symbol, [name]);
    });
    return uses;
  }
}

/** Whether a name stands where it is given a value: `a = …`, `a++`, `[a] = …`, `for (a of …)`. */
function isAssignmentTarget(name: ts.Identifier): boolean {
  let at: ts.Node = name;
  for (;;) {
    const { parent } = at;
    if (isStep(parent)) return true;
    if (isAssignment(parent)) return parent.left === at;
    if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === at;
    const inPattern =
      ts.isArrayLiteralExpression(parent) ||
      ts.isObjectLiteralExpression(parent) ||
      ts.isSpreadElement(parent) ||
      ts.isSpreadAssignment(parent) ||
      ts.isShorthandPropertyAssignment(parent) ||
      (ts.isPropertyAssignment(parent) && parent.initializer === at) ||
      ts.isParenthesizedExpression(parent);
    if (!inPattern) return false;
    at = parent;
  }
}

/** `a.name`, `{ name: … }`, a label: what such a name means is not looked up in scopes. */
function isMemberName(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name === name;
  if (ts.isClassElement(parent) || ts.isTypeElement(parent)) return parent.name === name;
  if (ts.isObjectLiteralElement(parent) && !ts.isShorthandPropertyAssignment(parent)) return parent.name === name;
  if (ts.isQualifiedName(parent)) return parent.right === name;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) return parent.propertyName === name;
  if (ts.isExportSpecifier(parent)) return parent.parent.parent.moduleSpecifier !== undefined || (parent.propertyName ?? name) !== name;
  return (
    ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent) || ts.isMetaProperty(parent) || ts.isJsxAttribute(parent)
  );
}

function identifierTexts(source: ts.SourceFile): Set<string> {
  const texts = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) texts.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function oneFileProgram(source: ts.SourceFile): ts.Program {
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === source.fileName ? source : undefined),
    getDefaultLibFileName: () => '',
    writeFile: () => {},
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => name === source.fileName,
    readFile: () => undefined,
    directoryExists: () => false,
  };
  const options: ts.CompilerOptions = { noLib: true, noResolve: true, allowJs: true, types: [], target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext };
  return ts.createProgram({ rootNames: [source.fileName], options, host });
}
