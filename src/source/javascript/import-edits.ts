/** Edits of import and export statements: new specifiers, and nothing asked for that exists only as a type. */
import { blank, blankStatement, overwrite, withComma, type Edit } from './edits';
import type { ExportEntry, ImportBinding, ModuleFacts, ModuleRequest } from './module-facts';

/** What a request says in the copy. */
export interface Replacement {
  readonly text: string;
  /** Whether `with { … }` stays. */
  readonly keepAttributes?: boolean;
  /** Whether `* as name` becomes `name`: a module in between has the namespace as its default. */
  readonly asDefault?: boolean;
}

/** What the linker decided about a module's requests and exports. */
export interface Decisions {
  /** Whether a request is made at run time; a statement whose request is not goes. */
  isMade(request: ModuleRequest): boolean;
  /** What a request is to say instead; `null` leaves it as it is. */
  specifier(request: ModuleRequest): Replacement | null;
  /** Whether what a binding asks for exists at run time. */
  exists(request: ModuleRequest, binding: ImportBinding): boolean;
  /** Whether an entry of the module's own export lists is a value. */
  isValueExport(entry: ExportEntry): boolean;
  /** Whether a binding is left in: one that is only used as a type may be what decorators read, or what JSX is compiled to. */
  isUsed(binding: ImportBinding): boolean;
  /** Whether the transpiler, too, leaves an import in when none of its names are used. */
  readonly keepsEmpty: boolean;
}

/** @param rewrites whether `import x = require()` and `export =` are made CommonJS here, and not by the transpiler */
export function importEdits(facts: ModuleFacts, decisions: Decisions, rewrites: boolean): Edit[] {
  const { text } = facts;
  const requests = facts.requests.flatMap((it) => requestEdits(it, facts, decisions, rewrites));
  const entries = facts.exports.entries.filter((it) => facts.typescript && !decisions.isValueExport(it));
  return [...requests, ...entries.map((it) => entryEdit(text, it)), ...(rewrites ? exportEqualsEdits(facts) : [])];
}

function requestEdits(request: ModuleRequest, facts: ModuleFacts, decisions: Decisions, rewrites: boolean): Edit[] {
  const { text } = facts;
  // What is marked as a type is blanked, or dropped by the transpiler, without our doing.
  if (request.typeOnly) return request.kind === 'import-equals' ? [blankStatement(text, request.range)] : [];
  if (!decisions.isMade(request)) return [blankStatement(text, request.range)];
  const dropped = facts.typescript ? droppedBindings(request, decisions) : [];
  const left = request.bindings.some((it) => !it.typeOnly && !dropped.includes(it));
  const edits = dropped.map((it) => bindingEdit(text, it, left));
  if (request.kind === 'import-equals' && rewrites) edits.push(overwrite(text, keyword(request.range, 'import'), 'const'));
  return [...edits, ...specifierEdits(text, request, decisions)];
}

function droppedBindings(request: ModuleRequest, decisions: Decisions): ImportBinding[] {
  const dropped = request.bindings.filter((it) => {
    if (it.typeOnly) return false;
    return it.use === 'never' ? !decisions.isUsed(it) : !decisions.exists(request, it);
  });
  // Without its default, `import d, * as n` would need its comma moved.
  const keepsDefault = request.bindings.some((it) => it.imported === 'default' && !dropped.includes(it));
  return keepsDefault ? dropped.filter((it) => it.imported !== '*') : dropped;
}

/** @param left whether any other binding of the statement is */
function bindingEdit(text: string, binding: ImportBinding, left: boolean): Edit {
  const range = withComma(text, binding.range);
  const isLast = !left && !binding.listed && range.end === binding.range.end;
  return isLast ? overwrite(text, binding.range, '{}') : blank(text, range);
}

function specifierEdits(text: string, request: ModuleRequest, decisions: Decisions): Edit[] {
  const specifier = decisions.specifier(request);
  if (!specifier) return [];
  const edits: Edit[] = [{ ...request.literal, text: JSON.stringify(specifier.text) }];
  if (specifier.asDefault) for (const it of request.bindings) edits.push(overwrite(text, it.range, it.local));
  if (request.attributes && !specifier.keepAttributes) edits.push(blank(text, request.attributes));
  return edits;
}

/** `export { T }` loses its entry, `export default T` is lost as a whole. */
function entryEdit(text: string, { exported, range }: ExportEntry): Edit {
  const whole = exported === 'default' && text.startsWith('export', range.start);
  return whole ? blankStatement(text, range) : blank(text, withComma(text, range));
}

/** `export = x` becomes `module.exports = x`, and nothing where `x` is a type. */
function exportEqualsEdits({ text, exportEquals: found }: ModuleFacts): Edit[] {
  if (!found) return [];
  const { range, value } = found;
  if (value === null) return [blankStatement(text, range)];
  return [overwrite(text, { start: range.start, end: value }, 'module.exports = ')];
}

const keyword = ({ start }: { readonly start: number }, word: string) => ({ start, end: start + word.length });
