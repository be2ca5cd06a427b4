/** What a nested function takes from the functions around it. */
import ts from 'typescript';
import { boundNames, valueNames } from './names';

/** Names, in order, that `fn` uses and a function around it binds. By name, so a shadowed name may be listed too much. */
export function capturedNames(fn: ts.SignatureDeclaration): string[] {
  const outer = new Set<string>();
  for (let node: ts.Node = fn.parent; node; node = node.parent) {
    if (ts.isFunctionLike(node)) for (const name of boundNames(node)) outer.add(name);
  }
  const own = boundNames(fn);
  return [...valueNames(fn)].filter((name) => outer.has(name) && !own.has(name));
}
