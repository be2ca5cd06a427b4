import type { FoundFunction } from '../found-function';
import type { PyNode } from './tree';

/** A function of a file with what the rest needs to know of it. */
export interface LocatedFunction {
  readonly found: FoundFunction;
  /** The `def` or `lambda`. */
  readonly node: PyNode;
  /** The whole statement, decorators too. */
  readonly whole: PyNode;
  /** How it is reached, where it can be. */
  readonly reach: Reach | null;
}

export interface Reach {
  /** An expression in the module's scope: `f`, `C.m`, `C().m`. */
  readonly entry: string;
  /** The dotted name that pickling finds it by; `null` for lambdas and methods of an object. */
  readonly importName: string | null;
  /** The class that an object is made of, to call a method on. */
  readonly constructs: string | null;
  /** Whether it stands in a function that it takes nothing from, and is made a function of the module. */
  readonly lifted: boolean;
}
