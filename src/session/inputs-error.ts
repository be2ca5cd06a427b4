import { HumanError } from '../base/human-error';

/** The inputs themselves are wrong: no run can do anything with them. */
export class InputsError extends HumanError {}
