/** Whether Node itself would load a module of the user's as we would: then it is loaded from where it is. */
import path from 'node:path';
import type { Decided, Made } from './decide';

/** @param isUnsaved whether a file's text in an editor differs from the disk */
export function isNatural({ module, made, leavesOut }: Decided, isUnsaved: (path: string) => boolean): boolean {
  const { facts, format, packageType, path: file } = module;
  if (facts.typescript || facts.needs.transpile !== null || !/\.[cm]?js$/.test(file) || isUnsaved(file)) return false;
  // Node tells an ES module without a package.json that says so by its syntax, but only since 20.19.
  const byName = file.endsWith('.mjs') || (file.endsWith('.js') && packageType === 'module') ? 'esm' : 'cjs';
  if (byName !== format || leavesOut) return false;
  return [...made.values()].every((it) => isNaturalRequest(it, file, format, isUnsaved));
}

function isNaturalRequest(
  { request, found }: Made,
  file: string,
  format: 'esm' | 'cjs',
  isUnsaved: (path: string) => boolean,
): boolean {
  if (!('path' in found)) return true;
  if (found.mapped) return false;
  if (found.path.endsWith('.json') && (isUnsaved(found.path) || (request.kind !== 'require' && !request.attributes)))
    return false;
  if (!/^\.{0,2}\//.test(request.specifier)) return true;
  const named = path.resolve(path.dirname(file), request.specifier);
  const endings = request.kind === 'require' && format === 'cjs' ? ['', '.js', '.json', '.node', '/index.js'] : [''];
  return endings.some((it) => named + it === found.path);
}
