import { HumanError } from '../base/human-error';
import type { Millis } from '../base/units';
import type { InputsPreview } from './engine';
import { InputsError } from './inputs-error';
import type { AnyRunSpec, RunnerProcess } from './runner-process';

/** Has a fresh runner evaluate the inputs, and nothing else. Throws an `InputsError` where they are wrong, else a `HumanError`; the runner is the caller's to end. */
export async function evaluateInputs(runner: RunnerProcess, spec: AnyRunSpec, most: number, within: Millis): Promise<InputsPreview> {
  await runner.hello;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<InputsPreview>((resolve, reject) => {
      runner.listener = {
        message: (message) => {
          if (message.type === 'inputs') {
            const { count, first, unsendable } = message;
            resolve({ count, first, ...(unsendable !== undefined && { unsendable }) });
          }
          if (message.type === 'inputs-failed') reject(new InputsError(`${message.fault.name}: ${message.fault.message}`, 'Correct the inputs.'));
        },
        rawOutput: () => {},
        rawDropped: () => {},
        garbage: () => reject(new HumanError('The runner sent something that is no message of ours.', 'Run again.')),
      };
      void runner.exited.then(() => reject(new HumanError('The runner ended while it evaluated the inputs.', 'See the log.')));
      timer = setTimeout(() => reject(new HumanError(`Evaluating the inputs took more than ${within / 1000} s.`, 'Make them smaller, or let them be an iterator.')), within);
      runner.send({ type: 'preview', spec, most });
    });
  } finally {
    clearTimeout(timer);
  }
}
