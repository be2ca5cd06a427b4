/**
 * CommonJS seen through the eyes of TypeScript that was written for CommonJS.
 *
 * `import { chunk } from 'lodash'` works where the compiler makes `require` of it, and fails in an ES module: Node only knows the
 * names it can read off the package's source. And a default import means `exports.default` there, `module.exports` here.
 * So such an import goes through a module made for it, which asks at run time.
 */
import { pathToFileURL } from 'node:url';
import type { Made } from './decide';
import type { Module } from './module-graph';
import type { PackageScopes } from './package-scopes';

/** Whether an import of the CommonJS file at `path` needs the module in between. */
export function needsInterop(module: Module, { request, bindings }: Made, path: string, packages: PackageScopes): boolean {
  if (module.format !== 'esm' || !writtenForCommonJs(module) || !isCommonJs(path, packages)) return false;
  if (request.kind !== 'import' && request.kind !== 'export-from') return false;
  return bindings.length > 0 && bindings.every((it) => it.imported !== '*');
}

/** An ES module by its syntax, in a package whose type is CommonJS. */
export function writtenForCommonJs({ facts, packageType }: Module): boolean {
  return packageType === 'commonjs' && (facts.typescript || facts.needs.jsx) && !/\.m[jt]s$/.test(facts.source.fileName);
}

function isCommonJs(path: string, packages: PackageScopes): boolean {
  return path.endsWith('.cjs') || (/\.[jt]sx?$/.test(path) && packages.typeOf(path) === 'commonjs');
}

/** A URL whose module gives the default as TypeScript means it, and the names that are asked for. */
export function interopModule(path: string, { bindings }: Made): string {
  const names = [...new Set(bindings.map((it) => it.imported))].filter((it) => it !== 'default').sort();
  const declared = names.map((it, i) => `const n${i}=o[${JSON.stringify(it)}];`).join('');
  const exported = names.map((it, i) => `n${i} as ${JSON.stringify(it)}`).join(',');
  const code =
    `import{createRequire}from"node:module";const m=createRequire(${JSON.stringify(pathToFileURL(path).href)})(${JSON.stringify(path)}),o=Object(m);` +
    `export default o.__esModule?o.default:m;${declared}export{${exported}};`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
