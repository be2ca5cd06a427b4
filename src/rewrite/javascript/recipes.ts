/** Every recipe for JavaScript and TypeScript. */
import type { Recipe, RecipeName, Rewrite, RewriteRequest } from '../edit-plan';
import { awaitsToGather } from './awaits-to-gather/recipe';
import { loopToGather } from './loop-to-gather/recipe';
import { loopToPool } from './loop-to-pool/recipe';
import { offloadBlockingCall } from './offload-blocking-call/recipe';
import { wrapCpuTask } from './wrap-cpu-task/recipe';

const recipes: Readonly<Record<RecipeName, Recipe>> = {
  'loop-to-gather': loopToGather,
  'awaits-to-gather': awaitsToGather,
  'loop-to-pool': loopToPool,
  'wrap-cpu-task': wrapCpuTask,
  'offload-blocking-call': offloadBlockingCall,
};

export const rewriteJavaScript = (recipe: RecipeName, request: RewriteRequest): Rewrite => recipes[recipe].rewrite(request);
