import type { FoundFunction } from '../found-function';
import type { FunctionNode } from './functions';
import type { Lift } from './slice/lift';
import type ts from 'typescript';

/** Code that evaluates to a value at the end of the module. `self` is a name bound to the module's own namespace. */
export type Code = (self: string) => string;

export interface Reach {
  /** Evaluates to a callable. */
  readonly code: Code;
  /** Whether `self` is used: only a default export without a name needs it. */
  readonly needsSelf: boolean;
  /** Something that a person should know of how the function is called. */
  readonly warning?: string;
}

/** Why a function cannot be run: a refusal before it has a line. */
export interface Reason {
  readonly code: string;
  readonly message: string;
}

/** A function with everything that is needed to run it. */
export interface LocatedFunction {
  readonly found: FoundFunction;
  readonly node: FunctionNode;
  /** The outermost node that belongs to the function alone; a comment above it is the function's. */
  readonly whole: ts.Node;
  /** `null` exactly where `found.refusal` is set. */
  readonly reach: Reach | null;
  /** What is taken out of the code around it to be reached; `null` where a name of the module leads to the function. */
  readonly lift: Lift | null;
}
