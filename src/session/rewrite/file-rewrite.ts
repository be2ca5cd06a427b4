/** A rewrite of a file on this disk, as the rest asks for it. */
import { ok, type Result } from '../../base/result';
import { recipeNames, type EditPlan, type RecipeName, type RewriteRequest } from '../../rewrite/edit-plan';
import type { Refusal, SourceRange } from '../../source/found-function';

export interface FileRewrite {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  /** UTF-16 offsets; a cursor where both are equal. */
  readonly selection: SourceRange;
  /** Calls at once, for the gathers; all where absent. */
  readonly concurrency?: number | undefined;
}

/** A recipe that would be accepted, with its plan's title. */
export interface Offer {
  readonly recipe: RecipeName;
  readonly title: string;
}

export type Perform = (recipe: RecipeName, request: RewriteRequest) => Result<EditPlan, Refusal>;

/** Of the packages that the new code imports, those are left that the project does not depend on yet. */
export function withMissing(plan: Result<EditPlan, Refusal>, { project }: RewriteRequest): Result<EditPlan, Refusal> {
  return plan.ok ? ok({ ...plan.value, packages: plan.value.packages.filter((name) => !project.packages.has(name)) }) : plan;
}

/** Every recipe that fits the selection. Safe to ask at each move of the cursor: it does no more than parse. */
export function acceptedBy(perform: Perform, request: RewriteRequest): Offer[] {
  return recipeNames.flatMap((recipe): Offer[] => {
    const plan = perform(recipe, request);
    return plan.ok ? [{ recipe, title: plan.value.title }] : [];
  });
}
