import { moduleFormat } from '../../source/javascript/module-format';
import type { Code } from './code';

/** How the file is loaded when its program runs: for TypeScript, what its compiler makes of it. */
export function formatOf({ source, typescript, request: { project } }: Code): 'esm' | 'cjs' {
  const hint = moduleFormat(source);
  const compiled = typescript && !/\.[cm]ts$/i.test(source.fileName) ? project.compiler?.module?.toLowerCase() : undefined;
  if (compiled === 'commonjs' || compiled === 'umd' || compiled === 'amd' || compiled === 'none') return 'cjs';
  if (compiled?.startsWith('node')) return project.packageType === 'module' ? 'esm' : 'cjs';
  if (hint !== 'package') return hint;
  if (compiled !== undefined) return 'esm';
  return project.packageType === 'module' ? 'esm' : 'cjs';
}
