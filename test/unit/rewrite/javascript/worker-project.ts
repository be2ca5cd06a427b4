import type { ProjectFacts } from '../../../../src/rewrite/edit-plan';
import { noProject } from './fixtures';

/** TypeScript that is built to ES modules, and can be run as it is by Node's type stripping. */
export const projectOf = (file: string): ProjectFacts =>
  /ts$/.test(file) ? { ...noProject, compiler: { module: 'nodenext', rewriteRelativeImportExtensions: true } } : noProject;
