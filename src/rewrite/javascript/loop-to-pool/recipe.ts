import type { Recipe } from '../../edit-plan';
import { withCode } from '../code';
import { firstAccepted } from '../first-accepted';
import { refuse } from '../refuse';
import { checkRepetition } from './check';
import { findRepetitions } from './find';
import { writePoolLoop } from './write';

/** The calls of a CPU-bound function, one for each item, in a pool of worker threads. */
export const loopToPool: Recipe = {
  name: 'loop-to-pool',
  rewrite: (request) =>
    withCode(request, (code) =>
      firstAccepted(
        findRepetitions(code),
        (node) => {
          const checked = checkRepetition(node, code);
          return checked.ok ? writePoolLoop(checked.value, code) : checked;
        },
        () => refuse('no-loop', 'There is no loop and no `map` at line {line}. Put the cursor into one.', code.source, request.selection.start),
      ),
    ),
};
