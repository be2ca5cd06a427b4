import { HumanError } from '../base/human-error';

/** A function cannot be run by itself: nothing was started for it. */
export class RefusedError extends HumanError {
  constructor(
    message: string,
    /** Says why, to test for. */
    readonly code: string,
    /** 1-based. */
    readonly line: number,
  ) {
    super(message);
  }
}
