import { ok } from '../../../base/result';
import type { Recipe } from '../../edit-plan';
import { candidates } from '../meant';
import { withCode } from '../code';
import { firstAccepted } from '../first-accepted';
import { refuse } from '../refuse';
import { isLoop } from '../syntax';
import { refuseBound } from '../imports';
import { checkLoop } from './check';
import { writeLoop } from './write';

/** The calls of a loop at once: `await Promise.all(Array.from(xs, async (x) => …))`, or with p-map where there is a bound. */
export const loopToGather: Recipe = {
  name: 'loop-to-gather',
  rewrite: (request) =>
    withCode(request, (code) => {
      const bound = refuseBound(code);
      if (bound) return { ok: false, error: bound };
      return firstAccepted(
        candidates(code, isLoop),
        (loop) => {
          const checked = checkLoop(loop, code);
          return checked.ok ? ok(writeLoop(checked.value, code)) : checked;
        },
        () => refuse('no-loop', 'There is no loop at line {line}. Put the cursor into one.', code.source, request.selection.start),
      );
    }),
};
