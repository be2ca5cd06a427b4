/** Why a function cannot be run by itself, each with what to do instead. */
import { capturedNames } from './captures';
import { hasModifier } from './names';
import type { Reason } from './located';
import { type FunctionNode, isGenerator } from './functions';
import ts from 'typescript';

/** What is wrong with the function itself, wherever it stands. */
export function ownReason(name: string, fn: FunctionNode, declared: boolean): Reason | null {
  if (declared) return reason('declared', `\`${name}\` is only declared here. Run it in the file that defines it.`);
  if (ts.isConstructorDeclaration(fn)) {
    return reason(
      'constructor',
      `\`${name}\` makes an object, which cannot leave a worker. Wrap \`new\` in a function that returns plain data.`,
    );
  }
  if (ts.isAccessor(fn)) {
    return reason(
      'accessor',
      `\`${name}\` is a property with a ${ts.isGetAccessor(fn) ? 'getter' : 'setter'}. Move its work to a function and run that.`,
    );
  }
  if (hasModifier(fn, ts.SyntaxKind.AbstractKeyword)) {
    return reason('abstract', `\`${name}\` is abstract. Run it in a class that implements it.`);
  }
  if (!fn.body) return reason('no-body', `\`${name}\` has no body here.`);
  if (isGenerator(fn)) {
    return reason(
      'generator',
      `\`${name}\` is a generator, which cannot leave a worker. Wrap it in a function that collects what it yields, or a sum of it.`,
    );
  }
  return null;
}

/** Inside another function: it exists anew for each call of that one. */
export function nestedReason(name: string, fn: FunctionNode, outer: string): Reason {
  const captured = capturedNames(fn).map((it) => `\`${it}\``);
  if (captured.length === 0) {
    return reason(
      'nested',
      `\`${name}\` exists only while ${outer} runs. It uses nothing of it: move it to the top level of the module.`,
    );
  }
  const list = captured.length > 4 ? `${captured.slice(0, 4).join(', ')} and ${captured.length - 4} more` : captured.join(', ');
  return reason(
    'closure',
    `\`${name}\` uses ${list} of ${outer}, around it. Move it to the top level of the module and pass what it uses as parameters.`,
  );
}

export const blockReason = (name: string): Reason =>
  reason('block', `\`${name}\` is declared inside a block. Move it to the top level of the module.`);

export const inlineReason = (name: string): Reason =>
  reason('inline', `\`${name}\` is written inside another expression. Give it a name at the top level of the module.`);

export const hiddenInNamespace = (name: string): Reason =>
  reason(
    'namespace',
    `\`${name}\` is not exported from its namespace. Export it there, or move it to the top level of the module.`,
  );

export const computedReason = (name: string): Reason =>
  reason('computed-name', `The name of \`${name}\` is computed. Give it a plain name.`);

export const privateReason = (name: string): Reason =>
  reason('private', `\`${name}\` can only be called inside its class. Call it from a method, or move its work to a function.`);

export const thislessReason = (name: string): Reason =>
  reason('needs-this', `\`${name}\` uses \`this\`, and a plain call has none. Pass what it uses as parameters.`);

export const abstractClassReason = (name: string): Reason =>
  reason('abstract', `\`${name}\` needs an object, and its class is abstract. Run it in a class that extends it.`);

export function needsInstanceReason(name: string, className: string, required: number): Reason {
  const these = required === 1 ? 'an argument' : `${required} arguments`;
  return reason(
    'needs-instance',
    `\`${name}\` uses \`this\`, and \`new ${className}\` needs ${these}. Make a function that creates the object and calls \`${name}\`.`,
  );
}

const reason = (code: string, message: string): Reason => ({ code, message });
