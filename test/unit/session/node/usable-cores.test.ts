import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { usableCores } from '../../../../src/session/node/usable-cores';

describe('usable cores', () => {
  it('are some, and never more than the runtime counts or the machine has', () => {
    const { machine, usable, why } = usableCores();
    assert.ok(usable > 0 && usable <= availableParallelism() && usable <= machine);
    assert.match(why, /core/);
  });
});
