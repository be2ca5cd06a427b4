/** The way for code that has more than types to leave out: TypeScript's own transpiler, and a source map to the user's lines. */
import ts from 'typescript';

/** Settings of the user's tsconfig.json that change what code does, in that file's own words. */
export interface CompilerSettings {
  readonly jsx?: string;
  readonly jsxFactory?: string;
  readonly jsxFragmentFactory?: string;
  readonly jsxImportSource?: string;
  readonly experimentalDecorators?: boolean;
  readonly emitDecoratorMetadata?: boolean;
  readonly useDefineForClassFields?: boolean;
  readonly verbatimModuleSyntax?: boolean;
  readonly target?: string;
}

export interface Transpiling {
  readonly settings: CompilerSettings;
  /** `script` neither adds nor converts imports; `commonjs` turns them into `require`. */
  readonly as: 'esm' | 'script' | 'commonjs';
  /** Folder URL with a final slash, and the file's name. */
  readonly folder: string;
  readonly name: string;
  /** Whether unused imports are left in, because they are JavaScript's or the settings say so. */
  readonly keepImports: boolean;
  readonly jsx: ts.JsxEmit;
  /** What the automatic JSX runtime is imported from. */
  readonly jsxRuntime: string | null;
}

export interface Transpiled {
  readonly code: string;
  /** The comment that carries the map; it has to stay last. */
  readonly map: string;
}

export function transpile(text: string, how: Transpiling): Transpiled {
  const { outputText } = ts.transpileModule(text, {
    fileName: encodeURIComponent(how.as === 'commonjs' ? how.name.replace(/\.[cm]?tsx?$/i, '.cts') : how.name),
    compilerOptions: compilerOptions(how),
    reportDiagnostics: false,
    transformers: { after: how.jsxRuntime === null ? [] : [replaceRuntime(how.jsxRuntime)] },
  });
  const map = outputText.lastIndexOf('//# sourceMappingURL=');
  return { code: outputText.slice(0, map).trimEnd(), map: outputText.slice(map).trimEnd() };
}

/** Whether a class field is assigned and not defined, as compilers did before ES2022. */
export function assignsFields({ useDefineForClassFields, target }: CompilerSettings): boolean {
  if (useDefineForClassFields !== undefined) return !useDefineForClassFields;
  return target !== undefined && /^es(?:3|5|6|20(?:1\d|2[01]))$/i.test(target);
}

function compilerOptions({ settings, as, folder, keepImports, jsx }: Transpiling): ts.CompilerOptions {
  const { jsxFactory, jsxFragmentFactory, jsxImportSource } = settings;
  return {
    target: ts.ScriptTarget.ES2022,
    module: as === 'commonjs' ? ts.ModuleKind.NodeNext : ts.ModuleKind.ESNext,
    jsx,
    ...(jsxFactory && { jsxFactory }),
    ...(jsxFragmentFactory && { jsxFragmentFactory }),
    ...(jsxImportSource && { jsxImportSource }),
    experimentalDecorators: settings.experimentalDecorators ?? false,
    emitDecoratorMetadata: settings.emitDecoratorMetadata ?? false,
    useDefineForClassFields: !assignsFields(settings),
    verbatimModuleSyntax: keepImports && as === 'esm',
    alwaysStrict: false,
    allowJs: true,
    inlineSourceMap: true,
    sourceRoot: folder,
  };
}

/** Points the import that the automatic JSX runtime adds at `specifier`. */
function replaceRuntime(specifier: string): ts.TransformerFactory<ts.SourceFile> {
  return ({ factory }) =>
    (source) => {
      const statements = source.statements.map((it) => {
        const isRuntime =
          ts.isImportDeclaration(it) &&
          ts.isStringLiteral(it.moduleSpecifier) &&
          /\/jsx(?:-dev)?-runtime$/.test(it.moduleSpecifier.text);
        if (!isRuntime) return it;
        return factory.updateImportDeclaration(
          it,
          it.modifiers,
          it.importClause,
          factory.createStringLiteral(specifier),
          it.attributes,
        );
      });
      return factory.updateSourceFile(source, statements);
    };
}
