/** The code of a pool: made with the first call, asked by one function, closed by another. */
import type { Code } from '../code';
import { formatOf } from '../format';
import type { Signature } from './signature';

export interface PoolCode {
  /** Of the function that asks the pool. */
  readonly name: string;
  readonly task: string;
  readonly signature: Signature;
  /** `export`, `export default`, or nothing. */
  readonly modifiers: string;
  /** Written as `const name = async () => …`. */
  readonly arrow: boolean;
  /** Comment above it, with its line end; empty for none. */
  readonly comment: string;
  readonly location: string;
  /** The name of Piscina's class in the file. */
  readonly piscina: string;
  /** Takes a list of argument lists, and sends them in chunks. */
  readonly chunked: boolean;
}

export interface PoolNames {
  readonly pool: string;
  readonly close: string;
}

export function namePool({ scopes }: Code, task: string): PoolNames {
  return { pool: scopes.fresh('pool'), close: scopes.fresh(`close${task[0]!.toUpperCase()}${task.slice(1)}Pool`) };
}

/** Lines at the margin. */
export function poolLines(it: PoolCode, { pool, close }: PoolNames, code: Code): string[] {
  const { typescript, style } = code;
  const { indent, semicolon: end } = style;
  const { listType, result, typeParameters } = it.signature;
  const isGeneric = typeParameters !== '';
  const types = !typescript || isGeneric ? '' : it.chunked ? `<${inList(listType)}[], ${inList(result)}[]>` : `<${listType}, ${result}>`;
  const make = `${indent}${pool} ??= new ${it.piscina}({ filename: ${it.location} })${end}`;
  const exported = formatOf(code) === 'esm' || typescript;
  return [
    `let ${pool}${typescript ? `: ${it.piscina}${types} | undefined` : ''}${end}`,
    '',
    ...it.comment.split('\n').filter((line) => line !== ''),
    ...opening(it, typescript),
    make,
    ...(it.chunked ? chunks(it, pool, code) : [`${indent}return ${pool}.run(${it.signature.list})${end}`]),
    it.arrow ? `}${end}` : '}',
    '',
    `/** Ends the worker threads of \`${it.name}\` once its calls are done. Another call starts new ones. */`,
    exported ? `export async function ${close}()${typescript ? ': Promise<void>' : ''} {` : `${it.name}.close = async () => {`,
    `${indent}const closing = ${pool}${end}`,
    `${indent}${pool} = undefined${end}`,
    `${indent}await closing?.close()${end}`,
    exported ? '}' : `}${end}`,
  ];
}

const inList = (type: string): string => (/^[\w$.[\]]+$|^\[.*\]$|^\w+<.*>$/.test(type) ? type : `(${type})`);

function opening({ name, signature, modifiers, arrow, chunked }: PoolCode, typescript: boolean): string[] {
  const { typeParameters, parameters, listType, result } = signature;
  const lead = modifiers === '' ? '' : `${modifiers} `;
  const taken = chunked ? `calls${typescript ? `: ${inList(listType)}[]` : ''}` : parameters;
  const given = typescript ? `: Promise<${chunked ? `${inList(result)}[]` : result}>` : '';
  return [arrow ? `${lead}const ${name} = async ${typeParameters}(${taken})${given} => {` : `${lead}async function ${name}${typeParameters}(${taken})${given} {`];
}

function chunks({ signature: { result } }: PoolCode, pool: string, { typescript, style }: Code): string[] {
  const { indent, semicolon: end } = style;
  return [
    `${indent}const size = Math.max(1, Math.ceil(calls.length / (4 * ${pool}.maxThreads)))${end}`,
    `${indent}const chunks${typescript ? `: Promise<${inList(result)}[]>[]` : ''} = []${end}`,
    `${indent}for (let at = 0; at < calls.length; at += size) chunks.push(${pool}.run(calls.slice(at, at + size)))${end}`,
    `${indent}return (await Promise.all(chunks)).flat()${typescript ? ` as ${inList(result)}[]` : ''}${end}`,
  ];
}
