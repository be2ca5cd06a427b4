/**
 * CommonJS seen through the eyes of TypeScript that was written for CommonJS.
 *
 * `import { chunk } from 'lodash'` works where the compiler makes `require` of it, and fails in an ES module: Node only knows the
 * names it can read off the package's source. And a default import means `exports.default` there, `module.exports` here.
 * So such an import goes through a module made for it, which asks at run time.
 */
import { pathToFileURL } from 'node:url';
import type { Made } from './decide';
import type { Module, ModuleGraph } from './module-graph';

/** Whether an import needs the module in between. */
export function needsInterop(module: Module, made: Made, graph: ModuleGraph): boolean {
  const { request, bindings, found } = made;
  if (module.format !== 'esm' || !writtenForCommonJs(module)) return false;
  if (request.kind !== 'import' && request.kind !== 'export-from') return false;
  if (bindings.length === 0 || (bindings.some((it) => it.imported === '*') && !isNamespace(made))) return false;
  if (found.kind === 'external') return isCommonJs(found.path, graph);
  const target = found.kind === 'local' ? graph.module(found.path) : null;
  return target?.ok === true && target.value.format === 'cjs';
}

/** `import * as name`, and nothing else. It is made a default import of the module in between. */
export function isNamespace({ request }: Made): boolean {
  return request.kind === 'import' && request.bindings.length === 1 && request.bindings[0]!.imported === '*';
}

/** An ES module by its syntax, in a package whose type is CommonJS. */
export function writtenForCommonJs({ facts, packageType }: Module): boolean {
  return packageType === 'commonjs' && (facts.typescript || facts.needs.jsx) && !/\.m[jt]s$/.test(facts.path);
}

/** By its name, as Node has it: a package's code is not read. */
function isCommonJs(path: string, { packages }: ModuleGraph): boolean {
  return path.endsWith('.cjs') || (path.endsWith('.js') && packages.typeOf(path) === 'commonjs');
}

/** A URL whose module gives the default as TypeScript means it, and the names that are asked for. */
export function interopModule(path: string, made: Made): string {
  const names = [...new Set(made.bindings.map((it) => it.imported))].filter((it) => it !== 'default' && it !== '*').sort();
  const declared = names.map((it, i) => `const n${i}=o[${JSON.stringify(it)}];`).join('');
  const exported = names.map((it, i) => `n${i} as ${JSON.stringify(it)}`).join(',');
  const code =
    `import{createRequire}from"node:module";const m=createRequire(${JSON.stringify(pathToFileURL(path).href)})(${JSON.stringify(path)}),o=Object(m);` +
    `export default ${isNamespace(made) ? namespace : 'o.__esModule?o.default:m'};${declared}export{${exported}};`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

/** A function stays callable, as it is without `esModuleInterop`; an object gets itself as default, as it does with it. */
const namespace = 'o.__esModule||o!==m||typeof m==="function"?m:Object.create(m,{default:{value:m}})';
