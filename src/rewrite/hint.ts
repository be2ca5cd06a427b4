/** Quiet remarks in the editor: places where waiting could overlap, or where an async function blocks. */
import type { SourceRange } from '../source/found-function';
import type { RecipeName } from './edit-plan';

export interface Hint extends SourceRange {
  /** The recipe that rewrites the place, with a cursor at its start; `null` where none does. */
  readonly recipe: RecipeName | null;
  /** A sentence. */
  readonly message: string;
}
