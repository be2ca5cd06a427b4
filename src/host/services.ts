import type * as vscode from 'vscode';
import type { LastEditor } from './editor/last-editor';
import type { EngineSlot } from './engine-slot';
import type { RewritePreviews } from './rewrites/preview';
import type { RunHistory } from './history';
import type { Recents } from './inputs/recents';
import type { Log } from './log';
import type { ProfileView } from './profile-view';
import type { Runs } from './runs/runs';
import type { Turns } from './runs/turns';

/** What commands work with; made once, in `activate`. */
export interface Services {
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  readonly engine: EngineSlot;
  readonly lastEditor: LastEditor;
  readonly recents: Recents;
  readonly history: RunHistory;
  readonly turns: Turns;
  readonly runs: Runs;
  readonly profile: ProfileView;
  readonly previews: RewritePreviews;
}
