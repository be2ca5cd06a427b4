/** What a person should know of a slice. */
import type { SliceItem, SliceWarning } from '../../slice';
import { lineOf, textOf } from '../parse';
import { holderOf } from '../scopes';
import { ancestor, undecorated, walk, type PyNode } from '../tree';
import type { Item } from './items';
import type { Keeping } from './keep';
import type { ModuleModel } from './model';
import { rootOf, writtenIn } from './writes';

const lengthLimit = 80;

export function describe(model: ModuleModel, item: Item): string {
  const { source } = model;
  const definition = undecorated(item.statement);
  const text = item.start === item.statement.start ? textOf(source, definition) : importText(model, item);
  const line = text.split(/[\r\n]/)[0]!.trim();
  return line.length > lengthLimit ? `${line.slice(0, lengthLimit - 1)}…` : line;
}

/** `from a import b` for one name of many. */
function importText({ source }: ModuleModel, { statement, start, end }: Item): string {
  const word = statement.children.find((it) => it.kind === 'import')!;
  return `${source.text.slice(statement.start, word.end)} ${source.text.slice(start, end)}`.replace(/\s+/g, ' ');
}

export function keptItem(model: ModuleModel, item: Item, why: string): SliceItem {
  const call = effectOf(model, item);
  return { what: describe(model, item), ...linesOf(model, item), why: call ? `${why}; runs \`${brief(model, call)}\`` : why };
}

export function leftOutItem(model: ModuleModel, item: Item): SliceItem {
  return { what: describe(model, item), ...linesOf(model, item), why: reasonToLeave(item) };
}

function reasonToLeave({ guard, kind }: Item): string {
  if (guard === 'main') return 'only for a file that is started itself';
  if (guard === 'types') return 'only for type checkers';
  return kind === 'statement' ? 'changes nothing that is needed' : 'not needed';
}

const linesOf = ({ source }: ModuleModel, { start, end }: Item): { line: number; endLine: number } => ({
  line: lineOf(source, start),
  endLine: lineOf(source, end),
});

