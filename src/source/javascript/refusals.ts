/** Why a function cannot be run by itself, each with what to do instead. */
import { hasModifier } from './names';
import type { Reason } from './located';
import { type FunctionNode, isGenerator } from './functions';
import type { Captured } from './slice/closure';
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

/** Bound to what is around it: it exists anew for each call of that, or only within. */
export function closureReason(name: string, captured: readonly Captured[], around: string): Reason {
  const each = captured.map((it) => `\`${it.name}\` (line ${it.line})`);
  const list = each.length > 4 ? `${each.slice(0, 4).join(', ')} and ${each.length - 4} more` : each.join(', ');
  return reason(
    'closure',
    `\`${name}\` uses ${list} of ${around}, around it. Move it to the top level of the module and pass what it uses as parameters.`,
  );
}

export const arrowThisReason = (name: string): Reason =>
  reason('needs-this', `\`${name}\` uses the \`this\` of what is around it, which exists only while that runs. Pass what it uses as parameters.`);

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
