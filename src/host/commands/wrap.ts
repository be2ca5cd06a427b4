import { basename } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { HumanError } from '../../base/human-error';
import { recipeNames, type EditPlan, type RecipeName } from '../../rewrite/edit-plan';
import type { Engine } from '../../session/engine';
import type { Offer } from '../../session/rewrite/file-rewrite';
import type { Refusal } from '../../source/found-function';
import { toUri } from '../editor/document';
import { RefusedError } from '../editor/locate';
import { forLabel } from '../plain-text';
import { tellWhatIsLeft } from '../rewrites/after';
import { isRewritable } from '../rewrites/languages';
import { toWorkspaceEdit } from '../rewrites/to-edit';
import { verify } from '../rewrites/verify';
import type { Services } from '../services';

/** Recipes of a command, the most likely first. */
const families = {
  cpu: ['loop-to-pool', 'wrap-cpu-task', 'offload-blocking-call'],
  gather: ['loop-to-gather', 'awaits-to-gather'],
} as const satisfies Record<string, readonly RecipeName[]>;

const position = v.object({ line: v.pipe(v.number(), v.integer(), v.minValue(0)), character: v.pipe(v.number(), v.integer(), v.minValue(0)) });

/** With `show: false` nothing is asked: the rewrite is applied, or the reason is thrown. */
const argumentSchema = v.optional(
  v.object({
    uri: v.optional(v.union([v.string(), v.looseObject({ scheme: v.string(), path: v.string() })])),
    selection: v.optional(v.object({ start: position, end: position })),
    recipe: v.optional(v.picklist(recipeNames)),
    concurrency: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    show: v.optional(v.boolean(), true),
  }),
  {},
);

type Wish = v.InferOutput<typeof argumentSchema>;

/** Rewrites what is selected by a recipe of the family; `true` where it was applied. */
export async function wrap(services: Services, family: keyof typeof families, argument: unknown): Promise<boolean> {
  const read = v.safeParse(argumentSchema, isUri(argument) ? {} : (argument ?? undefined));
  if (!read.success) throw new HumanError(`A rewrite takes \`{ uri?, selection?, recipe?, concurrency?, show? }\`; recipes are ${recipeNames.join(', ')}.`);
  const wish = read.output;
  const document = await documentOf(services, wish);
  const engine = await services.engine.get();
  const at = { file: document.uri.fsPath, text: document.getText(), selection: selectionOf(document, wish), concurrency: wish.concurrency };
  const { version } = document;
  const recipe = wish.recipe ?? (await choose(engine, family, at, document, wish.show));
  if (!recipe) return false;
  const plan = await engine.rewrite(recipe, at);
  if (!plan.ok) throw new RefusedError(plan.error, document.uri);
  if (wish.show && !(await agree(services, document, plan.value))) return false;
  return applyNow(document, version, plan.value, wish.show);
}

/** Where several recipes fit, the person says which; where none does, the reason of the first that comes near is thrown. */
async function choose(engine: Engine, family: keyof typeof families, at: Parameters<Engine['rewriteOffers']>[0], document: vscode.TextDocument, ask: boolean): Promise<RecipeName | undefined> {
  const recipes: readonly RecipeName[] = families[family];
  const offers = (await engine.rewriteOffers(at)).filter(({ recipe }) => recipes.includes(recipe));
  const [first, second] = offers.sort((a, b) => recipes.indexOf(a.recipe) - recipes.indexOf(b.recipe));
  if (first) return second && ask ? pick(offers) : first.recipe;
  const refusals = await Promise.all(recipes.map((recipe) => engine.rewrite(recipe, at)));
  throw new RefusedError(nearest(refusals.flatMap((it) => (it.ok ? [] : [it.error]))), document.uri);
}

/** Refusals that only say that nothing of their kind is there. */
const elsewhere = /^(no-loop|no-call|no-await|no-function|not-adjacent|not-for-of|unknown-callee)$/;

const nearest = (refusals: readonly Refusal[]): Refusal => refusals.find(({ code }) => !elsewhere.test(code)) ?? refusals[0]!;

async function pick(offers: readonly Offer[]): Promise<RecipeName | undefined> {
  const items = offers.map(({ recipe, title }) => ({ recipe, label: forLabel(title, 120) }));
  return (await vscode.window.showQuickPick(items, { title: 'Rewrite', placeHolder: 'Several rewrites fit here' }))?.recipe;
}

/** Shows the preview until it is answered; verifying comes back to it with what was found. */
async function agree(services: Services, document: vscode.TextDocument, plan: EditPlan): Promise<boolean> {
  let evidence: readonly string[] = [];
  for (;;) {
    const choice = await services.previews.ask(document, plan, evidence);
    if (choice !== 'verify') return choice === 'apply';
    evidence = (await verify(services, document, plan)) ?? evidence;
  }
}

async function applyNow(document: vscode.TextDocument, version: number, plan: EditPlan, tells: boolean): Promise<boolean> {
  if (document.version !== version) {
    throw new HumanError(`${basename(document.uri.path)} was changed in the meantime.`, 'Ask for the rewrite again.');
  }
  const applied = await vscode.workspace.applyEdit(toWorkspaceEdit(document, plan, false), { isRefactoring: true });
  if (!applied) throw new HumanError('VS Code did not apply the rewrite.', plan.newFiles.length > 0 ? `Perhaps ${plan.newFiles[0]!.name} is there already.` : '');
  if (tells) tellWhatIsLeft(document.uri, plan);
  return true;
}

async function documentOf({ lastEditor }: Services, { uri }: Wish): Promise<vscode.TextDocument> {
  const document = uri === undefined ? (vscode.window.activeTextEditor ?? lastEditor.current)?.document : await vscode.workspace.openTextDocument(toUri(uri));
  if (!document) throw new HumanError('There is no file to rewrite.', 'Open a JavaScript, TypeScript or Python file.');
  const name = basename(document.uri.path);
  if (document.uri.scheme !== 'file') throw new HumanError(`${name} is not on this disk.`, 'Save it first.');
  if (!isRewritable(document.languageId)) throw new HumanError(`${name} is ${document.languageId}.`, 'Corewise rewrites JavaScript, TypeScript and Python.');
  return document;
}

function selectionOf(document: vscode.TextDocument, { selection }: Wish): { start: number; end: number } {
  const editor = vscode.window.visibleTextEditors.find((it) => it.document === document);
  const at = selection
    ? new vscode.Range(selection.start.line, selection.start.character, selection.end.line, selection.end.character)
    : (editor?.selection ?? new vscode.Range(0, 0, 0, 0));
  return { start: document.offsetAt(at.start), end: document.offsetAt(at.end) };
}

const isUri = (value: unknown): boolean => value instanceof vscode.Uri;
