/** The function that a selection means. */
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { Code } from '../code';
import { ancestors, selected, selectedStatementFunction } from '../meant';
import { refuse } from '../refuse';
import { isFunctionWithBody, type FunctionWithBody } from '../syntax';

/** The innermost named function around the selection; a callback counts as a part of the function that it stands in. */
export function findFunction(code: Code): Result<FunctionWithBody, Refusal> {
  const { source } = code;
  const at = selected(code);
  const around = ancestors(source, at).filter(isFunctionWithBody);
  const named = around.find((fn) => fn.name !== undefined || isHeld(fn));
  const found = named ?? around[0] ?? selectedStatementFunction(code);
  return found ? ok(found) : err(refuse('no-function', 'There is no function at line {line}. Put the cursor into one.', source, at.start));
}

const isHeld = ({ parent }: FunctionWithBody): boolean => 'name' in parent && parent.name !== undefined;
