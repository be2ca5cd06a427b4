/** `for x in xs: results.append(f(x))` becomes a map over the processes of a pool. */
import { err, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { EditPlan, Recipe } from '../../edit-plan';
import { readFile } from '../file';
import { loopsAt } from '../loop/loop';
import { firstAccepted } from '../pick';
import { refusal } from '../refuse';
import { check } from './check';
import { write } from './write';

export const loopToPool: Recipe = {
  name: 'loop-to-pool',
  rewrite: (request): Result<EditPlan, Refusal> => {
    const file = readFile(request);
    if (!file.ok) return file;
    const line = file.value.code.line(request.selection.start);
    return firstAccepted(
      loopsAt(file.value),
      (node) => {
        const loop = check(file.value, node);
        return loop.ok ? write(file.value, loop.value) : err(loop.error);
      },
      refusal('no-loop', 'There is no loop here. Put the cursor in a `for` loop or a list comprehension.', line),
    );
  },
};
