import path from 'node:path';
import type { Refusal } from '../../source/found-function';
import type { ModuleRequest } from '../../source/javascript/module-facts';
import type { LinkError, LinkErrorCode } from './linked-module';

export function linkError(code: LinkErrorCode, file: string, line: number, message: string, nextStep = ''): LinkError {
  return { code, file, line, message, nextStep };
}

export const refused = (file: string, { code, line, message }: Refusal): LinkError => ({
  ...linkError('refused', file, line, message),
  refusal: code,
});

export const noSuchFunction = (file: string, name: string): LinkError =>
  linkError(
    'no-such-function',
    file,
    1,
    `There is no function ${name} in ${path.basename(file)}.`,
    'List the functions of the file, and pick one.',
  );

export function unreadable(file: string, fault: unknown): LinkError {
  const why =
    (fault as NodeJS.ErrnoException | null)?.code === 'ENOENT'
      ? 'it does not exist'
      : String((fault as Error | null)?.message ?? fault);
  return linkError('unreadable', file, 1, `Cannot read ${file}: ${why}.`, 'Check the path and its permissions.');
}

export const syntaxError = (file: string, line: number, message: string): LinkError =>
  linkError('syntax', file, line, `${path.basename(file)}:${line}: ${message}`, 'Mend the line, then run again.');

export function missingModule(file: string, { specifier, line }: ModuleRequest, why = ''): LinkError {
  const what = `Cannot find '${specifier}' from ${path.basename(file)}:${line}`;
  if (why !== '') return linkError('missing-module', file, line, `${what}: ${why}`, 'Mend that file.');
  const isPath = /^[./]/.test(specifier);
  const nextStep = isPath ? 'Check the path.' : `Install ${packageName(specifier)}, or check the paths in tsconfig.json.`;
  return linkError('missing-module', file, line, `${what}.`, nextStep);
}

export const missingExport = (file: string, { specifier, line }: ModuleRequest, name: string): LinkError =>
  linkError(
    'missing-export',
    file,
    line,
    `${path.basename(file)}:${line} imports ${name} from '${specifier}', which does not export it.`,
    'Export it there, or mend the name.',
  );

export const unsupportedFile = (file: string, { specifier, line }: ModuleRequest): LinkError =>
  linkError(
    'unsupported-file',
    file,
    line,
    `${path.basename(file)}:${line} imports '${specifier}', which is not a module that Node can load.`,
    'Move the function to a file without this import.',
  );

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
