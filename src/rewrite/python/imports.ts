/** Imports that new code needs: what the file has already is used, and what it lacks goes where its author would put it. */
import { childOf, statementsOf, type PyNode } from '../../source/python/tree';
import type { TextEdit } from '../edit-plan';
import { functionAround, topLevel, type Code } from './code';
import { importedNames } from './names';
import type { PythonFile } from './file';
import { standardModules } from './standard-modules';

export class NeededImports {
  /** New `import x` and `from x import y`, by their line. */
  readonly #lines = new Map<string, Line>();
  /** Names to add to `from` statements that stand there already. */
  readonly #members = new Map<PyNode, string[]>();

  /** @param at where the new code will stand: what its function binds may hide the module's imports */
  constructor(
    readonly file: PythonFile,
    readonly at: PyNode,
  ) {}

  /** What to write for a member of a module: `asyncio.gather`, `aio.gather`, `gather`. */
  member(module: string, name: string): string {
    const usable = this.#usable();
    const direct = usable.find((it) => it.module === module && it.member === name);
    if (direct) return this.#bound(direct.bound);
    const whole = usable.find((it) => it.module === module && it.member === null);
    if (whole) return `${this.#bound(whole.bound)}.${name}`;
    const sibling = usable.find((it) => it.module === module && it.member !== null && it.statement.parent?.kind === 'Script');
    if (sibling && this.#isFree(name)) {
      this.#members.set(sibling.statement, [...(this.#members.get(sibling.statement) ?? []), name]);
      return name;
    }
    // A module inside of a package is a long word to repeat.
    return module.includes('.') ? this.#from(module, name) : `${this.#import(module)}.${name}`;
  }

  edits(): TextEdit[] {
    const members = [...this.#members].map(([statement, names]) => this.#addTo(statement, names));
    const lines = [...this.#lines.values()];
    return [...members, ...(lines.length > 0 ? this.#insert(lines) : [])];
  }

  /** Imports of the module's level that mean the same at `at`. */
  #usable() {
    const { file } = this;
    const always = file.imports.filter(({ statement }) => statement.parent?.kind === 'Script' || statement.parent?.parent?.kind === 'TryStatement');
    return always.filter(({ bound, statement }) => {
      const name = file.code.of(bound);
      const isFuture = statement.start > topLevel(this.at).start && functionAround(this.at) === null;
      return !isFuture && file.importsOf(name, this.at).some((it) => it.bound === bound) && file.importsOf(name, this.at).length === 1;
    });
  }

  #bound(node: PyNode): string {
    return this.file.code.of(node);
  }

  #isFree(name: string): boolean {
    return this.file.names.named(name).length === 0;
  }

  #import(module: string): string {
    const meant = this.file.importsOf(module, this.at);
    const isSame = meant.length > 0 && meant.every((it) => it.module === module && it.member === null);
    if (isSame && this.file.names.home({ name: module, scope: this.file.names.scopeAround(this.at) }) !== this.file.names.module) {
      // The function imports it itself.
      if (meant.some((it) => it.bound.start < this.at.start)) return module;
    } else if (isSame) return this.#line(module, `import ${module}`, module);
    const name = this.#isFree(module) ? module : this.file.names.fresh(`_${module}`);
    return this.#line(module, `import ${module}${name === module ? '' : ` as ${name}`}`, name);
  }

