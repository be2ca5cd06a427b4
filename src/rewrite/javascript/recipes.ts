/** Every recipe for JavaScript and TypeScript. */
import type { Recipe, RecipeName, Rewrite, RewriteRequest } from '../edit-plan';
import { awaitsToGather } from './awaits-to-gather/recipe';
import { loopToGather } from './loop-to-gather/recipe';

const recipes = {
  'loop-to-gather': loopToGather,
  'awaits-to-gather': awaitsToGather,
} as Record<RecipeName, Recipe>;

export const rewriteJavaScript = (recipe: RecipeName, request: RewriteRequest): Rewrite => recipes[recipe].rewrite(request);
