import { toReport } from '../report';
import type { RunData } from '../run-data';

/** The run report as a document of its own. */
export function* toJson(run: RunData): Generator<string> {
  yield JSON.stringify(toReport(run), null, 2);
  yield '\n';
}
