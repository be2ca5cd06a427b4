/** What the panel asks of the rest of the host, and what it can be told to show. */
import type { Disposable } from '../../base/disposal';
import type { RunData } from '../../profile/run-data';
import type { ExportFormat, HistoryItem } from '../../protocol/panel';

/** What a click in the page may set off. The page's messages are validated before; a run's id may still be unknown. */
export interface PanelActions {
  /** Runs the function at the cursor. */
  run(): void;
  /** Runs the target of `runId` again with the same inputs and plan. */
  rerun(runId: string): void;
  /** Stops the run; what finished is kept. */
  cancel(runId: string): void;
  /** Asks for a file and writes the run to it. */
  exportRun(runId: string, format: ExportFormat): void;
  /** Asks the person to trust the workspace. */
  trust(): void;
  /** Shows the log channel. */
  showLog(): void;
  /** `file` is absolute, `line` 1-based; both come from the host's own data, never from the page. */
  openLocation(file: string, line: number): void;
  /** A person chose a run in the history: the panel shows it itself; this is for whoever wants to know. */
  selected?(runId: string): void;
}

/** The runs that the panel can choose from: newest first. */
export interface PanelRuns {
  items(): readonly HistoryItem[];
  /** `undefined` where only the line is left. */
  find(runId: string): WatchableRun | undefined;
  onChange(listener: () => void): Disposable;
}

/** A run that may still grow: a `RunHandle` is one; one that has ended is `{ data }`. */
export interface WatchableRun {
  readonly data: RunData;
  onUpdate?(listener: (data: RunData) => void): Disposable;
}

/** What the panel shows. */
export type Subject =
  | { readonly kind: 'run'; readonly run: WatchableRun }
  | { readonly kind: 'empty'; readonly functionName: string | null }
  | { readonly kind: 'untrusted' }
  | { readonly kind: 'gone'; readonly item: HistoryItem | null };

/**
 * The panel itself, as `ProfilePanel` in profile-panel.ts gives it:
 * `new ProfilePanel(extensionUri, actions, runs, log)`, disposed with the extension.
 */
export interface Panel extends Disposable {
  /** Shows `subject` (the newest run, or the empty panel, where absent), opening the panel where it is closed. */
  show(subject?: Subject, options?: { readonly preserveFocus?: boolean }): void;
  /** Follows a new run where the panel is open; does nothing where it is closed. */
  follow(run: WatchableRun): void;
  /** Whether a person can see it. */
  readonly visible: boolean;
}
