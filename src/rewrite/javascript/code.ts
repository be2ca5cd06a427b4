/** A file as the recipes see it: its tree, who each name is, its style, and how it is loaded. */
import type ts from 'typescript';
import { err, ok, type Result } from '../../base/result';
import type { Refusal } from '../../source/found-function';
import { bounded, isTypeScript, parse, syntaxFault } from '../../source/javascript/parse';
import type { RewriteRequest } from '../edit-plan';
import { refuse } from './refuse';
import { Scopes } from './scopes';
import { readStyle, type Style } from './style';

export interface Code {
  readonly request: RewriteRequest;
  readonly source: ts.SourceFile;
  readonly text: string;
  readonly typescript: boolean;
  readonly scopes: Scopes;
  readonly style: Style;
}

/** @returns a refusal where the file cannot be read without mistakes: a rewrite of half a program would break the rest */
export function readCode(request: RewriteRequest): Result<Code, Refusal> {
  const { path, text } = request;
  if (last?.path !== path || last.text !== text) last = { path, text, read: read(path, text) };
  return last.read.ok ? ok({ request, ...last.read.value }) : last.read;
}

/** What was read last: several recipes are asked about one text, each time that the cursor moves. */
let last: { readonly path: string; readonly text: string; readonly read: Result<Omit<Code, 'request'>, Refusal> } | null = null;

function read(path: string, text: string): Result<Omit<Code, 'request'>, Refusal> {
  const parsed = parse(path, text);
  if (!parsed.ok) return parsed;
  const source = parsed.value;
  const fault = syntaxFault(source);
  if (fault) return err({ code: 'syntax', message: `The code does not parse: ${fault.message}`, line: fault.line });
  if (source.isDeclarationFile) return err(refuse('declarations', 'A declaration file holds no code.', source, 0));
  return bounded(() => ({
    source,
    text,
    typescript: isTypeScript(path),
    scopes: new Scopes(source),
    style: readStyle(source),
  }));
}

/** Reads the file once for several recipes. */
export function withCode<T>(request: RewriteRequest, use: (code: Code) => Result<T, Refusal>): Result<T, Refusal> {
  const code = readCode(request);
  if (!code.ok) return code;
  const used = bounded(() => use(code.value));
  return used.ok ? used.value : used;
}

/** The text of a node, without what stands before it. */
export const textOf = ({ source }: Code, node: ts.Node): string => node.getText(source);

export const startOf = ({ source }: Code, node: ts.Node): number => node.getStart(source);
