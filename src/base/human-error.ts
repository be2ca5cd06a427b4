/**
 * An error written for the person who meets it: what happened, and what to do next.
 * The message names the thing and, where there is one, the line.
 */
export class HumanError extends Error {
  override readonly name = 'HumanError';

  constructor(
    message: string,
    /** The next step, as an imperative sentence; empty where there is none. */
    readonly nextStep = '',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
