/** What is added at the end of the target's own module, so that a worker can get hold of the target and its inputs. */
import type { Code } from './located';

/** The worker puts an object here before it imports the module; the module fills in `target` and `inputs`. */
export const slotSymbol = 'corewise.slot';

export interface EntryTail {
  /** Reaches the target; absent where there is only an expression. */
  readonly reach?: Code | undefined;
  /** A checked inputs expression; absent where the inputs come from elsewhere. */
  readonly inputs?: string | undefined;
}

/**
 * One statement, on lines of its own: neither a comment nor a missing semicolon before it can reach it.
 * A CommonJS module knows itself by its `exports`, an ES module imports itself.
 */
export function entryTail({ reach, inputs }: EntryTail, format: 'esm' | 'cjs', prefix: string): string {
  const slot = `${prefix}T`;
  const target = reach ? `${slot}.target=(${reach(format === 'cjs' ? 'exports' : selfName(prefix))});` : '';
  const evaluated = inputs === undefined ? '' : `${slot}.inputs=async()=>(\n${inputs}\n);`;
  return `;{const ${slot}=globalThis[globalThis.Symbol.for(${JSON.stringify(slotSymbol)})];if(${slot}){${target}${evaluated}}}`;
}

/** The name by which an ES module knows itself. */
const selfName = (prefix: string): string => `${prefix}S`;

export const importSelf = (prefix: string, specifier: string): string =>
  `import*as ${selfName(prefix)} from${JSON.stringify(specifier)};`;
