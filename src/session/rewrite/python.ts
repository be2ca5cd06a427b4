/** Rewrites of Python files: the recipes are pure, and here they get what they need to know. */
import type { Result } from '../../base/result';
import type { EditPlan, RecipeName, RewriteRequest } from '../../rewrite/edit-plan';
import type { Hint } from '../../rewrite/hint';
import { findHints } from '../../rewrite/python/hints';
import { rewritePython } from '../../rewrite/python/recipes';
import type { Refusal } from '../../source/found-function';
import { acceptedBy, withMissing, type FileRewrite, type Offer } from './file-rewrite';
import { packageFacts, pythonVersion } from './project-facts';

export function rewriteFile(recipe: RecipeName, it: FileRewrite): Result<EditPlan, Refusal> {
  const request = requestFor(it);
  return withMissing(rewritePython(recipe, request), request);
}

export const offersAt = (it: FileRewrite): Offer[] => acceptedBy(rewritePython, requestFor(it));

export const hintsIn = (file: string, text: string): Hint[] => findHints(requestFor({ file, text, selection: { start: 0, end: 0 } }));

function requestFor({ file, text, selection, concurrency }: FileRewrite): RewriteRequest {
  const python = pythonVersion(file);
  return {
    language: 'python',
    path: file,
    text,
    selection,
    project: { ...packageFacts(file), ...(python ? { python } : {}) },
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}
