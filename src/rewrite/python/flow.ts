/** Whether one turn of a loop reads what an earlier turn left in a variable. */
import { childOf, childrenOf, statementsOf, type PyNode } from '../../source/python/tree';
import { readCall, calledName, running, type Code } from './code';
import type { NameUse } from '../../source/python/scopes';
import type { Names } from './names';
import { swallows } from './words';

/**
 * The first use of one of `variables` that may come before its assignment in the same run of `block`.
 * @param variables names of the scope that the block belongs to
 * @param given those that have a value when it begins
 */
export function readBeforeAssigned(
  code: Code,
  names: Names,
  block: PyNode,
  variables: ReadonlySet<string>,
  given: ReadonlySet<string>,
): NameUse | null {
  const flow = new Flow(code, names, variables);
  flow.block(block, given);
  return flow.found;
}

type Assigned = ReadonlySet<string>;

class Flow {
  found: NameUse | null = null;

  constructor(
    readonly code: Code,
    readonly names: Names,
    readonly variables: ReadonlySet<string>,
  ) {}

  /** What is assigned for certain after a block; `null` where its end is not reached. */
  block(block: PyNode, before: Assigned): Assigned | null {
    let assigned: Assigned | null = before;
    for (const it of statementsOf(block)) assigned = assigned && this.#statement(it, assigned);
    return assigned;
  }

  #statement(node: PyNode, before: Assigned): Assigned | null {
    switch (node.kind) {
      case 'RaiseStatement':
      case 'ReturnStatement':
        this.#simple(node, before);
        return null;
      case 'BreakStatement':
      case 'ContinueStatement':
        return null;
      case 'IfStatement':
      case 'MatchStatement':
        return this.#branches(node, before);
      case 'ForStatement':
      case 'WhileStatement':
        return this.#loop(node, before);
      case 'WithStatement':
        return this.#with(node, before);
      case 'TryStatement':
        return this.#try(node, before);
      default:
        return this.#simple(node, before);
    }
  }

  /** Reads come before the writes of a statement; a walrus counts as written after it, which is too late rather than too early. */
  #simple(node: PyNode, before: Assigned): Assigned {
    const here = this.names.in(node).filter((it) => this.variables.has(it.name) && this.names.home(it)?.kind !== 'comprehension');
    this.found ??= here.find((it) => (it.kind === 'read' || it.kind === 'update') && !before.has(it.name)) ?? null;
    return new Set([...before, ...here.filter((it) => it.kind === 'write' || it.kind === 'update').map((it) => it.name)]);
  }

  #heads(node: PyNode, before: Assigned): Assigned {
    return node.children.filter((it) => it.kind !== 'Body' && it.kind !== 'MatchBody').reduce((sum, it) => this.#simple(it, sum), before);
  }

  #branches(node: PyNode, before: Assigned): Assigned | null {
    const after = this.#heads(node, before);
    const clauses = childOf(node, 'MatchBody')?.children ?? [];
    const ends = [
      ...childrenOf(node, 'Body').map((it) => this.block(it, after)),
      ...clauses.flatMap((clause) => childrenOf(clause, 'Body').map((it) => this.block(it, this.#heads(clause, after)))),
    ];
    if (!childOf(node, 'else')) ends.push(before);
    return common(ends);
  }

  #loop(node: PyNode, before: Assigned): Assigned {
    const inside = this.#heads(node, before);
    const [body, orElse] = childrenOf(node, 'Body');
    if (body) this.block(body, inside);
    if (orElse) this.block(orElse, before);
    return before;
  }

  #with(node: PyNode, before: Assigned): Assigned | null {
    const inside = this.#heads(node, before);
    const after = this.block(childOf(node, 'Body')!, inside);
    const maySwallow = [...running(node)].some((it) => swallows.has(calledName(this.code, readCall(this.code, it)?.callee ?? it) ?? ''));
    return maySwallow ? before : after;
  }

  #try(node: PyNode, before: Assigned): Assigned | null {
    let last: PyNode['kind'] = 'try';
    let ends: (Assigned | null)[] = [];
    let whole: Assigned | null = null;
    let inHandler = before;
    for (const it of node.children) {
      if (it.kind === 'except' || it.kind === 'else' || it.kind === 'finally' || it.kind === 'try') last = it.kind;
      else if (it.kind !== 'Body') inHandler = this.#simple(it, before);
      else if (last === 'except') {
        ends.push(this.block(it, inHandler));
        inHandler = before;
      } else if (last === 'finally') whole = this.block(it, before);
      else if (last === 'else') ends = [ends[0] ? this.block(it, ends[0]) : null, ...ends.slice(1)];
      else ends.push(this.block(it, before));
    }
    const end = common(ends);
    return end && whole ? new Set([...end, ...whole]) : end;
  }
}

/** What holds at the end of every branch that reaches its end. */
function common(ends: readonly (Assigned | null)[]): Assigned | null {
  const reached = ends.filter((it) => it !== null);
  const [first, ...rest] = reached;
  return first ? new Set([...first].filter((name) => rest.every((it) => it.has(name)))) : null;
}
