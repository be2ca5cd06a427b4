/** What a rehearsal runs: loaded as any linked module is, it leaves a target and inputs in the slot. */
import type { Slot } from './slot';

/** Enough calls for V8 to have compiled what each call goes through: it does so after some ten thousand. */
const calls = 30_000;

/** Of two kinds, so that V8 does not settle on one. */
function* inputs(): Generator<number | string> {
  for (let i = 0; i < calls; i++) yield i < calls / 2 ? i : 'a word';
}

const slot = (globalThis as unknown as Record<symbol, Slot>)[Symbol.for('corewise.slot')];
if (slot) {
  slot.target = (input: unknown) => input;
  slot.inputs = () => Promise.resolve(inputs());
}
