import type { Language } from '../base/language';

export interface SourceRange {
  /** UTF-16 offsets into the file's text, `[start, end)`. */
  readonly start: number;
  readonly end: number;
}

/** Why something cannot be done with a piece of code: a code to test for, a sentence for a person, a line. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** 1-based. */
  readonly line: number;
}

/** A function of a file, runnable or not. */
export interface FoundFunction {
  readonly language: Language;
  /** As a person names it: `f`, `Class.method`, `object.member`, `default`, `outer.inner`. */
  readonly name: string;
  readonly nameRange: SourceRange;
  readonly range: SourceRange;
  /** 1-based, of the name. */
  readonly line: number;
  readonly column: number;
  readonly parameters: {
    /** As written, without types and defaults: `n`, `{ a, b }`, `...rest`. */
    readonly names: readonly string[];
    /** The most arguments it takes; `Infinity` with a rest parameter. */
    readonly most: number;
    /** The fewest arguments it needs. */
    readonly least: number;
  };
  readonly async: boolean;
  readonly exported: boolean;
  /** Expressions out of a JSDoc `@example` or doctest that can serve as inputs. */
  readonly examples: readonly string[];
  /** Present where it cannot be run by itself. */
  readonly refusal?: Refusal;
}
