/** How much a function does, as far as its text tells. */
import ts from 'typescript';
import { functionCalled } from '../callee';
import type { Code } from '../code';
import { isLoop, walk, type FunctionWithBody } from '../syntax';

/** Methods that go through all of what they are called on. */
const through = /^(map|filter|reduce|reduceRight|forEach|some|every|find|findIndex|flatMap|sort|toSorted|join|split|replace|replaceAll|match|matchAll|test|exec|repeat|fill|from|parse|stringify|includes|indexOf)$/;

/** Whether a call can be over sooner than it takes to send it to a worker: it has no loop, no recursion, and calls nothing that may. */
export function isSmall(fn: FunctionWithBody, code: Code, seen = new Set<ts.Node>()): boolean {
  if (seen.has(fn)) return false;
  seen.add(fn);
  let small = true;
  walk(fn.body, (node) => {
    if (!small) return false;
    if (isLoop(node) || ts.isAwaitExpression(node)) small = false;
    if (ts.isCallExpression(node)) {
      const own = functionCalled(node, code);
      small = own ? isSmall(own, code, seen) : isQuickCall(node);
    }
    return undefined;
  });
  return small;
}

const isQuickCall = ({ expression }: ts.CallExpression): boolean =>
  ts.isPropertyAccessExpression(expression) && !through.test(expression.name.text) && /^(Math|Number|String|Object|BigInt)$|^[a-z]\w*$/.test(expression.expression.getText());
