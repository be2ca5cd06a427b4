import { readRunArguments } from '../arguments';
import { documentFor } from '../editor/document';
import { locateOrChoose, signature } from '../editor/choose-function';
import { locate } from '../editor/locate';
import { askInputs } from '../inputs/ask';
import { textFromInputs } from '../inputs/inputs-text';
import type { Services } from '../services';
import { requireTrust } from '../trust';
import { givenInputs } from './run';

/**
 * Sets the inputs that the next run of a function offers first.
 * @returns them as text, or `undefined` where the person has left the picker
 */
export async function setInputs(services: Services, argument: unknown): Promise<string | undefined> {
  const args = readRunArguments(argument);
  // Its preview evaluates them, and that is running code.
  requireTrust();
  const document = await documentFor(args, services.lastEditor.current);
  const engine = await services.engine.get();
  const asks = args.inputs === undefined;
  const found = await (asks ? locateOrChoose : locate)(engine, document, args);
  if (!found) return undefined;
  const file = document.uri.fsPath;
  const [newest] = services.recents.of(file, found.name);
  const initial = newest === undefined ? '' : textFromInputs(newest.inputs);
  const title = `Set inputs: ${signature(found)}`;
  const chosen = asks
    ? await askInputs(engine, services.recents, title, document, found, initial)
    : givenInputs(args, document, found);
  if (!chosen) return undefined;
  await services.recents.use(file, found.name, { ...chosen, usedAt: Date.now() });
  return textFromInputs(chosen.inputs);
}
