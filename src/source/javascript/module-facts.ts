/** What the linker has to know of a module: what it asks for, what it offers, what it is. Plain data: it outlives the tree. */
import type { SourceRange } from '../found-function';
import type { EarlyErrors } from './early-errors';
import type { SyntaxNeeds } from './syntax-needs';

export interface ModuleFacts {
  readonly path: string;
  readonly text: string;
  /** Written in TypeScript: what is only used as a type is left out. */
  readonly typescript: boolean;
  readonly format: FormatHint;
  /** Whether it has statements with `import` or `export`. */
  readonly moduleSyntax: boolean;
  readonly requests: readonly ModuleRequest[];
  readonly exports: ExportTable;
  /** Uses of what Node gives each file: in a copy they must still speak of the user's file. */
  readonly surroundings: readonly SurroundingUse[];
  /** Names that the module's own scope binds to values. */
  readonly names: ReadonlySet<string>;
  readonly needs: SyntaxNeeds;
  /** Whether leaving out what is only a type makes JavaScript of it that the oldest Node reads. */
  readonly erasable: boolean;
  /** TypeScript's `export = …`; `null` where there is none. */
  readonly exportEquals: ExportEquals | null;
  readonly earlyErrors: EarlyErrors;
}

export interface ExportEquals {
  /** The whole statement. */
  readonly range: SourceRange;
  /** Where its expression starts; `null` where that only names a type. */
  readonly value: number | null;
}

/** What the file's extension and syntax say; `package` leaves it to the nearest package.json. */
export type FormatHint = 'esm' | 'cjs' | 'package';

/** A place where a module asks for another by a literal name. */
export interface ModuleRequest {
  readonly kind: 'import' | 'export-from' | 'import-equals' | 'require' | 'import-call';
  readonly specifier: string;
  /** The quoted specifier. */
  readonly literal: SourceRange;
  /** The whole declaration or call. */
  readonly range: SourceRange;
  /** 1-based. */
  readonly line: number;
  /** What is taken from it by name. */
  readonly bindings: readonly ImportBinding[];
  /** Whether it takes everything there is: `export *`, `require()`, `import()`, or nothing but effects. */
  readonly whole: boolean;
  /** Marked as types as a whole: nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** Evaluated for certain when the module is: not in a function, a `try` or a condition. */
  readonly certain: boolean;
  /** `with { type: "json" }`, or the options of `import()` with their comma. */
  readonly attributes: SourceRange | null;
}

export interface ImportBinding {
  /** `default`, `*` or the exported name. */
  readonly imported: string;
  /** The name here; of an `export … from`, the name under which it is exported. */
  readonly local: string;
  /** The specifier, default name or `* as name`. */
  readonly range: SourceRange;
  /** Whether it stands in braces. */
  readonly listed: boolean;
  readonly typeOnly: boolean;
  /** `value`: used by the code; `exported`: only by an export list; `never`: as a type at most. */
  readonly use: 'value' | 'exported' | 'never';
}

export interface ExportTable {
  /** Exported name to what stands behind it. */
  readonly names: ReadonlyMap<string, ExportedAs>;
  /** `export * from …` */
  readonly stars: readonly ModuleRequest[];
  /** Entries of export lists without `from`, and `export default name`: some may turn out to be types. */
  readonly entries: readonly ExportEntry[];
}

export type ExportedAs =
  | { readonly kind: 'value' }
  | { readonly kind: 'type' }
  /** Whatever the other module exports under `imported`. */
  | { readonly kind: 'import'; readonly request: ModuleRequest; readonly imported: string };

export interface ExportEntry {
  readonly exported: string;
  readonly range: SourceRange;
}

export interface SurroundingUse {
  readonly what: 'import.meta' | '__dirname' | '__filename' | 'require' | 'module' | 'import()';
  /** The name; of a computed `import()`, its keyword. */
  readonly range: SourceRange;
  /** `{ __dirname }`: its name must stay. */
  readonly shorthand: boolean;
  /** 1-based. */
  readonly line: number;
}