  #line(module: string, text: string, name: string): string {
    this.#lines.set(module, { module, text, isFrom: false });
    return name;
  }

  #from(module: string, member: string): string {
    const name = this.#isFree(member) ? member : this.file.names.fresh(`_${member}`);
    const as = name === member ? '' : ` as ${name}`;
    this.#lines.set(`${module}.${member}`, { module, text: `from ${module} import ${member}${as}`, isFrom: true });
    return name;
  }

  #addTo(statement: PyNode, names: readonly string[]): TextEdit {
    const last = importedNames(this.file.code, statement).at(-1)!.bound;
    return { start: last.end, end: last.end, newText: names.map((it) => `, ${it}`).join('') };
  }

  #insert(lines: readonly Line[]): TextEdit[] {
    const { code } = this.file;
    const block = firstImports(this.file);
    if (block.length === 0) return [this.#asFirst(lines)];
    const isStandard = block.some((it) => it.isStandard);
    if (!isStandard) {
      const first = block[0]!.statement;
      const text = [...lines].sort(inOrder).map((it) => it.text + code.eol).join('');
      return [{ start: code.lineStart(first.start), end: code.lineStart(first.start), newText: text + code.eol }];
    }
    return mergeAtSamePlace([...lines].sort(inOrder).map((line) => placeIn(this.file, block, line)));
  }

  /** Below the comments and the docstring that begin the file. */
  #asFirst(lines: readonly Line[]): TextEdit {
    const { code } = this.file;
    const text = [...lines].sort(inOrder).map((it) => it.text).join(code.eol);
    const all = statementsOf(code.root);
    const future = all.filter((it) => isFuture(code, it)).at(-1);
    const head = future ?? (all[0] && isDocstring(all[0]) ? all[0] : undefined);
    if (head) {
      const end = code.lineEnd(head.end);
      const next = all[all.indexOf(head) + 1];
      const gap = next && code.line(next) === code.line(end) + 1 ? code.eol.repeat(isDefinition(next) ? 2 : 1) : '';
      return { start: end, end, newText: `${code.eol}${code.eol}${text}${gap}` };
    }
    const header = /^\ufeff?(?:#.*(?:\r\n|\r|\n))*(?:[ \t]*(?:\r\n|\r|\n))*/.exec(code.text)![0].length;
    // A comment that touches the first statement is about that statement, unless it is a line for machines.
    const machine = /^\ufeff?(?:#!.*(?:\r\n|\r|\n))?(?:#.*coding[:=].*(?:\r\n|\r|\n))?/.exec(code.text)![0].length;
    const touches = /#.*(?:\r\n|\r|\n)$/.test(code.text.slice(0, header));
    const at = touches ? machine : header;
    const gap = all[0] && isDefinition(all[0]) ? code.eol.repeat(2) : code.eol;
    const before = touches && machine > 0 ? code.eol : '';
    return { start: at, end: at, newText: `${before}${text}${code.eol}${gap}` };
  }
}

interface Line {
  readonly module: string;
  readonly text: string;
  readonly isFrom: boolean;
}

interface Placed extends Line {
  readonly statement: PyNode;
  readonly isStandard: boolean;
}

/** The first imports of the module that stand together, without those of `__future__`. */
function firstImports(file: PythonFile): Placed[] {
  const { code } = file;
  const found: Placed[] = [];
  for (const it of statementsOf(code.root)) {
    if (it.kind !== 'ImportStatement' || isFuture(code, it) || !code.startsLine(it) || it.parent?.kind === 'StatementGroup') {
      if (found.length > 0) break;
      if (!isFuture(code, it) && !isDocstring(it)) break;
      continue;
    }
    const last = found.at(-1)?.statement;
    if (last && code.line(it.start) > code.line(last.end) + 1) break;
    const module = importedNames(code, it)[0]?.module ?? moduleOf(code.of(it));
    found.push({
      module,
      text: code.of(it),
      isFrom: it.children[0]!.kind === 'from',
      statement: it,
      isStandard: standardModules.has(module.split('.')[0]!),
    });
  }
  return found;
}

const moduleOf = (text: string): string => /^from\s+(\S+)/.exec(text)?.[1] ?? '';

const isFuture = (code: Code, node: PyNode): boolean =>
  node.kind === 'ImportStatement' && node.children[1] !== undefined && code.of(node.children[1]) === '__future__';

const isDefinition = (node: PyNode): boolean => /^(FunctionDefinition|ClassDefinition|DecoratedStatement)$/.test(node.kind);

const isDocstring = (node: PyNode): boolean => node.kind === 'ExpressionStatement' && childOf(node, 'String', 'ContinuedString') !== undefined;

const inOrder = (a: Line, b: Line): number => Number(a.isFrom) - Number(b.isFrom) || (a.module < b.module ? -1 : a.module > b.module ? 1 : a.text < b.text ? -1 : 1);

/** Before the first import that sorts after it, or behind the last one. */
function placeIn({ code }: PythonFile, block: readonly Placed[], line: Line): TextEdit {
  const isSorted = block.every((it, at) => at === 0 || inOrder(block[at - 1]!, it) <= 0);
  const next = isSorted ? block.find((it) => inOrder(line, it) < 0) : block.find((it) => it.isFrom === line.isFrom && inOrder(line, it) < 0);
  if (next) {
    const start = code.lineStart(next.statement.start);
    return { start, end: start, newText: line.text + code.eol };
  }
  const end = code.lineEnd(block.at(-1)!.statement.end);
  return { start: end, end, newText: code.eol + line.text };
}

function mergeAtSamePlace(edits: readonly TextEdit[]): TextEdit[] {
  const merged: TextEdit[] = [];
  for (const edit of edits) {
    const last = merged.find((it) => it.start === edit.start && it.end === edit.end);
    if (last) merged[merged.indexOf(last)] = { ...last, newText: last.newText + edit.newText };
    else merged.push(edit);
  }
  return merged;
}
