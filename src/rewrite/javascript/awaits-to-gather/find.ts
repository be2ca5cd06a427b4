/** The awaits that a selection means. */
import ts from 'typescript';
import { err, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { Code } from '../code';
import { candidates, selected } from '../meant';
import { refuse } from '../refuse';
import { isBoundary, isStatementList, walk, type StatementList } from '../syntax';
import { awaitedStatement, checkRun, type AwaitedStatement, type Row } from './check';

/** The row at the selection; of several in a selected or surrounding function, the first. */
export function findRow(code: Code): Result<Row, Refusal> {
  const { start, end } = selected(code);
  const touches = (node: ts.Node): boolean => node.getStart(code.source) <= end && node.end >= start;
  const isCursor = start === end;
  const lists = candidates(code, isStatementList);
  const direct = lists.flatMap((list) =>
    runsOf(list).flatMap((run) => {
      const chosen = run.filter(({ statement }) => touches(statement));
      // At a cursor, the row that it stands in; else no more than what is selected.
      const rows = checkRun(isCursor && chosen.length > 0 ? run : chosen, code);
      return isCursor ? rows.filter((row) => !row.ok || row.value.some(({ statement }) => touches(statement))) : rows;
    }),
  );
  if (direct.length > 0) return best(direct)!;
  const within = listsIn(code, isCursor ? holderOf(lists, code) : undefined);
  return best(within.flatMap((list) => runsOf(list).flatMap((run) => checkRun(run, code)))) ?? err(refuseNone([...lists.slice(0, 1), ...within], code));
}

/** Where one refuses and another accepts, the one that accepts. */
const best = (results: readonly Result<Row, Refusal>[]): Result<Row, Refusal> | undefined => results.find(({ ok }) => ok) ?? results[0];

/** For a cursor that touches no await: the body of the function that it stands in. */
const holderOf = (lists: readonly StatementList[], { source }: Code): ts.Node => lists.findLast((it) => !ts.isSourceFile(it)) ?? source;

/** The lists in a function's body, but not in functions inside it; or in what is selected. */
function listsIn(code: Code, holder: ts.Node | undefined): StatementList[] {
  const { start, end } = selected(code);
  const found: StatementList[] = [];
  walk(holder ?? code.source, (node) => {
    const isMeant = holder !== undefined || (start <= node.getStart(code.source) && node.end <= end);
    if (isStatementList(node) && isMeant) found.push(node);
    return holder && node !== holder && isBoundary(node) ? false : undefined;
  });
  return found;
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

function refuseNone(lists: readonly StatementList[], code: Code): Refusal {
  const { source, request } = code;
  const bare = lists.flatMap(({ statements }) => [...statements]).find((it, n, all) => {
    const next = all[n + 1];
    return ts.isExpressionStatement(it) && ts.isAwaitExpression(it.expression) && next && (awaitedStatement(next) || isBareAwait(next));
  });
  if (bare) return refuse('result-less', 'The await on line {line} gives no result, so it is there for its effect: what follows may need it.', source, bare);
  return refuse('not-adjacent', 'No two awaits with results follow each other directly at line {line}.', source, request.selection.start);
}

const isBareAwait = (statement: ts.Statement): boolean => ts.isExpressionStatement(statement) && ts.isAwaitExpression(statement.expression);
