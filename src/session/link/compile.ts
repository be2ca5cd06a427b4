/** From drafts to the texts of copies. */
import type { Result } from '../../base/result';
import type { Refusal } from '../../source/found-function';
import { finish, type Draft } from '../../source/javascript/emit';
import { bounded } from '../../source/javascript/parse';

/** One text for each draft, in its order. */
export type Compile = (drafts: readonly Draft[]) => Promise<Result<string, Refusal>[]>;

/** Drafts between which messages are let in, such as a cancellation. */
const batch = 20;

export const byTypeScript: Compile = async (drafts) => {
  const texts: Result<string, Refusal>[] = [];
  for (const it of drafts) {
    texts.push(bounded(() => finish(it)));
    if (texts.length % batch === 0) await new Promise(setImmediate);
  }
  return texts;
};
