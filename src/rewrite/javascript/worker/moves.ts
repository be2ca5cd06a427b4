/**
 * What moves to the worker's module with a function, what is imported there, and what has to come back. Nothing is written
 * twice: code that both need lives in the worker's module, which has no effects of its own, and is imported from there.
 */
import ts from 'typescript';
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { Code } from '../code';
import { refuse, shown } from '../refuse';
import { walk } from '../syntax';
import { outerWrites } from '../writes';
import { isQuiet } from './quiet';
import { signatureTypes } from './signature';
import { refusePlaces, type Task } from './task';
import { readUnits, type Unit } from './units';

export interface Moves {
  /** The unit of the task. */
  readonly own: Unit;
  /** In their order in the file; the task is one of them. */
  readonly moved: readonly Unit[];
  /** Names of moved units that the rest of the file uses, by unit. */
  readonly shared: ReadonlySet<Unit>;
  /** Names that the worker imports as the file does, by import. */
  readonly imports: ReadonlyMap<Unit, ReadonlySet<ts.Identifier>>;
  /** Exported types of the file that moved code speaks of. */
  readonly types: readonly Unit[];
  /** Names of imports that nothing in the file uses any more. */
  readonly unused: ReadonlySet<ts.Identifier>;
  /** State of the module that each worker will have for itself. */
  readonly state: readonly string[];
}

/**
 * @param replaced calls of the function that will be calls of the pool; `null` where what asks the pool takes the function's
 * name, so that nothing in the file uses the function itself
 */
export function findMoves(task: Task, code: Code, replaced: readonly ts.Node[] | null): Result<Moves, Refusal> {
  const units = readUnits(code);
  const own = units.all.find((it) => it.statement === task.statement)!;
  const reached = reach(own, units);
  const types = [...reached].filter((it) => it.kind === 'type' && it.exported);
  const moved = units.all.filter((it) => reached.has(it) && it.kind !== 'import' && !types.includes(it));
  for (const unit of moved) {
    const refusal = refuseMove(unit, code, unit === own);
    if (refusal) return err(refusal);
  }
  const rest = units.all.filter((it) => !moved.includes(it));
  // What asks the pool speaks of the function's types, wherever the function is.
  const staying = [...rest.map(({ statement }) => statement), ...signatureTypes(task.fn, code)];
  const isShared = (unit: Unit): boolean => {
    if (unit === own && replaced === null) return false;
    return unit.exported || unit.names.some((name) => isUsedIn(name, staying, code, unit === own ? replaced! : []));
  };
  const shared = new Set(moved.filter(isShared));
  const state: string[] = [];
  for (const unit of moved) {
    const change = firstChange(unit, code);
    if (!change) continue;
    if (shared.has(unit)) {
      const message = `\`${change.name}\`, which \`${task.name}\` uses, is changed on line {line}: each worker would have its own.`;
      return err(refuse('module-state', message, code.source, change.at));
    }
    state.push(change.name);
  }
  const imports = new Map<Unit, Set<ts.Identifier>>();
  for (const unit of units.all) {
    if (unit.kind !== 'import') continue;
    const names = unit.names.filter((name) => isUsedIn(name, moved.map(({ statement }) => statement), code));
    if (names.length > 0) imports.set(unit, new Set(names));
  }
  const unused = [...imports].flatMap(([, names]) => [...names].filter((name) => !isUsedIn(name, staying, code)));
  return ok({ own, moved, shared, imports, types, unused: new Set(unused), state });
}

function reach(from: Unit, units: ReturnType<typeof readUnits>): Set<Unit> {
  const reached = new Set<Unit>([from]);
  for (const unit of reached) {
    // What an exported type is made of stays with it.
    if (unit.kind === 'import' || (unit.kind === 'type' && unit.exported)) continue;
    for (const used of units.usedBy(unit.statement).keys()) reached.add(used);
  }
  return reached;
}

/** Whether a name is used in any of the nodes, other than where it is declared. */
function isUsedIn(name: ts.Identifier, nodes: readonly ts.Node[], { scopes }: Code, but: readonly ts.Node[] = []): boolean {
  const symbol = scopes.symbolOf(name);
  if (!symbol) return false;
  const isIn = (use: ts.Node, node: ts.Node): boolean => use.pos >= node.pos && use.end <= node.end;
  return scopes.usesOf(symbol).some((use) => use !== name && nodes.some((it) => isIn(use, it)) && !but.some((it) => isIn(use, it)));
}

function refuseMove(unit: Unit, code: Code, isTask: boolean): Refusal | null {
  const { source } = code;
  const { statement, kind } = unit;
  if (kind === 'other') return refuse('unmovable', `\`${shown(statement, source)}\` on line {line} is needed and cannot be moved.`, source, statement);
  if (unit.names.some((name) => (code.scopes.symbolOf(name)?.declarations?.length ?? 0) > 1)) {
    return refuse('unmovable', `\`${unit.names[0]!.text}\` on line {line} is declared more than once.`, source, statement);
  }
  if (!isTask && ts.canHaveModifiers(statement) && statement.modifiers?.some((it) => it.kind === ts.SyntaxKind.DefaultKeyword)) {
    return refuse('unmovable', `\`${shown(statement, source)}\` on line {line} is the module's default export.`, source, statement);
  }
  if (kind === 'const' || kind === 'let') {
    for (const { initializer } of (statement as ts.VariableStatement).declarationList.declarations) {
      if (!isQuiet(initializer, code)) {
        return refuse('effect-initialiser', `\`${unit.names[0]!.text}\` on line {line} is made by code that may do more than make a value, and each worker would run it again.`, source, statement);
      }
    }
  }
  if (kind === 'class' && holdsStaticCode(statement)) {
    return refuse('effect-initialiser', `\`${unit.names[0]!.text}\` on line {line} runs code when it is defined, and each worker would run it again.`, source, statement);
  }
  return isTask ? null : refusePlaces(statement, code);
}

function holdsStaticCode(statement: ts.Statement): boolean {
  let found = false;
  walk(statement, (node) => void (found ||= ts.isClassStaticBlockDeclaration(node) || ts.isDecorator(node)));
  return found;
}

/** The first place in the file that changes what a unit holds. */
function firstChange(unit: Unit, { source, scopes }: Code): { name: string; at: ts.Node } | null {
  if (unit.kind === 'type' || unit.kind === 'enum') return null;
  const symbols = new Set(unit.names.map((name) => scopes.symbolOf(name)));
  for (const statement of source.statements) {
    // Seen from each statement, the module's names are outside of it.
    const inside = statement === unit.statement ? [] : outerWrites(statement, scopes);
    for (const write of inside) if (write.symbol && symbols.has(write.symbol)) return { name: write.name, at: write.at };
  }
  return null;
}
