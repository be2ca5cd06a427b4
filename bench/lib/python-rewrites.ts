/** What the benchmark of the Python rewrites asks of the recipes: every offer of a file, with the text that it makes. */
import { recipeNames, type RecipeName } from '../../src/rewrite/edit-plan';
import { applyPlan } from '../../src/rewrite/apply';
import { readFile } from '../../src/rewrite/python/file';
import { placesFor } from '../../src/rewrite/python/offers';

export interface Offer {
  readonly recipe: RecipeName;
  readonly line: number;
  readonly before: string;
  readonly after: string;
  readonly text: string;
}

/** @returns offers, and how many places there were; codes of refusals are counted in `refused` */
export function offersIn(path: string, text: string, refused: Map<string, number>): { offers: Offer[]; places: Map<RecipeName, number> } {
  const places = new Map<RecipeName, number>();
  const offers: Offer[] = [];
  const project = { packages: new Set<string>(), siblings: new Set<string>(), python: [3, 11] as const };
  const file = readFile({ language: 'python', path, text, selection: { start: 0, end: 0 }, project });
  if (!file.ok) return { offers, places };
  for (const recipe of recipeNames) {
    for (const place of placesFor(file.value, recipe)) {
      places.set(recipe, (places.get(recipe) ?? 0) + 1);
      const plan = place.attempt();
      if (!plan.ok) {
        const key = `${recipe}: ${plan.error.code}`;
        refused.set(key, (refused.get(key) ?? 0) + 1);
        continue;
      }
      const after = applyPlan(text, plan.value.edits);
      const changed = plan.value.edits.map((it) => it.newText).join('\n');
      offers.push({ recipe, line: file.value.code.line(place.range), before: text.slice(place.range.start, place.range.end), after: changed, text: after });
    }
  }
  return { offers, places };
}
