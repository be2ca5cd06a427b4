/**
 * The engine's face: what the editor and the command line ask of it.
 *
 *   request ─► analyst (worker thread: find, link) ─┐
 *          └─► runner process (spawned or spare) ───┴─► run: feed, gather records ─► RunData
 */
import type { Disposable } from '../base/disposal';
import type { Result } from '../base/result';
import type { RunData } from '../profile/run-data';
import type { EditPlan, RecipeName } from '../rewrite/edit-plan';
import type { Hint } from '../rewrite/hint';
import type { FoundFunction, Refusal } from '../source/found-function';
import type { Slice } from '../source/slice';
import type { FileRewrite, Offer } from './rewrite/file-rewrite';
import type { RunRequest } from './run-request';

/** A run under way. `data` grows in place; listeners hear of it at most 20 times a second and at every change of phase. */
export interface RunHandle {
  readonly data: RunData;
  /** Settles when the run has ended and its runner is gone; never rejects: faults are in `data`. */
  readonly ended: Promise<RunData>;
  /** What finished is kept. Idempotent; nothing after the end. */
  cancel(): void;
  onUpdate(listener: (data: RunData) => void): Disposable;
  /** Set while the runner has not answered for some seconds (10 s at most until it is told). */
  onUnresponsive(listener: () => void): Disposable;
}

/** A runtime that was found, or would be taken. */
export interface DoctorRuntime {
  readonly path: string;
  readonly version: string;
  /** Where it was found and why it was chosen, as a sentence. */
  readonly why: string;
  readonly rejected: readonly { readonly path: string; readonly why: string }[];
}

export interface Doctor {
  /** Lines for a person, most important first, and whether runs can work. */
  readonly healthy: boolean;
  /** Why runs cannot work, and what to do; absent where they can. */
  readonly problem?: string;
  readonly node: DoctorRuntime | null;
  /** Absent in what is known of an engine without Python. */
  readonly python?: DoctorRuntime | null;
  /** Why functions of Python cannot be run, and what to do. */
  readonly pythonProblem?: string;
  readonly cores: { readonly machine: number; readonly usable: number; readonly why: string };
  /** What this OS and runtime can measure. */
  readonly measures: { readonly onCpu: boolean; readonly runQueue: boolean; readonly oursPerCore: boolean };
}

/** What evaluated inputs look like. */
export interface InputsPreview {
  /** Number of calls; `null` where an iterator has not said. */
  readonly count: number | null;
  /** The arguments of the first calls, as they would be written between the parentheses. */
  readonly first: readonly string[];
  /** What of the first calls cannot be sent to a worker, as a sentence; absent where all can. */
  readonly unsendable?: string;
}

export interface Engine {
  /** Every function of a file, in order of appearance; those that cannot run carry a refusal. Rejects with a `HumanError` where the file cannot be read. */
  list(file: string, text?: string): Promise<FoundFunction[]>;
  /** The innermost function around `[start, end)` (UTF-16 offsets). */
  at(file: string, text: string, start: number, end: number): Promise<Result<FoundFunction, Refusal>>;
  /** Checks an inputs expression without running it: a message with its place, or `null` where it parses. */
  checkInputs(expression: string, found: Pick<FoundFunction, 'language'>): Promise<{ message: string; offset: number } | null>;
  /** Whether evaluating an expression that parses can do nothing but make plain values. Where unsure: no. */
  isHarmless(expression: string, found: Pick<FoundFunction, 'language'>): Promise<boolean>;
  /** The part of the target's module that a run with these inputs loads. Rejects with a `RefusedError` where there is none, else a `HumanError`. */
  slice(request: Pick<RunRequest, 'target' | 'inputs' | 'unsaved'>): Promise<Slice>;
  /** Rewrites code by one recipe, or says why not. Reads files, runs nothing, changes nothing. */
  rewrite(recipe: RecipeName, request: FileRewrite): Promise<Result<EditPlan, Refusal>>;
  /** The recipes that would be accepted at a selection; none where the file cannot be read. */
  rewriteOffers(request: FileRewrite): Promise<Offer[]>;
  /** Places of a text where waiting could overlap, or where it blocks what waits. */
  rewriteHints(file: string, text: string): Promise<Hint[]>;
  /** Evaluates the inputs in a runner, runs no task, and shows the first `most` calls. Rejects with an `InputsError` where they are wrong, else a `HumanError`. */
  previewInputs(request: RunRequest, most: number): Promise<InputsPreview>;
  /** Starts a run. Throws a `HumanError` at once where the plan makes no sense; any other fault is told by the handle. */
  start(request: RunRequest): RunHandle;
  /** Starts a spare runner for files beside `file`, if there is none and the settings allow it. */
  warm(file: string): void;
  /** `folder`: where version files are looked for, upwards. */
  doctor(folder: string): Promise<Doctor>;
  /** Ends every run and process; resolves when they are gone. */
  dispose(): Promise<void>;
}

export interface EngineOptions {
  /** Folder of the built files (`dist/`). */
  readonly dist: string;
  /** A folder of our own for linked modules; made if absent, with mode 0700. */
  readonly cache: string;
  /** A Node that the user chose; discovered where absent. */
  readonly nodePath?: string;
  /** A Python that the user chose in a setting of ours; it goes before everything else. */
  readonly pythonPath?: string;
  /** Which Python something else has chosen for a file: an extension of the editor; `null` where it has chosen none. */
  readonly chosenPython?: (file: string) => Promise<{ readonly path: string; readonly why: string } | null>;
  /** Folders whose binaries are never started, whatever PATH says; the target's own folder where absent. */
  readonly workspace?: readonly string[];
  /** Keep one runner warm between runs. */
  readonly spare: boolean;
  /** Variables of user code, already without the editor's own. */
  readonly env: NodeJS.ProcessEnv;
  /** Lines for the log; never shown to a person unasked. */
  readonly log: (line: string) => void;
}
