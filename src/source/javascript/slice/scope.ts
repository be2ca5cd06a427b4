/** What a name of a file means, by TypeScript's own binder and checker: names only, no types, no other file. */
import ts from 'typescript';
import { isTypeOnly } from '../names';

/** The part of the checker that resolves a name from a place outwards. It is not in the public types. */
interface NameResolver {
  resolveName(name: string, location: ts.Node, meaning: ts.SymbolFlags, excludeGlobals: boolean): ts.Symbol | undefined;
}

export class ModuleScope {
  /** Value declarations of the module's own scope, and the name that each introduces. */
  readonly #declared = new Map<ts.Node, string>();
  readonly #resolver: NameResolver;
  /** Every name that the module's own scope binds to a value, with its declarations. */
  readonly names = new Map<string, ts.Declaration[]>();

  private constructor(readonly source: ts.SourceFile) {
    this.#resolver = program(source).getTypeChecker() as unknown as NameResolver;
    const { locals } = source as unknown as { readonly locals?: ts.SymbolTable };
    for (const symbol of locals?.values() ?? []) {
      const declarations = (symbol.declarations ?? []).filter(isValueDeclaration);
      if (declarations.length === 0) continue;
      this.names.set(symbol.name, declarations);
      for (const it of declarations) this.#declared.set(it, symbol.name);
    }
  }

  /** Made once for a tree, and goes with it. */
  static of(source: ts.SourceFile): ModuleScope {
    let scope = scopes.get(source);
    if (!scope) scopes.set(source, (scope = new ModuleScope(source)));
    return scope;
  }

  /** The name of the module's own scope that a use means; `null` where it means anything else. */
  moduleName(use: ts.Identifier): string | null {
    if (!this.names.has(use.text)) return null;
    const symbol = this.#resolve(use);
    for (const it of symbol?.declarations ?? []) {
      const name = this.#declared.get(it);
      if (name !== undefined) return name;
    }
    return null;
  }

  /** Where what a use means is declared: in this file, at any depth. `null` for globals. */
  declarationOf(use: ts.Identifier): ts.Declaration | null {
    return this.#resolve(use)?.declarations?.find((it) => it.getSourceFile() === this.source && isValueDeclaration(it)) ?? null;
  }

  isModuleLevel(declaration: ts.Node): boolean {
    return this.#declared.has(declaration);
  }

  #resolve(use: ts.Identifier): ts.Symbol | undefined {
    return this.#resolver.resolveName(use.text, use, meaning, false);
  }
}

const meaning = ts.SymbolFlags.Value | ts.SymbolFlags.ExportValue | ts.SymbolFlags.Alias;
const scopes = new WeakMap<ts.SourceFile, ModuleScope>();

/** A program of this one file, whatever it is called: a program gives a file the name that it asked for. */
function program(source: ts.SourceFile): ts.Program {
  const only = '/module.ts';
  const { fileName } = source;
  const made = ts.createProgram({
    rootNames: [only],
    options: { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
    host: {
      getSourceFile: (name) => (name === only ? source : undefined),
      getDefaultLibFileName: () => '/lib.d.ts',
      writeFile: () => {},
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      fileExists: (name) => name === only,
      readFile: () => undefined,
    },
  });
  source.fileName = fileName;
  return made;
}

/** Whether something of a declaration is left at run time; the binder also lists assignments in JavaScript, which declare nothing. */
function isValueDeclaration(node: ts.Declaration): boolean {
  if (isTypeOnly(node) || !declares.has(node.kind)) return false;
  if (ts.isImportSpecifier(node)) return !node.isTypeOnly && !node.parent.parent.isTypeOnly;
  if (ts.isImportClause(node)) return !node.isTypeOnly;
  if (ts.isNamespaceImport(node)) return !node.parent.isTypeOnly;
  if (ts.isImportEqualsDeclaration(node)) return !node.isTypeOnly;
  if (ts.isFunctionDeclaration(node)) return node.body !== undefined;
  if (ts.isModuleDeclaration(node)) return isInstantiated(node);
  const list = ts.isVariableDeclaration(node) ? node.parent.parent : null;
  return !(list && ts.isVariableStatement(list) && isTypeOnly(list));
}

/** Whether a namespace holds more than types. */
export function isInstantiated({ body }: ts.ModuleDeclaration): boolean {
  if (!body) return false;
  if (ts.isModuleDeclaration(body)) return isInstantiated(body);
  if (!ts.isModuleBlock(body)) return false;
  return body.statements.some((it) => (ts.isModuleDeclaration(it) ? isInstantiated(it) : !isTypeOnly(it)));
}

const declares = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.VariableDeclaration,
  ts.SyntaxKind.BindingElement,
  ts.SyntaxKind.Parameter,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.ClassExpression,
  ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.EnumMember,
  ts.SyntaxKind.ModuleDeclaration,
  ts.SyntaxKind.ImportClause,
  ts.SyntaxKind.ImportSpecifier,
  ts.SyntaxKind.NamespaceImport,
  ts.SyntaxKind.ImportEqualsDeclaration,
]);
