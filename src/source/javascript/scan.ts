/** One look over a module's tree for everything that linking needs. */
import type ts from 'typescript';
import { exportTable } from './export-table';
import { moduleFormat } from './module-format';
import type { ModuleFacts } from './module-facts';
import { moduleNames } from './module-names';
import { valueNames } from './names';
import { isTypeScript } from './parse';
import { findRequests } from './requests';
import { findSurroundings } from './surroundings';
import { syntaxNeeds } from './syntax-needs';

/** @param used names that code outside the file, such as an inputs expression, uses of it */
export function scanModule(source: ts.SourceFile, used: ReadonlySet<string> = new Set()): ModuleFacts {
  const values = valueNames(source);
  for (const name of used) values.add(name);
  const names = moduleNames(source);
  const requests = findRequests(source, values, names);
  return {
    source,
    typescript: isTypeScript(source.fileName),
    format: moduleFormat(source),
    requests,
    exports: exportTable(source, requests),
    surroundings: findSurroundings(source, names),
    names,
    needs: syntaxNeeds(source),
  };
}
