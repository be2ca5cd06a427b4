/** `if __name__ == "__main__":`, without which a worker that imports the module would start workers of its own. */
import type { Refusal } from '../../source/found-function';
import { statementsOf, undecorated, type PyNode } from '../../source/python/tree';
import type { TextEdit } from '../edit-plan';
import { isFunction, nameOf, topLevel, within } from './code';
import type { PythonFile } from './file';
import { err, ok, type Result } from '../../base/result';
import { refusal } from './refuse';
import { tokenize } from '../../source/python/tokens';

export function isMainGuard(file: PythonFile, node: PyNode | null | undefined): boolean {
  if (node?.kind !== 'IfStatement') return false;
  const head = file.code.of({ start: node.start, end: node.children.find((it) => it.kind === 'Body')?.start ?? node.end });
  return /__name__\s*==\s*["']__main__["']|["']__main__["']\s*==\s*__name__/.test(head);
}

/**
 * From which statement of the module on a guard is needed, so that loading the module does not run `node`.
 * `null` where nothing outside of a guard leads to it.
 */
export function unguardedFrom(file: PythonFile, node: PyNode): Result<PyNode | null, Refusal> {
  const all = statementsOf(file.code.root);
  const top = topLevel(node);
  const own = undecorated(top);
  const isDefinition = isFunction(own) || own.kind === 'ClassDefinition';
  const first = isDefinition ? firstCaller(file, all, own) : isMainGuard(file, top) ? null : top;
  if (!first) return ok(null);
  const tail = all.slice(all.indexOf(first));
  const odd = tail.find((it) => isFunction(undecorated(it)) || undecorated(it).kind === 'ClassDefinition' || it.kind === 'ImportStatement' || isMainGuard(file, it));
  const line = file.code.line(first);
  if (odd || !file.code.startsLine(first)) {
    return err(refusal('main-guard', `Line ${line} runs whenever the module is loaded, in every worker too. Put it under \`if __name__ == "__main__":\` first.`, line));
  }
  const shared = boundIn(file, tail).find((name) => usedByFunctions(file, name, first.start));
  if (shared) {
    return err(refusal('main-guard', `Functions use \`${shared}\`, which line ${line} and the lines after it set only when the module is loaded: a worker would not have it.`, line));
  }
  return ok(first);
}

/** The first statement at the module's level that leads to a function or class of it. */
function firstCaller(file: PythonFile, all: readonly PyNode[], definition: PyNode): PyNode | null {
  const reaching = new Set([nameOf(file.code, definition)]);
  const definitions = all.map(undecorated).filter((it) => isFunction(it) || it.kind === 'ClassDefinition');
  for (let before = 0; before !== reaching.size; ) {
    before = reaching.size;
    for (const it of definitions) if (mentions(file, it, reaching)) reaching.add(nameOf(file.code, it));
  }
  return all.find((it) => !definitions.includes(undecorated(it)) && it.kind !== 'ImportStatement' && !isMainGuard(file, it) && mentions(file, it, reaching)) ?? null;
}

const mentions = (file: PythonFile, node: PyNode, names: ReadonlySet<string>): boolean =>
  [...within(node)].some((it) => it.kind === 'VariableName' && names.has(file.code.of(it)) && file.names.at(it)?.kind === 'read');

function boundIn(file: PythonFile, statements: readonly PyNode[]): string[] {
  return statements.flatMap((it) => file.names.in(it).filter((name) => name.kind !== 'read' && name.scope === file.names.module).map((name) => name.name));
}

const usedByFunctions = (file: PythonFile, name: string, before: number): boolean =>
  file.names.named(name).some((it) => it.node.start < before && it.scope !== file.names.module && file.names.home(it) === file.names.module);

/** Puts the module from `first` to its end under a guard; `except` is replaced by others, who indent their own text. */
export function guardEdits(file: PythonFile, first: PyNode, except: { readonly start: number; readonly end: number } | null): TextEdit[] {
  const { code } = file;
  const strings = tokenize(code.text).tokens.filter((it) => it.kind === 'string');
  const start = code.lineStart(first.start);
  const edits: TextEdit[] = [{ start, end: start, newText: `if __name__ == ${code.quote}__main__${code.quote}:${code.eol}` }];
  for (let at = start; at < code.text.length; ) {
    const end = code.lineEnd(at);
    const inString = strings.some((it) => it.start < at && at < it.end);
    const isReplaced = except !== null && at >= except.start && at < except.end;
    if (!inString && !isReplaced && code.text.slice(at, end).trim() !== '') edits.push({ start: at, end: at, newText: code.indent });
    at = end + (/^(?:\r\n|\r|\n)/.exec(code.text.slice(end, end + 2))?.[0].length ?? 1);
  }
  return edits;
}

/** Calls that run whenever the module is loaded, and so in every worker too. */
export function loadedEffects(file: PythonFile, guardedFrom: PyNode | null): { line: number; message: string }[] {
  return statementsOf(file.code.root)
    .filter((it) => it.kind === 'ExpressionStatement' && it.children[0]?.kind === 'CallExpression' && (!guardedFrom || it.start < guardedFrom.start))
    .filter((it) => !/^(sys\.path|logging|warnings|os\.environ|faulthandler|load_dotenv)/.test(file.code.of(it)))
    .map((it) => {
      const line = file.code.line(it);
      const text = file.code.of(it.children[0]!.children[0]!);
      return { line, message: `\`${text}(…)\` runs whenever the module is loaded, in every worker too.` };
    });
}
