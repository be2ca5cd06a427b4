/** The parameters of a function, to be written again and passed on. */
import { childOf, type PyNode } from '../../../source/python/tree';
import { bare, type Code } from '../code';

export interface Signature {
  /** Between the parentheses of the new `def`. */
  readonly parameters: string;
  /** What passes them on. */
  readonly passed: string;
  readonly hasKeywords: boolean;
  /** ` -> int`, or nothing. */
  readonly returns: string;
}

export function signatureOf(code: Code, fn: PyNode): Signature {
  const list = childOf(fn, 'ParamList')!;
  const type = childOf(fn, 'TypeDef');
  const returns = type ? ` ${code.of(type)}` : '';
  if (!hasPlainDefaults(list)) return { parameters: '*args, **kwargs', passed: '*args, **kwargs', hasKeywords: true, returns };
  const parameters = code.text.slice(list.start + 1, list.end - 1).trim();
  const passed = passedParameters(code, list);
  return { parameters, passed: passed.join(', '), hasKeywords: passed.some((it) => it.includes('=') || it.startsWith('**')), returns };
}

const plain = new Set<PyNode['kind']>(['Number', 'String', 'None', 'Boolean', 'Ellipsis', 'UnaryExpression']);

/** A default that is an object of its own would not be the same one in a worker: such parameters are passed on as they come. */
function hasPlainDefaults(list: PyNode): boolean {
  return list.children.every((it, at) => list.children[at - 1]?.kind !== 'AssignOp' || plain.has(bare(it).kind));
}

function passedParameters(code: Code, list: PyNode): string[] {
  const passed: string[] = [];
  let byKeyword = false;
  list.children.forEach((it, at) => {
    const before = list.children[at - 1]?.kind;
    const after = list.children[at + 1]?.kind;
    if (it.kind === '*' && after !== 'VariableName') byKeyword = true;
    if (it.kind !== 'VariableName' || before === 'AssignOp') return;
    const name = code.of(it);
    if (before === '*') {
      passed.push(`*${name}`);
      byKeyword = true;
    } else if (before === '**') passed.push(`**${name}`);
    else passed.push(byKeyword ? `${name}=${name}` : name);
  });
  return passed;
}
