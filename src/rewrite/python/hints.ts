/** Where a Python file waits for one thing after the other, or holds up its event loop. */
import type { RecipeName, RewriteRequest } from '../edit-plan';
import type { Hint } from '../hint';
import { readFile } from './file';
import { placesFor, type Place } from './offers';

const hinted: readonly RecipeName[] = ['loop-to-gather', 'awaits-to-gather', 'offload-blocking-call'];

/**
 * Only places that a recipe accepts; none within another of the same recipe.
 * @param request its selection is of no account
 */
export function findHints(request: RewriteRequest): Hint[] {
  // Coroutines are what all of this is about.
  if (!/\basync\b/.test(request.text)) return [];
  const file = readFile(request);
  if (!file.ok) return [];
  const found = hinted.flatMap((recipe) => outermost(placesFor(file.value, recipe).filter((it) => it.attempt().ok)));
  return found
    .map(({ recipe, range }) => ({
      recipe,
      start: range.start,
      end: recipe === 'loop-to-gather' ? Math.min(range.end, file.value.code.lineEnd(range.start)) : range.end,
      message: messages[recipe]!(request.text.slice(range.start, range.end).split(/[\r\n(]/)[0]!),
    }))
    .sort((a, b) => a.start - b.start);
}

const messages: Partial<Record<RecipeName, (text: string) => string>> = {
  'loop-to-gather': () => 'Each turn of this loop waits for the one before it. The calls could overlap.',
  'awaits-to-gather': () => 'Each of these awaits waits for the one before it. The calls could overlap.',
  'offload-blocking-call': (text) => `\`${text}\` holds up the event loop until it is done.`,
};

const outermost = (places: readonly Place[]): Place[] =>
  places.filter(({ range }) => !places.some((it) => it.range !== range && it.range.start <= range.start && range.end <= it.range.end));
