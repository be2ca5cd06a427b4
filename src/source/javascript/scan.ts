/** One look over a module's tree for everything that linking needs. */
import ts from 'typescript';
import { blankTypes } from './blank';
import { earlyErrors } from './early-errors';
import { exportTable } from './export-table';
import { isModuleStatement, moduleFormat } from './module-format';
import type { ExportEquals, ModuleFacts } from './module-facts';
import { moduleNames } from './module-names';
import { valueNames } from './names';
import { isTypeScript } from './parse';
import { findRequests } from './requests';
import { findSurroundings } from './surroundings';
import { syntaxNeeds } from './syntax-needs';

export interface Scanned {
  readonly facts: ModuleFacts;
  /** The text with its types blanked; `null` where it has to be transpiled. */
  readonly blanked: string | null;
}

/** @param used names that code outside the file, such as an inputs expression, uses of it */
export function scanModule(source: ts.SourceFile, used: ReadonlySet<string> = new Set()): Scanned {
  const values = valueNames(source);
  for (const name of used) values.add(name);
  const names = moduleNames(source);
  const requests = findRequests(source, values, names);
  const needs = syntaxNeeds(source);
  const blanked = needs.transpile === null ? blankTypes(source) : null;
  const facts = {
    path: source.fileName,
    text: source.text,
    typescript: isTypeScript(source.fileName),
    format: moduleFormat(source),
    moduleSyntax: source.statements.some(isModuleStatement),
    requests,
    exports: exportTable(source, requests),
    surroundings: findSurroundings(source, names),
    names,
    needs,
    erasable: blanked !== null,
    exportEquals: exportEquals(source, names),
    earlyErrors: earlyErrors(source),
  };
  return { facts, blanked };
}

function exportEquals(source: ts.SourceFile, names: ReadonlySet<string>): ExportEquals | null {
  const found = source.statements.find(
    (it): it is ts.ExportAssignment => ts.isExportAssignment(it) && it.isExportEquals === true,
  );
  if (!found) return null;
  const { expression } = found;
  const isType = ts.isIdentifier(expression) && !names.has(expression.text);
  return {
    range: { start: found.getStart(source), end: found.end },
    value: isType ? null : expression.getStart(source),
  };
}
