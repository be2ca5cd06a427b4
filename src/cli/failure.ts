import { HumanError } from '../base/human-error';
import { ExitCode } from './exit-codes';

/** Ends a command with a message for a person and an exit code. */
export class Failure extends HumanError {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    nextStep = '',
  ) {
    super(message, nextStep);
  }
}

export const badUsage = (message: string, nextStep = ''): Failure => new Failure(ExitCode.usage, message, nextStep);
