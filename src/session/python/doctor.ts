import type { Doctor } from '../engine';
import { discoverPython, type PythonSearch } from './discover';

/** Looks whether functions of Python can be run here. Starts no runner. */
export async function examinePython(search: PythonSearch): Promise<Pick<Doctor, 'python' | 'pythonProblem'>> {
  if (process.platform === 'win32') return { python: null, pythonProblem: 'Functions of Python are run on Linux and macOS so far.' };
  const found = await discoverPython(search);
  if (!found.ok) return { python: null, pythonProblem: `${found.error.message} ${found.error.nextStep}` };
  const { path, version, why, rejected } = found.value;
  return { python: { path, version, why, rejected } };
}
