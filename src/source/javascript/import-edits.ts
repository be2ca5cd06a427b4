/** Edits of import and export statements: new specifiers, and nothing asked for that exists only as a type. */
import ts from 'typescript';
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
  /** What a request is to say instead; `null` leaves it as it is. */
  specifier(request: ModuleRequest): Replacement | null;
  /** Whether what a binding asks for exists at run time. */
  exists(request: ModuleRequest, binding: ImportBinding): boolean;
  /** Whether an entry of the module's own export lists is a value. */
  isValueExport(entry: ExportEntry): boolean;
  /** Whether the requested module has anything at run time: a declaration file has nothing. */
  isEmpty(request: ModuleRequest): boolean;
  /** Whether a binding is left in though it is only used as a type: decorators may read it. */
  readonly keepsUnused: boolean;
  /** Whether a statement stays for its effects when none of its names are left. */
  readonly keepsEmpty: boolean;
}

/** @param rewrites whether `import x = require()` and `export =` are made CommonJS here, and not by the transpiler */
export function importEdits(facts: ModuleFacts, decisions: Decisions, rewrites: boolean): Edit[] {
  const { text } = facts.source;
  const requests = facts.requests.flatMap((it) => requestEdits(it, facts, decisions, rewrites));
  const entries = facts.exports.entries.filter((it) => facts.typescript && !decisions.isValueExport(it));
  return [...requests, ...entries.map((it) => entryEdit(text, it)), ...(rewrites ? exportEquals(facts) : [])];
}

function requestEdits(request: ModuleRequest, facts: ModuleFacts, decisions: Decisions, rewrites: boolean): Edit[] {
  const { text } = facts.source;
  // What is marked as a type is blanked, or dropped by the transpiler, without our doing.
  if (request.typeOnly) return request.kind === 'import-equals' ? [blankStatement(text, request.range)] : [];
  const dropped = facts.typescript ? droppedBindings(request, decisions) : [];
  const left = request.bindings.filter((it) => !it.typeOnly && !dropped.includes(it));
  const gone = (request.bindings.length > 0 && left.length === 0 && dropsWhole(request, decisions)) || decisions.isEmpty(request);
  if (gone) return [blankStatement(text, request.range)];
  const edits = dropped.map((it) => bindingEdit(text, request, it, left));
  if (request.kind === 'import-equals' && rewrites) edits.push(overwrite(text, keyword(request.range, 'import'), 'const'));
  return [...edits, ...specifierEdits(text, request, decisions)];
}

function droppedBindings(request: ModuleRequest, decisions: Decisions): ImportBinding[] {
  const dropped = request.bindings.filter((it) => {
    if (it.typeOnly) return false;
    if (it.use === 'never' && request.kind !== 'export-from') return !decisions.keepsUnused;
    return !decisions.exists(request, it);
  });
  // Without its default, `import d, * as n` would need its comma moved.
  const keepsDefault = request.bindings.some((it) => it.imported === 'default' && !dropped.includes(it));
  return keepsDefault ? dropped.filter((it) => it.imported !== '*') : dropped;
}

/** `export {} from` is kept for its effects in any case where the settings say so. */
function dropsWhole(request: ModuleRequest, { keepsEmpty }: Decisions): boolean {
  return !keepsEmpty || request.kind === 'import-equals';
}

function bindingEdit(text: string, request: ModuleRequest, binding: ImportBinding, left: readonly ImportBinding[]): Edit {
  const alone = request.kind === 'import' && left.length === 0 && !isListed(text, binding);
  if (alone && !/^\s*,/.test(text.slice(binding.range.end))) return overwrite(text, binding.range, '{}');
  return blank(text, withComma(text, binding.range));
}

/** Whether a binding stands in braces. */
function isListed(text: string, { range }: ImportBinding): boolean {
  return /^\s*(?:,|\})/.test(text.slice(range.end)) || /[{,]\s*$/.test(text.slice(Math.max(0, range.start - 200), range.start));
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
function exportEquals({ source, names }: ModuleFacts): Edit[] {
  const found = source.statements.find((it): it is ts.ExportAssignment => ts.isExportAssignment(it) && it.isExportEquals === true);
  if (!found) return [];
  const start = found.getStart(source);
  const { expression } = found;
  if (ts.isIdentifier(expression) && !names.has(expression.text)) return [blankStatement(source.text, { start, end: found.end })];
  return [overwrite(source.text, { start, end: expression.getStart(source) }, 'module.exports = ')];
}

const keyword = ({ start }: { readonly start: number }, word: string) => ({ start, end: start + word.length });
