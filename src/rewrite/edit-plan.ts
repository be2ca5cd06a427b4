/** What a rewrite is: text and selection in, an edit plan or a refusal out. Nothing is read or written here. */
import type { Language } from '../base/language';
import type { Result } from '../base/result';
import type { Refusal, SourceRange } from '../source/found-function';

/** The kinds of rewrite; also the last word of a code action's kind (`refactor.rewrite.corewise.<recipe>`). */
export const recipeNames = ['loop-to-gather', 'awaits-to-gather', 'loop-to-pool', 'wrap-cpu-task', 'offload-blocking-call'] as const;
export type RecipeName = (typeof recipeNames)[number];

export interface RewriteRequest {
  readonly language: Language;
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
  /** The selection `[start, end)` in UTF-16 offsets; a cursor where both are equal. */
  readonly selection: SourceRange;
  /** What is known of the project; a recipe assumes nothing beyond it. */
  readonly project: ProjectFacts;
  /** How many calls may be under way at once, for the gathers; all of them where absent. */
  readonly concurrency?: number;
  /** Python 3.11 and newer: gather in a `TaskGroup`, which cancels the other calls after a failure. */
  readonly taskGroup?: boolean;
}

/** Facts that a recipe needs and cannot read itself. */
export interface ProjectFacts {
  /** Of the nearest package.json; absent where there is none. */
  readonly packageType?: 'module' | 'commonjs';
  /** npm packages that the project already depends on. */
  readonly packages: ReadonlySet<string>;
  /** Names of the files in the target's folder: a new file must not be one of them. */
  readonly siblings: ReadonlySet<string>;
  /** `compilerOptions` of the nearest tsconfig.json that matter for imports; absent where there is none. */
  readonly compiler?: {
    readonly module?: string;
    readonly moduleResolution?: string;
    readonly allowImportingTsExtensions?: boolean;
    readonly rewriteRelativeImportExtensions?: boolean;
  };
  /** Version of the Python that the project uses, such as `[3, 11]`; absent where not known. */
  readonly python?: readonly [number, number];
}

export interface TextEdit extends SourceRange {
  readonly newText: string;
}

export interface NewFile {
  /** Name beside the target's file. */
  readonly name: string;
  readonly text: string;
}

export interface EditPlan {
  readonly recipe: RecipeName;
  /** An imperative phrase: "Run the calls of this loop with Promise.all". */
  readonly title: string;
  /** Edits of the target's own file, in order of appearance, not overlapping. */
  readonly edits: readonly TextEdit[];
  readonly newFiles: readonly NewFile[];
  /** npm packages that the new code imports; installed only after asking. */
  readonly packages: readonly string[];
  /** Sentences: what behaves differently afterwards. Never empty. */
  readonly changes: readonly string[];
  /** Places that a person has to look after, such as callers that cannot await. */
  readonly leftToDo: readonly { readonly line: number; readonly message: string }[];
}

export type Rewrite = Result<EditPlan, Refusal>;

/** One recipe for one family of languages. */
export interface Recipe {
  readonly name: RecipeName;
  readonly rewrite: (request: RewriteRequest) => Rewrite;
}
