/** Whether a function can be run by a worker, and the rest of the file can live with its promise. */
import type { Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { Code } from '../code';
import type { FunctionWithBody } from '../syntax';
import { taskOf, type Task } from '../worker/task';

export const checkFunction = (fn: FunctionWithBody, code: Code): Result<Task, Refusal> => taskOf(fn, code);
