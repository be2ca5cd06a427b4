import * as vscode from 'vscode';
import { recipeNames, type RecipeName } from '../../rewrite/edit-plan';
import type { EngineSlot } from '../engine-slot';
import type { Log } from '../log';
import { rewritableDocuments } from './languages';
import { toWorkspaceEdit } from './to-edit';

const family = vscode.CodeActionKind.RefactorRewrite.append('corewise');
const kindOf = (recipe: RecipeName): vscode.CodeActionKind => family.append(recipe);

/** Longer files are generated or bundled, and a cursor moves in them all the same. */
const longestText = 1 << 19;

/** A rewrite that would be accepted, before its edit is asked for. */
class RewriteAction extends vscode.CodeAction {
  constructor(
    readonly recipe: RecipeName,
    title: string,
    readonly document: vscode.TextDocument,
    readonly version: number,
    readonly selection: { readonly start: number; readonly end: number },
  ) {
    super(title, kindOf(recipe));
  }
}

/**
 * Rewrites in the lightbulb: only those that are accepted at the selection. The analysis thread does all the work; what a
 * rewrite changes is computed again when one is chosen.
 */
export class RewriteActions implements vscode.CodeActionProvider<vscode.CodeAction>, vscode.Disposable {
  readonly #registered = vscode.languages.registerCodeActionsProvider(rewritableDocuments, this, {
    providedCodeActionKinds: recipeNames.map(kindOf),
  });

  constructor(
    private readonly engine: EngineSlot,
    private readonly log: Log,
  ) {}

  dispose(): void {
    this.#registered.dispose();
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<RewriteAction[]> {
    if (context.only && !context.only.intersects(family) && !family.contains(context.only)) return [];
    const text = document.getText();
    if (text.length > longestText) return [];
    const { version } = document;
    const selection = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    try {
      const engine = await this.engine.get();
      const offers = await engine.rewriteOffers({ file: document.uri.fsPath, text, selection });
      if (token.isCancellationRequested || document.version !== version) return [];
      return offers
        .filter(({ recipe }) => !context.only || context.only.contains(kindOf(recipe)))
        .map(({ recipe, title }) => new RewriteAction(recipe, title, document, version, selection));
    } catch (fault) {
      // Nobody asked for anything: a file that cannot be read is no reason to disturb anyone.
      this.log.debug(`No rewrites for ${document.uri.fsPath}: ${String(fault)}`);
      return [];
    }
  }

  async resolveCodeAction(action: vscode.CodeAction): Promise<vscode.CodeAction> {
    if (!(action instanceof RewriteAction) || action.document.version !== action.version) return action;
    const { document, recipe, selection } = action;
    const engine = await this.engine.get();
    const plan = await engine.rewrite(recipe, { file: document.uri.fsPath, text: document.getText(), selection });
    if (!plan.ok) return action;
    action.edit = toWorkspaceEdit(document, plan.value, true);
    const { packages, leftToDo } = plan.value;
    action.command = { command: '_corewise.afterRewrite', title: 'After the rewrite', arguments: [{ uri: document.uri.toString(), packages, leftToDo }] };
    return action;
  }
}
