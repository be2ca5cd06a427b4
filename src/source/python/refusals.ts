/** Why a function cannot be run by itself, each with what to do instead. */

export interface Reason {
  readonly code: string;
  readonly message: string;
}

const reason = (code: string, message: string): Reason => ({ code, message });

/** The first few of `names`, quoted. */
export function listed(names: readonly string[], limit = 4): string {
  const quoted = names.map((it) => `\`${it}\``);
  const shown = quoted.slice(0, limit).join(', ');
  return quoted.length > limit ? `${shown} and ${quoted.length - limit} more` : shown;
}

export const generatorReason = (name: string, isAsync: boolean): Reason =>
  reason(
    'generator',
    `\`${name}\` is ${isAsync ? 'an async' : 'a'} generator, which cannot leave a worker. Wrap it in a function that returns a list of what it yields, or a sum of it.`,
  );

export const accessorReason = (name: string): Reason =>
  reason('accessor', `\`${name}\` is a property. Move its work to a function and run that.`);

export const abstractReason = (name: string): Reason =>
  reason('abstract', `\`${name}\` is abstract. Run it in a class that implements it.`);

export const constructorReason = (name: string): Reason =>
  reason('constructor', `\`${name}\` makes an object. Make a function that creates the object and returns plain data.`);

export const keywordReason = (name: string, keywords: readonly string[]): Reason =>
  reason(
    'keyword-only',
    `\`${name}\` needs ${listed(keywords)} by keyword, and inputs are given by position. Give ${keywords.length === 1 ? 'it' : 'them'} a default, or wrap \`${name}\` in a function.`,
  );

export const shadowedReason = (name: string, line: number): Reason =>
  reason('shadowed', `\`${name}\` is defined again at line ${line}, and that one is called. Give one of them another name.`);

export const closureReason = (name: string, captured: readonly string[], outer: string): Reason =>
  reason(
    'closure',
    `\`${name}\` uses ${listed(captured)} of \`${outer}\`, around it. Move it to the top level of the module and pass what it uses as parameters.`,
  );

/** Inside a function, and not to be lifted out of it. */
export const nestedReason = (name: string, outer: string): Reason =>
  reason('nested', `\`${name}\` exists only while \`${outer}\` runs. Move it to the top level of the module.`);

export const nameTakenReason = (name: string, line: number): Reason =>
  reason('nested', `\`${name}\` is inside another function, and line ${line} gives its name to something else. Move it to the top level of the module under a name of its own.`);

export const abstractClassReason = (name: string, cls: string): Reason =>
  reason('abstract', `\`${name}\` needs an object, and \`${cls}\` is abstract. Run it in a class that implements it.`);

export function needsInstanceReason(name: string, cls: string, needs: number, usesSelf: boolean): Reason {
  const these = needs === 1 ? 'an argument' : `${needs} arguments`;
  const message = usesSelf
    ? `\`${name}\` needs an object, and \`${cls}(…)\` takes ${these}. Make a function that creates the object and calls \`${name}\`.`
    : `\`${name}\` needs an object, and \`${cls}(…)\` takes ${these}. It does not use the object: make it a \`@staticmethod\`.`;
  return reason('needs-instance', message);
}
