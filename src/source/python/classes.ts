/** Whether `C()` makes an object, as far as one file can tell. */
import { bodyOf, decoratorNames, definedName, isNamed, methodsOf, parametersOf } from './functions';
import { textOf, type PySource } from './parse';
import { childOf, walk, type PyNode } from './tree';

/** `needs`: how many arguments `C()` lacks, where they can be counted. */
export type Construction = { readonly kind: 'free' } | { readonly kind: 'needs'; readonly needs: number } | { readonly kind: 'abstract' };

/** @param classNamed the class that a name means in the same file, if it is one */
export function constructionOf(source: PySource, cls: PyNode, classNamed: (name: string) => PyNode | null): Construction {
  return construct({ source, classNamed }, cls, new Set()) ?? { kind: 'free' };
}

interface File {
  readonly source: PySource;
  readonly classNamed: (name: string) => PyNode | null;
}

/** `null` where neither the class nor a base in the file says anything. */
function construct(file: File, cls: PyNode, seen: Set<PyNode>): Construction | null {
  if (seen.has(cls)) return null;
  seen.add(cls);
  const { source } = file;
  const methods = methodsOf(cls);
  if (methods.some((it) => isNamed(decoratorNames(source, it), 'abstractmethod', 'abstractproperty'))) return { kind: 'abstract' };
  const bases = basesOf(source, cls);
  if (isNamed(bases, 'Protocol')) return { kind: 'abstract' };
  const maker = methods.find((it) => ['__init__', '__new__'].includes(definedName(source, it)));
  if (maker) return needing(requiredOf(source, maker));
  if (isNamed(decoratorNames(source, cls), 'dataclass', 'attrs', 's', 'define', 'frozen', 'mutable')) return needing(fieldsWithoutDefault(file, cls));
  if (isNamed(bases, 'NamedTuple', 'BaseModel', 'Struct')) return needing(ownFields(source, cls));
  if (isNamed(bases, 'Enum', 'IntEnum', 'StrEnum', 'Flag', 'IntFlag')) return { kind: 'needs', needs: 1 };
  for (const base of bases) {
    const known = file.classNamed(base);
    const made = known && construct(file, known, seen);
    if (made) return made;
  }
  return null;
}

const needing = (needs: number): Construction => (needs === 0 ? { kind: 'free' } : { kind: 'needs', needs });

/** Arguments that a method needs beside its object. */
function requiredOf(source: PySource, method: PyNode): number {
  const all = parametersOf(source, method).filter(({ optional }) => !optional);
  return Math.max(0, all.length - 1);
}

/** Names of the bases, `Generic[T]` without what is in the brackets. */
export function basesOf(source: PySource, cls: PyNode): string[] {
  const list = childOf(cls, 'ArgList');
  const bases: string[] = [];
  list?.children.forEach((node, index) => {
    if (list.children[index - 1]?.kind === 'AssignOp' || list.children[index + 1]?.kind === 'AssignOp') return;
    const isName = node.kind === 'VariableName' || node.kind === 'MemberExpression';
    if (isName) bases.push(textOf(source, node).replace(/\s|\[[^]*$/g, ''));
  });
  return bases;
}

function fieldsWithoutDefault(file: File, cls: PyNode): number {
  const inherited = basesOf(file.source, cls).map(file.classNamed).filter((it) => it !== null && it !== cls) as PyNode[];
  return ownFields(file.source, cls) + inherited.reduce((sum, base) => sum + ownFields(file.source, base), 0);
}

/** Annotated names of a class body that have no value, or one that gives no default. */
function ownFields(source: PySource, cls: PyNode): number {
  return bodyOf(cls).filter((it) => isRequiredField(source, it)).length;
}

function isRequiredField(source: PySource, statement: PyNode): boolean {
  const annotation = statement.kind === 'AssignStatement' ? childOf(statement, 'TypeDef') : undefined;
  if (!annotation || /\b(?:ClassVar|KW_ONLY)\b/.test(textOf(source, annotation))) return false;
  const value = childOf(statement, 'AssignOp') ? statement.children.at(-1)! : null;
  if (!value) return true;
  if (value.kind !== 'CallExpression' || !/^(?:\w+\.)*(?:field|ib|Field)$/.test(textOf(source, value.children[0]!))) return false;
  let hasDefault = false;
  walk(value, (node) => {
    if (node.kind === 'VariableName' && /^(?:default|default_factory|factory|init)$/.test(textOf(source, node))) hasDefault = true;
  });
  return !hasDefault && !/\((?:\s*[\w'"])/.test(textOf(source, value).replace(/\w+\s*=/g, '').slice(0, 40));
}
