/**
 * One module's text as JavaScript that Node loads, lines and columns as the user wrote them.
 *
 *   text ── types blanked ────────────── imports re-pointed ── surroundings named ──► copy
 *     └──── imports re-pointed ── surroundings named ── transpiled, with a map ─────► copy
 */
import { applyEdits, type Edit } from './edits';
import { importEdits, type Decisions } from './import-edits';
import { jsxMode } from './jsx';
import type { ModuleFacts } from './module-facts';
import { surroundingsOf, type Place } from './surrounding-edits';
import { assignsFields, transpile, type CompilerSettings, type Transpiled, type Transpiling } from './transpile';

export interface Emission {
  readonly format: 'esm' | 'cjs';
  readonly place: Place;
  /** What stack traces show: the user's path, or its URL. */
  readonly shownAs: string;
  readonly decisions: Decisions;
  readonly settings: CompilerSettings;
  /** Whether an ES module may use `require` and its like. */
  readonly commonJs: boolean;
  /** The automatic JSX runtime, resolved. */
  readonly jsxRuntime: string | null;
  /** A statement of JavaScript that runs after the module's own. */
  readonly last?: string;
  /** Imports to be added at the end. */
  readonly imports?: string;
}

/** A copy, whole or but for its transpiling. */
export type Draft = { readonly text: string } | { readonly source: string; readonly how: Transpiling; readonly tail: string };

/** @param blanked what `blankTypes` makes of the text; not needed where `isTranspiled` */
export function draftModule(facts: ModuleFacts, emission: Emission, blanked: string | null): Draft {
  const { format, place, last = '', imports = '' } = emission;
  const surroundings = surroundingsOf(facts, format, place, emission.commonJs);
  const edits = [...importEdits(facts, emission.decisions, !isConverted(facts, format)), ...surroundings.edits];
  const tail = surroundings.tail + imports;
  if (blanked === null || isTranspiled(facts, emission)) return transpiling(facts, edits, tail, emission);
  return { text: `${applyEdits(blanked, edits)}\n${last}${tail}\n//# sourceURL=${emission.shownAs}` };
}

export function finish(draft: Draft, transpiled: (source: string, how: Transpiling) => Transpiled = transpile): string {
  if ('text' in draft) return draft.text;
  const { code, map } = transpiled(draft.source, draft.how);
  return `${code}\n${draft.tail}\n${map}`;
}

/** Whether lines move in the copy, so that stack traces need the source map in it. */
export function isTranspiled(facts: ModuleFacts, { format, settings }: Pick<Emission, 'format' | 'settings'>): boolean {
  if (isConverted(facts, format) || !facts.erasable) return true;
  return facts.typescript && facts.needs.classFields && assignsFields(settings);
}

/** Whether static imports of a module are turned into `require`. */
export function isConverted({ moduleSyntax }: ModuleFacts, format: 'esm' | 'cjs'): boolean {
  return format === 'cjs' && moduleSyntax;
}

function transpiling(facts: ModuleFacts, edits: readonly Edit[], tail: string, emission: Emission): Draft {
  const { place, settings, format, last = '' } = emission;
  const slash = place.url.lastIndexOf('/') + 1;
  const mode = jsxMode(facts, format, settings);
  const how: Transpiling = {
    settings,
    as: isConverted(facts, format) ? 'commonjs' : format === 'esm' ? 'esm' : 'script',
    folder: place.url.slice(0, slash),
    name: decodeURIComponent(place.url.slice(slash)),
    keepImports: !facts.typescript || emission.decisions.keepsEmpty,
    jsx: mode.emit,
    jsxRuntime: mode.runtime && emission.jsxRuntime,
  };
  return { source: `${applyEdits(facts.text, edits)}\n${last}`, how, tail };
}
