/** What is asked of the analysis thread and what it answers. Messages never leave this process. */
import type { Language } from '../../base/language';
import type { Result } from '../../base/result';
import type { EditPlan, RecipeName } from '../../rewrite/edit-plan';
import type { Hint } from '../../rewrite/hint';
import type { FoundFunction, Refusal } from '../../source/found-function';
import { isJavaScriptLike, isPython } from '../../source/file-names';
import type { Slice } from '../../source/slice';
import type { LinkedModule, LinkError, LinkRequest } from '../link/linked-module';
import type { FileRewrite, Offer } from '../rewrite/file-rewrite';

/** Each call with its argument and its answer. */
export interface AnalystCalls {
  list: { argument: { file: string; text: string | undefined }; answer: Result<FoundFunction[], Refusal> };
  at: { argument: { file: string; text: string; start: number; end: number }; answer: Result<FoundFunction, Refusal> };
  checkInputs: { argument: { expression: string; language: Language }; answer: { message: string; offset: number } | null };
  isHarmless: { argument: { expression: string; language: Language }; answer: boolean };
  rewrite: { argument: FileRewrite & { readonly recipe: RecipeName }; answer: Result<EditPlan, Refusal> };
  rewriteOffers: { argument: FileRewrite; answer: Offer[] };
  rewriteHints: { argument: { file: string; text: string }; answer: Hint[] };
  slice: { argument: Omit<LinkRequest, 'cache'>; answer: Result<Slice, LinkError> };
  link: { argument: LinkRequest; answer: Result<LinkedModule, LinkError> };
}

export type CallName = keyof AnalystCalls;

export type Request = {
  readonly [Name in CallName]: { readonly id: number; readonly call: Name; readonly argument: AnalystCalls[Name]['argument'] };
}[CallName];

export type ToThread =
  | Request
  /** The answer is no longer wanted; there may be none. */
  | { readonly cancel: number }
  /** Questions about this language will follow. */
  | { readonly warm: Family };

export type FromThread =
  | { readonly id: number; readonly answer: AnalystCalls[CallName]['answer'] }
  /** A fault of ours, with its stack for the log. */
  | { readonly id: number; readonly fault: string };

/** Given to the thread when it starts. */
export interface ThreadData {
  /** Folder for compiled code; `null` to do without. */
  readonly codeCache: string | null;
}

/** Languages that share one bundle. */
export type Family = 'javascript' | 'python';

export const familyOf = (language: Language): Family => (language === 'python' ? 'python' : 'javascript');

/** `null` where the file's functions can neither be found nor run. */
export const familyOfFile = (file: string): Family | null =>
  isJavaScriptLike(file) ? 'javascript' : isPython(file) ? 'python' : null;
