/** Statements that only matter to somebody else, or to everybody. */
import { textOf, type PySource } from '../parse';
import { childOf, type PyNode } from '../tree';

/** `if __name__ == "__main__":`, `if TYPE_CHECKING:` */
export function guardOf(source: PySource, statement: PyNode): 'main' | 'types' | null {
  if (statement.kind !== 'IfStatement' || !statement.children[1]) return null;
  const condition = textOf(source, statement.children[1]).replace(/^\(\s*|\s*\)$/g, '');
  if (/^(?:\w+\.)?TYPE_CHECKING$/.test(condition)) return 'types';
  return /^__name__\s*==\s*(["'])__main__\1(?=\s|$)|^(["'])__main__\2\s*==\s*__name__(?=\s|$)/.test(condition) ? 'main' : null;
}

/** The part of a guarded statement that is not evaluated: its first body. */
export const guardedBody = (statement: PyNode): PyNode | undefined => childOf(statement, 'Body');

/** Settings of the whole process that code may rest on without naming them: where modules are found, the environment. */
const always =
  /^(?:sys\.(?:path\b|setrecursionlimit|set_int_max_str_digits|dont_write_bytecode)|os\.(?:environ\b|putenv)|site\.addsitedir|warnings\.(?:filterwarnings|simplefilter)|locale\.setlocale|(?:dotenv\.)?load_dotenv\b|(?:decimal\.)?getcontext\(\)\.\w+\s*=)/;

export const isProcessSetting = (source: PySource, statement: PyNode): boolean =>
  (statement.kind === 'ExpressionStatement' || statement.kind === 'AssignStatement' || statement.kind === 'UpdateStatement') &&
  always.test(textOf(source, statement));

/** Calls on an imported module that set it up: `np.random.seed(0)`, `torch.set_num_threads(1)`, `matplotlib.use("Agg")`. */
export const isSetter = (method: string): boolean => /^(?:seed|manual_seed|use|seterr|setdefaulttimeout|setlocale|set_\w+)$/.test(method);
