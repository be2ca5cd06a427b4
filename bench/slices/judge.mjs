/**
 * An independent opinion on a slice: Babel's parser and Babel's scopes, after esbuild has taken types out. A name dangles where the
 * module binds it, the slice uses it as a global, and nothing in the slice binds it.
 */
import { transformSync } from 'esbuild';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packagesFolder } from './corpus.mjs';

const require = createRequire(join(packagesFolder, 'x.js'));
const { parse } = require('@babel/parser');
const traverse = require('@babel/traverse').default;

/** What the whole module binds at its top level; `null` where the judges cannot read it. */
export function boundNames(file, text) {
  try {
    return new Set(Object.keys(programScope(file, text, true).bindings));
  } catch {
    return null;
  }
}

/** What is wrong with a slice, or `null`. */
export function faultOf(file, slice, bound) {
  let scope;
  try {
    scope = programScope(file, slice, false);
  } catch (fault) {
    return `does not parse: ${String(fault.message).split('\n').slice(0, 2).join(' ')}`;
  }
  const dangling = Object.keys(scope.globals).filter((name) => bound.has(name));
  return dangling.length === 0 ? null : `dangling: ${dangling.join(', ')}`;
}

function programScope(file, text, keepsImports) {
  const loader = /\.[cm]?tsx?$/.test(file) ? (file.endsWith('x') ? 'tsx' : 'ts') : 'jsx';
  const compilerOptions = { verbatimModuleSyntax: keepsImports, experimentalDecorators: true };
  // esbuild reads `require` and top-level `return` where no statement says that it is an ES module; so does Babel.
  const { code } = transformSync(text, { loader, jsx: 'preserve', target: 'esnext', tsconfigRaw: { compilerOptions }, logLevel: 'silent' });
  const tree = parse(code, {
    sourceType: 'unambiguous',
    allowReturnOutsideFunction: true,
    allowNewTargetOutsideFunction: true,
    allowSuperOutsideMethod: false,
    plugins: ['jsx', 'decorators', 'explicitResourceManagement', 'importAttributes'],
  });
  let scope;
  traverse(tree, {
    Program(path) {
      scope = path.scope;
      path.stop();
    },
  });
  return scope;
}
