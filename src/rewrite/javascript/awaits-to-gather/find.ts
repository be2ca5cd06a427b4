/** The awaits that a selection means. */
import ts from 'typescript';
import { err, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { Code } from '../code';
import { candidates, selected } from '../meant';
import { refuse } from '../refuse';
import { isStatementList, type StatementList } from '../syntax';
import { awaitedStatement, checkRun, type AwaitedStatement, type Row } from './check';

/** The row at the selection; of several in a selected function, the first. */
export function findRow(code: Code): Result<Row, Refusal> {
  const { start, end } = selected(code);
  const touches = (node: ts.Node): boolean => node.getStart(code.source) <= end && node.end >= start;
  const lists = candidates(code, isStatementList);
  // The innermost list first; of that, what the selection touches, else all of it.
  for (const list of lists) {
    const runs = runsOf(list);
    const results = runs.flatMap((run) => {
      const selection = run.filter(({ statement }) => touches(statement));
      const meant = start === end ? (selection.length > 0 ? run : []) : selection;
      return checkRun(meant, code).filter((row) => start !== end || !row.ok || row.value.some(({ statement }) => touches(statement)));
    });
    const [best] = [...results.filter(({ ok }) => ok), ...results];
    if (best) return best;
    if (start !== end && list.statements.some(touches)) return err(refuseNone(list, code));
  }
  return anyRow(lists, code) ?? err(refuseNone(lists[0], code));
}

/** For a cursor elsewhere in a function: the first row in it. */
function anyRow(lists: readonly StatementList[], code: Code): Result<Row, Refusal> | null {
  const results = lists.flatMap((list) => runsOf(list).flatMap((run) => checkRun(run, code)));
  return results.find(({ ok }) => ok) ?? results[0] ?? null;
}

/** Awaits next to each other, two or more. */
function runsOf({ statements }: StatementList): AwaitedStatement[][] {
  const runs: AwaitedStatement[][] = [];
  let run: AwaitedStatement[] = [];
  for (const statement of [...statements, undefined]) {
    const awaited = awaitedStatement(statement);
    if (awaited) run.push(awaited);
    else {
      if (run.length > 1) runs.push(run);
      run = [];
    }
  }
  return runs;
}

function refuseNone(list: StatementList | undefined, code: Code): Refusal {
  const { source, request } = code;
  const statements = list?.statements ?? [];
  const bare = statements.find((it, n) => {
    const next = statements[n + 1];
    return ts.isExpressionStatement(it) && ts.isAwaitExpression(it.expression) && next && (awaitedStatement(next) || isBareAwait(next));
  });
  if (bare) return refuse('result-less', 'The await on line {line} gives no result, so it is there for its effect: what follows may need it.', source, bare);
  return refuse('not-adjacent', 'No two awaits with results follow each other directly at line {line}.', source, request.selection.start);
}

const isBareAwait = (statement: ts.Statement): boolean => ts.isExpressionStatement(statement) && ts.isAwaitExpression(statement.expression);
