/** The worker's file, and how the two files name each other: in imports, and at run time. */
import ts from 'typescript';
import type { Code } from '../code';
import { formatOf } from '../format';

export interface Files {
  /** The worker's file, beside the function's. */
  readonly worker: string;
  /** How the file imports from the worker's module. */
  readonly workerSpecifier: string;
  /** How the worker's module imports from the file. */
  readonly fileSpecifier: string;
  /** An expression for the worker's file at run time, where the file may have been compiled or not. */
  readonly location: string;
}

export function nameFiles(code: Code, task: string): Files {
  const { request, typescript, style } = code;
  const file = request.path.replace(/^.*[/\\]/, '');
  const [, stem, prefix = ''] = /^(.*)\.([cm]?)[jt]sx?$/i.exec(file)!;
  const source = prefix + (typescript ? 'ts' : 'js');
  const name = freeStem(`${stem}.worker`, `${stem}.${task}.worker`, request.project.siblings);
  const { quote } = style;
  const inQuotes = (extension: string): string => `${quote}./${name}.${extension}${quote}`;
  const isEsm = formatOf(code) === 'esm';
  const here = isEsm ? 'import.meta.url' : '__filename';
  // Built, it lies beside the built file; under type stripping or tsx, the source does.
  const at = typescript ? `${here}.endsWith(${quote}.${source}${quote}) ? ${inQuotes(source)} : ${inQuotes(`${prefix}js`)}` : inQuotes(source);
  const extension = typescript ? importExtension(code, prefix) : `.${source}`;
  return {
    worker: `${name}.${source}`,
    workerSpecifier: `./${name}${extension}`,
    fileSpecifier: typescript ? `./${stem}${extension}` : `./${file}`,
    location: isEsm ? `new URL(${at}, import.meta.url).href` : `require.resolve(${at})`,
  };
}

/** Neither the source nor what is built of it may be there. */
function freeStem(first: string, second: string, siblings: ReadonlySet<string>): string {
  const taken = new Set([...siblings].map((it) => it.replace(/\.[cm]?[jt]sx?$/i, '')));
  for (let n = 0; ; n++) {
    const name = n === 0 ? first : n === 1 ? second : `${second}${n}`;
    if (!taken.has(name)) return name;
  }
}

/** What the file's own relative imports end with; else what the compiler's settings ask for. */
function importExtension(code: Code, prefix: string): string {
  const { source, request } = code;
  const built = `.${prefix}js`;
  const own = `.${prefix}ts`;
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    const from = statement.moduleSpecifier;
    if (!from || !ts.isStringLiteral(from) || !/^\.\.?\//.test(from.text)) continue;
    if (/\.[cm]?tsx?$/.test(from.text)) return own;
    if (/\.[cm]?js$/.test(from.text)) return built;
    if (!/\.\w+$/.test(from.text)) return '';
  }
  const { compiler } = request.project;
  if (!compiler || compiler.allowImportingTsExtensions || compiler.rewriteRelativeImportExtensions) return own;
  const resolution = (compiler.moduleResolution ?? '').toLowerCase();
  if (/^(bundler|node|node10|classic)$/.test(resolution)) return '';
  if (/^node(16|18|20|next)$/.test(compiler.module?.toLowerCase() ?? '') || /^node(16|next)$/.test(resolution)) return built;
  return formatOf(code) === 'cjs' ? '' : built;
}
