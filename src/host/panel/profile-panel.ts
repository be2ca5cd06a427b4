/**
 * The profile panel in VS Code. One at most; VS Code may throw its page away whenever it is hidden, and bring the panel
 * back after a restart. Who may ask it what, and what it asks in turn, is in panel-contract.ts.
 */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { DisposalStack } from '../../base/disposal';
import type { RunData } from '../../profile/run-data';
import { bounds, type HostMessage, pageStateSchema, type RunHeader } from '../../protocol/panel';
import { inputsLine } from '../inputs/inputs-text';
import { cut } from './bounded';
import { PanelController } from './controller';
import type { FeedTools } from './feed';
import { Figures } from './figures';
import { panelHtml } from './html';
import type { Panel, PanelActions, PanelRuns, Subject, WatchableRun } from './panel-contract';

const viewType = 'corewise.profile';

export class ProfilePanel implements Panel, vscode.WebviewPanelSerializer {
  #panel: vscode.WebviewPanel | null = null;
  readonly #figures = new Figures();
  readonly #controller: PanelController;
  readonly #parts = new DisposalStack();

  constructor(
    private readonly extensionUri: vscode.Uri,
    actions: PanelActions,
    private readonly runs: PanelRuns,
    private readonly log: (line: string) => void,
  ) {
    this.#controller = this.#parts.add(new PanelController(this.#tools(), actions, runs, log));
    this.#parts.add(vscode.window.registerWebviewPanelSerializer(viewType, this));
  }

  get visible(): boolean {
    return this.#panel?.visible ?? false;
  }

  show(subject: Subject = { kind: 'empty', functionName: null }, options: { preserveFocus?: boolean } = {}): void {
    this.#controller.show(subject);
    const preserveFocus = options.preserveFocus ?? false;
    if (this.#panel) return this.#panel.reveal(undefined, preserveFocus);
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus };
    this.#adopt(vscode.window.createWebviewPanel(viewType, 'Corewise Profile', where, this.#options()));
  }

  follow(run: WatchableRun): void {
    if (this.#panel) this.#controller.show({ kind: 'run', run });
  }

  /** VS Code has brought the panel back: shows the run it had, if that is still known. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const read = v.safeParse(pageStateSchema, state);
    this.#controller.show(this.#remembered(read.success ? read.output.runId : null));
    panel.webview.options = this.#options();
    this.#adopt(panel);
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#parts.dispose();
  }

  #remembered(runId: string | null): Subject {
    if (!vscode.workspace.isTrusted) return { kind: 'untrusted' };
    if (runId === null) return { kind: 'empty', functionName: null };
    const run = this.runs.find(runId);
    if (run) return { kind: 'run', run };
    return { kind: 'gone', item: this.runs.items().find(({ id }) => id === runId) ?? null };
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icon.svg');
    panel.webview.onDidReceiveMessage((message) => this.#controller.receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#controller.pause();
    });
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = null;
      this.#controller.pause();
    });
    panel.webview.html = this.#html(panel.webview);
  }

  #html(webview: vscode.Webview): string {
    const uri = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.#folder, name)).toString();
    return panelHtml({
      script: uri('panel.js'),
      style: uri('panel.css'),
      cspSource: webview.cspSource,
      nonce: randomBytes(24).toString('base64url'),
    });
  }

  get #folder(): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'dist', 'panel');
  }

  #options(): vscode.WebviewOptions & vscode.WebviewPanelOptions {
    return { enableScripts: true, enableForms: false, localResourceRoots: [this.#folder], enableFindWidget: true };
  }

  #tools(): FeedTools {
    return {
      post: (message) => this.#post(message),
      figures: (run) => this.#figures.of(run),
      header: headerOf,
      now: () => performance.now(),
      after: (delay, action) => {
        const timer = setTimeout(action, delay);
        return { dispose: () => clearTimeout(timer) };
      },
    };
  }

  #post(message: HostMessage): void {
    void this.#panel?.webview.postMessage(message).then(undefined, (error: unknown) => {
      this.log(`A message to the panel was lost: ${String(error)}`);
    });
  }
}

function headerOf(run: RunData): RunHeader {
  const { target, plan } = run;
  return {
    id: run.id,
    requestedAt: run.requestedAt,
    language: target.language,
    functionName: target.function,
    fileLabel: vscode.workspace.asRelativePath(target.file),
    line: target.line,
    inputs: cut(inputsLine(run.inputs), bounds.line),
    records: run.records.length,
    lanes: Math.max(1, plan.workers) * Math.max(1, plan.concurrency),
  };
}
