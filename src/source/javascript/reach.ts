/** How a worker gets hold of a function: the code for it, or why there is none. */
import ts from 'typescript';
import { isFunctionValue, usesThis, type FunctionNode } from './functions';
import type { Code, Reach, Reason } from './located';
import { hasModifier } from './names';
import { abstractClassReason, needsInstanceReason, thislessReason } from './refusals';

/** A value that holds functions: the module's scope has it under some code. */
export interface Owner {
  readonly code: Code;
  readonly needsSelf: boolean;
}

export type Reached = { readonly reach: Reach } | { readonly reason: Reason };

/** A function that a name of the module leads to directly. */
export function reachDirectly(name: string, fn: FunctionNode, owner: Owner): Reached {
  if (!ts.isArrowFunction(fn) && usesThis(fn)) return { reason: thislessReason(name) };
  return { reach: owner };
}

/** A member of an object: through the object, so that its `this` is right. */
export function reachMember(fn: FunctionNode, owner: Owner, access: string): Reached {
  const bound = !ts.isArrowFunction(fn) && usesThis(fn);
  return { reach: { code: bound ? boundTo(owner.code, access) : member(owner.code, access), needsSelf: owner.needsSelf } };
}

/** A method or function field of a class: through the class where `this` is not used, else on an object made for it. */
export function reachClassMember(
  name: string,
  fn: FunctionNode,
  element: ts.ClassElement,
  cls: ts.ClassLikeDeclaration,
  owner: Owner,
  access: string,
): Reached {
  if (hasModifier(element, ts.SyntaxKind.StaticKeyword)) return reachMember(fn, owner, access);
  const isField = isFunctionValue(fn);
  if (!isField && !usesThis(fn)) {
    return { reach: { code: (self) => `${operand(owner.code(self))}.prototype${access}`, needsSelf: owner.needsSelf } };
  }
  if (hasModifier(cls, ts.SyntaxKind.AbstractKeyword)) return { reason: abstractClassReason(name) };
  // Without a name of its own it goes by that of what holds it.
  const className = cls.name?.text ?? (name.endsWith(access) ? name.slice(0, -access.length) : 'the class');
  const required = requiredByConstructor(cls);
  if (required > 0) return { reason: needsInstanceReason(name, className, required) };
  const made: Code = (self) => `new ${operand(owner.code(self))}()`;
  return {
    reach: {
      code: isField ? member(made, access) : boundTo(made, access),
      needsSelf: owner.needsSelf,
      warning: `\`${name}\` runs on a \`new ${className}()\` of its own in each worker.`,
    },
  };
}

const member =
  (owner: Code, access: string): Code =>
  (self) =>
    `${operand(owner(self))}${access}`;

const boundTo =
  (owner: Code, access: string): Code =>
  (self) =>
    `(o => o${access}.bind(o))(${owner(self)})`;

/** A dotted name is read as it is; anything else in parentheses. */
const operand = (code: string): string => (/^[\p{ID_Continue}$.]+$/u.test(code) ? code : `(${code})`);

/** How many arguments `new` needs at least; a base class that is not of this file is taken to need none. */
function requiredByConstructor(cls: ts.ClassLikeDeclaration, seen = new Set<ts.Node>()): number {
  seen.add(cls);
  const own = cls.members.find((it): it is ts.ConstructorDeclaration => ts.isConstructorDeclaration(it) && it.body !== undefined);
  if (own) {
    const optional = own.parameters.findIndex((it) => it.questionToken ?? it.initializer ?? it.dotDotDotToken);
    return optional < 0 ? own.parameters.length : optional;
  }
  const base = cls.heritageClauses?.find((it) => it.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
  if (!base || !ts.isIdentifier(base)) return 0;
  const parent = cls
    .getSourceFile()
    .statements.find((it): it is ts.ClassDeclaration => ts.isClassDeclaration(it) && it.name?.text === base.text);
  return parent && !seen.has(parent) ? requiredByConstructor(parent, seen) : 0;
}
