/** Where the walk over a file's functions is: what the path so far is called, and what holds its members at run time. */
import ts from 'typescript';
import type { SourceRange } from '../found-function';
import type { Reason } from './located';
import { isDeclared } from './names';
import type { Owner } from './reach';

/** Why a function that is called `name` cannot be reached though it stands where it could be. */
export type Hidden = (name: string) => Reason;

export interface Place {
  /** What the names here are appended to: empty, or `outer`, or `Class`. */
  readonly path: string;
  /** The namespace that holds the names here; `null` where the module's scope itself does. */
  readonly owner: Owner | null;
  readonly exported: boolean;
  /** Whether everything here is under `declare`. */
  readonly declared: boolean;
  /** What keeps the names here from the module's scope, as a person would say: "`outer`", "the block". */
  readonly barrier: string | null;
}

export const moduleLevel: Place = { path: '', owner: null, exported: false, declared: false, barrier: null };

/** A value on its way to a name: what it is called, who holds it, and which nodes speak of it. */
export interface Named {
  readonly name: string;
  readonly nameRange: SourceRange;
  readonly whole: ts.Node;
  readonly owner: Owner;
  readonly exported: boolean;
  /** Why nothing can reach it, though it stands where it could be. */
  readonly hidden?: Hidden;
}

export const scopeOwner = (text: string): Owner => ({ code: () => text, needsSelf: false });
export const defaultExport: Owner = { code: (self) => `${self}.default`, needsSelf: true };

export function ownerOf(holder: Owner, access: string): Owner {
  return { code: (self) => holder.code(self) + access, needsSelf: holder.needsSelf };
}

export const inline = (at: Place): Place => ({ ...at, owner: null, barrier: at.barrier ?? 'the code' });
export const block = (at: Place): Place => ({ ...at, owner: null, barrier: at.barrier ?? 'the block' });
export const declaredIn = (at: Place, node: ts.Node): Place => ({ ...at, declared: at.declared || isDeclared(node) });

/** Appends `.name` or `["name"]` to a path. */
export const join = (path: string, shown: string): string => (path === '' ? shown.replace(/^\./, '') : path + shown);

/** `a`, `a.b.c` or `this.a`: reading it twice gives the same. */
export function isDottedName(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return isDottedName(node.expression) && ts.isIdentifier(node.name);
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}
