/** `requests.get(url)` in an `async def` becomes `await asyncio.to_thread(requests.get, url)`. */
import type { Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { EditPlan, Recipe } from '../../edit-plan';
import { readFile } from '../file';
import { firstAccepted } from '../pick';
import { refusal } from '../refuse';
import { callsAt, check } from './check';
import { write } from './write';

export const offloadBlockingCall: Recipe = {
  name: 'offload-blocking-call',
  rewrite: (request): Result<EditPlan, Refusal> => {
    const file = readFile(request);
    if (!file.ok) return file;
    const line = file.value.code.line(request.selection.start);
    return firstAccepted(
      callsAt(file.value),
      (node) => {
        const offload = check(file.value, node);
        return offload.ok ? write(file.value, offload.value) : offload;
      },
      refusal('no-call', 'There is no call here. Put the cursor on a call that blocks.', line),
    );
  },
};
