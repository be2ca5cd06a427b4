import * as v from 'valibot';
import type { Inputs } from '../../protocol/target';
import type { InputsPreview } from '../../session/engine';
import type { Store } from '../store';
import { sameInputs } from './inputs-text';
import { inputsSchema } from './inputs-schema';

export interface RecentInputs {
  readonly inputs: Inputs;
  /** As they were when last used; shown again without evaluating anything. */
  readonly preview: InputsPreview | null;
  /** Milliseconds since the epoch. */
  readonly usedAt: number;
}

const key = 'corewise.recentInputs';
const perFunction = 10;
const functions = 100;
/** Longer expressions are used, but not kept: the state is read at every start of a window. */
const longest = 4000;

const stored = v.record(
  v.string(),
  v.array(
    v.object({
      inputs: inputsSchema,
      preview: v.nullable(v.object({ count: v.nullable(v.number()), first: v.array(v.string()) })),
      usedAt: v.number(),
    }),
  ),
);

/** What each function was last called with, newest first; kept with the workspace, within bounds. */
export class Recents {
  constructor(private readonly store: Store) {}

  of(file: string, name: string): readonly RecentInputs[] {
    return this.#read().get(functionKey(file, name)) ?? [];
  }

  async use(file: string, name: string, used: RecentInputs): Promise<void> {
    if (used.inputs.kind === 'expression' && used.inputs.text.length > longest) return;
    const all = this.#read();
    const id = functionKey(file, name);
    const others = (all.get(id) ?? []).filter((recent) => !sameInputs(recent.inputs, used.inputs));
    // Set anew, so that the order of the map is the order of use and the oldest function is the first to go.
    all.delete(id);
    all.set(id, [used, ...others].slice(0, perFunction));
    await this.store.update(key, Object.fromEntries([...all].slice(-functions)));
  }

  #read(): Map<string, RecentInputs[]> {
    const read = v.safeParse(stored, this.store.get(key));
    return new Map(read.success ? Object.entries(read.output) : []);
  }
}

const functionKey = (file: string, name: string): string => `${file}#${name}`;
