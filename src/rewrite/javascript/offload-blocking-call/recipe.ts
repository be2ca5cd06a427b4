import type { Recipe } from '../../edit-plan';
import { withCode } from '../code';
import { firstAccepted } from '../first-accepted';
import { refuse } from '../refuse';
import { checkCall } from './check';
import { findCalls } from './find';
import { writeOffload } from './write';

/** A blocking call in an async function: to a pool, or to Node's own form of it that does not block. */
export const offloadBlockingCall: Recipe = {
  name: 'offload-blocking-call',
  rewrite: (request) =>
    withCode(request, (code) =>
      firstAccepted(
        findCalls(code),
        (call) => {
          const checked = checkCall(call, code);
          return checked.ok ? writeOffload(checked.value, code) : checked;
        },
        () => refuse('no-call', 'There is no call at line {line}. Put the cursor on one.', code.source, request.selection.start),
      ),
    ),
};