function brief({ source }: ModuleModel, call: PyNode): string {
  const text = textOf(source, call).replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** Calls that make a value and do nothing else, by the last part of their name. */
const plainCalls = new Set(
  ('abs all any array bool bytearray bytes chain chr cmp_to_key compile complex count Counter cycle dataclass Decimal defaultdict deque ' +
    'dict divmod enumerate escape field filter float format Fraction frozenset fromkeys get getLogger hash hex int isinstance items ' +
    'itemgetter attrgetter join keys len list Lock lower map max maketrans min namedtuple NewType object ord partial Path pow ' +
    'product property range repr reversed RLock round Semaphore set SimpleNamespace slice sorted split splitlines staticmethod str ' +
    'strip Struct sum super tuple type TypeVar ParamSpec upper values zip replace encode decode Enum Event local getattr hasattr').split(' '),
);

/** The first call of an item's own evaluation that may do more than make a value. */
function effectOf(model: ModuleModel, { kind, statement }: Item): PyNode | null {
  if (kind === 'import' || kind === 'star-import' || kind === 'future') return null;
  let found: PyNode | null = null;
  walk(statement, (node) => {
    if (found || node.kind === 'FunctionDefinition' || node.kind === 'LambdaExpression' || node.kind === 'Decorator') return false;
    if (node.kind === 'CallExpression' && !plainCalls.has(calledName(model, node)) && !isOwnClass(model, node)) found = node;
    return found === null;
  });
  return found;
}

function calledName({ source }: ModuleModel, call: PyNode): string {
  const [callee] = call.children;
  return callee ? (/(\w+)\s*$/.exec(textOf(source, callee))?.[1] ?? '') : '';
}

function isOwnClass(model: ModuleModel, call: PyNode): boolean {
  return (model.binders.get(calledName(model, call)) ?? []).some(({ kind }) => kind === 'class');
}

/** Calls that leave something running, or reach out of the process. */
const lasting = /^(?:connect|create_engine|listen|serve|serve_forever|run|run_forever|start|Popen|Pool|ProcessPoolExecutor|ThreadPoolExecutor|urlopen|request|post|input|system|check_call|check_output|create_connection|start_server|MongoClient|Redis|Session|Thread|Process|Timer)$/;

export function effectWarnings({ model, kept }: Keeping): SliceWarning[] {
  return [...kept.keys()].flatMap((item) => {
    const call = effectOf(model, item);
    if (!call || !lasting.test(calledName(model, call))) return [];
    const line = lineOf(model.source, call.start);
    return [{ code: 'effect', message: `\`${brief(model, call)}\` runs in every worker when the module is loaded (line ${line}).`, line }];
  });
}

/** Module state that a kept function changes: each worker has a copy of its own. */
export function stateWarnings(keeping: Keeping, lifted: PyNode | null): SliceWarning[] {
  const { model, kept } = keeping;
  const reported = new Set<string>();
  const called = [...kept.keys()].filter((it) => !isOnlyDecorating(keeping, it));
  const functions = called.flatMap((it) => functionsIn(it.statement)).concat(lifted ? functionsIn(lifted) : []);
  return functions.flatMap((fn) => {
    const names = [...writtenIn(model, fn, true)].filter((name) => !reported.has(name) && !model.imported.has(name) && !isDefinition(model, name));
    return names.map((name) => {
      reported.add(name);
      const line = lineOf(model.source, fn.start);
      const message = `\`${nameOf(model, fn)}\` changes \`${name}\` of the module: each worker process has a copy of its own, and changes do not come back.`;
      return { code: 'module-state', message, line };
    });
  });
}

/** Whether a function is only called while the module is loaded, as a decorator. */
function isOnlyDecorating({ model, kept }: Keeping, item: Item): boolean {
  if (item.kind !== 'function') return false;
  const name = nameOf(model, undecorated(item.statement));
  const uses = [...kept.keys()].flatMap((it) => (it === item ? [] : model.needsOf(it).filter((use) => use.name === name)));
  return uses.length > 0 && uses.every(({ node }) => ancestor(node, 'Decorator') !== null);
}

function functionsIn(statement: PyNode): PyNode[] {
  const found: PyNode[] = [];
  walk(statement, (node) => {
    if (node.kind !== 'FunctionDefinition') return true;
    found.push(node);
    return false;
  });
  return found;
}

const nameOf = ({ source }: ModuleModel, fn: PyNode): string => {
  const name = fn.children.find((it) => it.kind === 'VariableName');
  return name ? textOf(source, name) : 'lambda';
};

function isDefinition(model: ModuleModel, name: string): boolean {
  return (model.binders.get(name) ?? []).every(({ kind }) => kind === 'function' || kind === 'class') && model.binders.has(name);
}

/** Names that are needed and only set by code that is left out: by a call of a function, or in the main block. */
export function skippedWarnings({ model, kept, needed }: Keeping): SliceWarning[] {
  return model.items.filter((it) => !kept.has(it) && it.kind !== 'function' && it.kind !== 'class' && it.kind !== 'import').flatMap((item) => {
    const names = new Map<string, string>();
    for (const call of callsIn(item.statement)) {
      const root = rootOf(call.children[0]!);
      if (!root || call.children[0] !== root) continue;
      const callee = textOf(model.source, root);
      for (const name of model.writtenByCalling(callee)) if (needed.has(name)) names.set(name, `${callee}()`);
    }
    if (item.guard === 'main') {
      for (const { name, kind, scope } of model.usesIn(item.start, item.end)) {
        if (kind !== 'read' && holderOf(scope, name) === scope && needed.has(name) && !model.binders.has(name)) names.set(name, 'the main block');
      }
    }
    const line = lineOf(model.source, item.start);
    return [...names].map(([name, by]) => ({
      code: 'skipped-setup',
      message: by === 'the main block' ? `\`${name}\` is only set in the main block, line ${line}, which is not run.` : `\`${name}\` is set by \`${by}\`, line ${line}, which is not run.`,
      line,
    }));
  });
}

function callsIn(statement: PyNode): PyNode[] {
  const found: PyNode[] = [];
  walk(statement, (node) => {
    if (node.kind === 'FunctionDefinition' || node.kind === 'LambdaExpression') return false;
    if (node.kind === 'CallExpression') found.push(node);
    return true;
  });
  return found;
}
