import type { Target } from '../../protocol/target';

/** A target's module, ready to be imported by Node. */
export interface LinkedModule {
  /**
   * Absolute path of the module that sets `target` of the object at `globalThis[Symbol.for('corewise.slot')]`.
   * Imported as it is, without a query: its name changes with its content.
   */
  readonly moduleFile: string;
  /** The module that sets `inputs` (an async function) of the same object; `moduleFile` where the expression needs the module's names. */
  readonly inputsFile: string;
  readonly format: 'esm' | 'cjs';
  /** Whether lines moved somewhere: `process.setSourceMapsEnabled(true)` then brings the user's back. */
  readonly sourceMaps: boolean;
  /** Sentences for a person. */
  readonly warnings: readonly string[];
  /** Absolute paths of the user's files that the module was made from. */
  readonly watched: readonly string[];
  readonly work: LinkWork;
}

/** What linking took: the second time, nothing but looking. */
export interface LinkWork {
  /** Local modules that the target loads, its own included. */
  readonly modules: number;
  /** Of them, those whose text had to be read for its imports and exports. */
  readonly scanned: number;
  /** Copies that had to be compiled and written. */
  readonly compiled: number;
  /** Sentences for the log. */
  readonly notes: readonly string[];
}

export interface LinkRequest {
  readonly target: Target;
  /** An expression that was checked; `null` where the inputs come from elsewhere. */
  readonly inputs: string | null;
  /** Text of unsaved editors by absolute path. */
  readonly unsaved?: ReadonlyMap<string, string> | undefined;
  /** Trusted folders of the user's: no program beyond them is started. Everything above the target where absent. */
  readonly workspace?: readonly string[] | undefined;
  /** Folder for the linked modules; made if absent. */
  readonly cache: string;
}

/** Something that a person can mend before the module can run. */
export interface LinkError {
  readonly code: LinkErrorCode;
  /** Names the file and the line. */
  readonly message: string;
  /** Absolute path. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** An imperative sentence; empty where there is none. */
  readonly nextStep: string;
  /** Of a refused target, what it is refused for. */
  readonly refusal?: string;
}

export type LinkErrorCode =
  | 'refused'
  | 'no-such-function'
  | 'unreadable'
  | 'syntax'
  | 'missing-module'
  | 'missing-export'
  | 'unsupported-file'
  | 'inputs'
  | 'cache'
  | 'cancelled';
