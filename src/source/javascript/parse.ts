/** Text to syntax tree: tolerant of errors, bounded in size and depth. */
import ts from 'typescript';
import { err, ok, type Result } from '../../base/result';
import type { Refusal } from '../found-function';

/** Longest text that is parsed, in UTF-16 units. Larger files are made by machines and would hold the thread for seconds. */
export const sizeLimit = 4_000_000;

/** The tree of a file with its parents set, whatever state the text is in. */
export function parse(path: string, text: string): Result<ts.SourceFile, Refusal> {
  if (text.length > sizeLimit) return err(tooLarge(text.length));
  return bounded(() => ts.createSourceFile(path, text, options, true, scriptKind(path)));
}

/** Runs `work`, and turns the end of the stack (thousands of nested brackets) into a refusal. */
export function bounded<T>(work: () => T): Result<T, Refusal> {
  try {
    return ok(work());
  } catch (fault) {
    if (fault instanceof RangeError) return err(tooDeep);
    throw fault;
  }
}

/** The first thing that the parser could not make sense of, or `null`. */
export function syntaxFault(
  source: ts.SourceFile,
): { readonly message: string; readonly offset: number; readonly line: number } | null {
  // Not in the public types; `ts.transpileModule` reports the same list, at the price of a second parse.
  const [fault] = (source as unknown as { readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics;
  if (!fault) return null;
  return {
    message: ts.flattenDiagnosticMessageText(fault.messageText, ' '),
    offset: fault.start,
    line: lineOf(source, fault.start),
  };
}

/** 1-based line of an offset. */
export function lineOf(source: ts.SourceFile, offset: number): number {
  return source.getLineAndCharacterOfPosition(offset).line + 1;
}

export function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/i.test(path);
}

const options: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ESNext,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

function scriptKind(path: string): ts.ScriptKind {
  if (/\.tsx$/i.test(path)) return ts.ScriptKind.TSX;
  if (isTypeScript(path)) return ts.ScriptKind.TS;
  return /\.jsx$/i.test(path) ? ts.ScriptKind.JSX : ts.ScriptKind.JS;
}

function tooLarge(length: number): Refusal {
  const megabytes = (length / 1e6).toFixed(1);
  return {
    code: 'too-large',
    message: `The file has ${megabytes} million characters; more than ${sizeLimit / 1e6} million are not read. Move the function to a file of its own.`,
    line: 1,
  };
}

const tooDeep: Refusal = {
  code: 'too-deep',
  message: 'The code is nested too deeply to be read. Move the function to a file of its own.',
  line: 1,
};
