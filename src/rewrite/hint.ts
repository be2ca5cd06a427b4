/** Quiet remarks in the editor: places that a recipe could rewrite. */
import type { SourceRange } from '../source/found-function';
import type { RecipeName, RewriteRequest } from './edit-plan';

export interface Hint {
  /** The recipe that rewrites the place, with a cursor anywhere in `range`. */
  readonly recipe: RecipeName;
  readonly range: SourceRange;
  /** 1-based, of the range's start. */
  readonly line: number;
  /** A sentence. */
  readonly message: string;
}

/** A hint is about a file, not a selection. */
export type HintRequest = Omit<RewriteRequest, 'selection'>;
