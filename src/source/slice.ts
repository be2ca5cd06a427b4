/** The part of a module that a target needs: one shape for every language. */

/** Something that was kept or left out: a declaration, an import, a statement. */
export interface SliceItem {
  /** As a person would point at it: `import { a } from 'b'`, `const table`, `app.listen(…)`; one line, bounded. */
  readonly what: string;
  /** 1-based, inclusive. */
  readonly line: number;
  readonly endLine: number;
  /** Why it was kept or left out, as a short clause: "used by `f`", "writes `table`", "not needed". */
  readonly why: string;
}

/** Something that a person should know before the slice runs. */
export interface SliceWarning {
  /**
   * `module-state`: the target reads or writes module state, of which each worker has a copy of its own;
   * `skipped-setup`: a call that is left out writes a name that is kept; `effect`: an initialiser with effects has to run.
   */
  readonly code: string;
  /** A sentence, with the names. */
  readonly message: string;
  /** 1-based. */
  readonly line: number;
}

export interface Slice {
  /** The module's text with what is not kept blanked: every line and column of the rest is where it was. */
  readonly text: string;
  /** An expression in the module's scope that evaluates to the target: `f`, `C.m`, `new C()`'s method bound. */
  readonly entry: string;
  /** Names that the target uses from outside itself, in order of first use. */
  readonly captures: readonly string[];
  readonly kept: readonly SliceItem[];
  readonly leftOut: readonly SliceItem[];
  readonly warnings: readonly SliceWarning[];
}
