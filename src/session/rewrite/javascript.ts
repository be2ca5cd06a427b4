/** Rewrites of JavaScript and TypeScript files: the recipes are pure, and here they get what they need to know. */
import type { Result } from '../../base/result';
import type { EditPlan, RecipeName, RewriteRequest } from '../../rewrite/edit-plan';
import type { Hint } from '../../rewrite/hint';
import { findHints } from '../../rewrite/javascript/hints';
import { rewriteJavaScript } from '../../rewrite/javascript/recipes';
import type { Refusal } from '../../source/found-function';
import { isTypeScript } from '../../source/javascript/parse';
import { Projects } from '../link/project-settings';
import { acceptedBy, withMissing, type FileRewrite, type Offer } from './file-rewrite';
import { packageFacts } from './project-facts';

export function rewriteFile(recipe: RecipeName, it: FileRewrite): Result<EditPlan, Refusal> {
  const request = requestFor(it);
  return withMissing(rewriteJavaScript(recipe, request), request);
}

export const offersAt = (it: FileRewrite): Offer[] => acceptedBy(rewriteJavaScript, requestFor(it));

export const hintsIn = (file: string, text: string): Hint[] => findHints(requestFor({ file, text, selection: { start: 0, end: 0 } }));

function requestFor({ file, text, selection, concurrency }: FileRewrite): RewriteRequest {
  const compiler = new Projects().of(file).modules;
  return {
    language: isTypeScript(file) ? 'typescript' : 'javascript',
    path: file,
    text,
    selection,
    project: { ...packageFacts(file), ...(compiler ? { compiler } : {}) },
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}
