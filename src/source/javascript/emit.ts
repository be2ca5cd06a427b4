/**
 * One module's text as JavaScript that Node loads, lines and columns as the user wrote them.
 *
 *   text ── types blanked (or transpiled, with a map) ── imports re-pointed ── surroundings named ──► copy
 */
import ts from 'typescript';
import { blankSourceFile } from 'ts-blank-space';
import { applyEdits, type Edit } from './edits';
import { importEdits, type Decisions } from './import-edits';
import { jsxMode } from './jsx';
import { isModuleStatement } from './module-format';
import type { ModuleFacts } from './module-facts';
import { surroundingsOf, type Place } from './surrounding-edits';
import { assignsFields, transpile, type CompilerSettings } from './transpile';

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

export interface Emitted {
  readonly text: string;
  /** Whether lines moved, so that stack traces need the source map in the text. */
  readonly mapped: boolean;
}

export function emitModule(facts: ModuleFacts, emission: Emission): Emitted {
  const { format, place, last = '', imports = '' } = emission;
  const convert = format === 'cjs' && facts.source.statements.some(isModuleStatement);
  const code = convert || needsTranspiler(facts, emission.settings) ? null : blankTypes(facts);
  const surroundings = surroundingsOf(facts, format, place, emission.commonJs);
  const edits = [...importEdits(facts, emission.decisions, !convert), ...surroundings.edits];
  const tail = surroundings.tail + imports;
  if (code !== null) {
    return { text: `${applyEdits(code, edits)}\n${last}${tail}\n//# sourceURL=${emission.shownAs}`, mapped: false };
  }
  return { text: transpiled(facts, edits, tail, convert, emission), mapped: true };
}

/** Whether blanking the types would not do, or not do what the project's settings say. */
function needsTranspiler({ needs, typescript }: ModuleFacts, settings: CompilerSettings): boolean {
  return needs.transpile !== null || (typescript && needs.classFields && assignsFields(settings));
}

/** The text with its types blanked; `null` where some of them do more than describe, such as an enum. */
function blankTypes({ source, typescript }: ModuleFacts): string | null {
  if (!typescript) return source.text;
  let text = blanked.get(source);
  if (text === undefined) {
    let erasable = true;
    const without = blankSourceFile(source, (node) => {
      erasable &&= isRewritten(node);
    });
    blanked.set(source, (text = erasable ? without : null));
  }
  return text;
}

/** By tree: the same text is linked again and again. */
const blanked = new WeakMap<ts.SourceFile, string | null>();

/** `import x = require()` and `export =` are edited by us. */
function isRewritten(node: ts.Node): boolean {
  return ts.isImportEqualsDeclaration(node) ? ts.isExternalModuleReference(node.moduleReference) : ts.isExportAssignment(node);
}

function transpiled(facts: ModuleFacts, edits: readonly Edit[], tail: string, convert: boolean, emission: Emission): string {
  const { place, settings, format, last = '' } = emission;
  const slash = place.url.lastIndexOf('/') + 1;
  const mode = jsxMode(facts, format, settings);
  const { code, map } = transpile(`${applyEdits(facts.source.text, edits)}\n${last}`, {
    settings,
    as: convert ? 'commonjs' : format === 'esm' ? 'esm' : 'script',
    folder: place.url.slice(0, slash),
    name: decodeURIComponent(place.url.slice(slash)),
    keepImports: !facts.typescript || emission.decisions.keepsEmpty,
    jsx: mode.emit,
    jsxRuntime: mode.runtime && emission.jsxRuntime,
  });
  return `${code}\n${tail}\n${map}`;
}
