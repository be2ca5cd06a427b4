/** `for x in xs: results.append(await f(x))` becomes `results = await asyncio.gather(*(f(x) for x in xs))`. */
import { err, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { EditPlan, Recipe } from '../../edit-plan';
import { readFile } from '../file';
import { loopsAt } from '../loop/loop';
import { firstAccepted } from '../pick';
import { refusal } from '../refuse';
import { check } from './check';
import { write } from './write';

export const loopToGather: Recipe = {
  name: 'loop-to-gather',
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
