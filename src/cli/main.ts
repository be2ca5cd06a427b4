/** The command line: the same engine as the editor's, without an editor. */
import { version } from '../../package.json';
import { HumanError } from '../base/human-error';
import { parseArguments, wantsJson, type Arguments } from './arguments';
import { doctor } from './commands/doctor';
import { list } from './commands/list';
import { run } from './commands/run';
import { slice } from './commands/slice';
import { wrap } from './commands/wrap';
import { ExitCode } from './exit-codes';
import { Failure } from './failure';
import { bearClosedPipes, print, printJson } from './output';
import { usage } from './usage';

async function main(words: readonly string[]): Promise<ExitCode> {
  try {
    return await obey(parseArguments(words));
  } catch (fault) {
    if (!(fault instanceof HumanError)) throw fault;
    const exitCode = fault instanceof Failure ? fault.exitCode : ExitCode.usage;
    if (wantsJson(words)) await printJson({ version: 1, error: { message: fault.message, nextStep: fault.nextStep, exitCode } });
    process.stderr.write(`corewise: ${fault.message}\n${fault.nextStep === '' ? '' : `${fault.nextStep}\n`}`);
    return exitCode;
  }
}

async function obey(args: Arguments): Promise<ExitCode> {
  switch (args.command) {
    case 'list':
      return list(args);
    case 'run':
      return run(args);
    case 'slice':
      return slice(args);
    case 'wrap':
      return wrap(args);
    case 'doctor':
      return doctor(args);
    case 'help':
      await print([usage[args.about]]);
      return ExitCode.ok;
    case 'version':
      await print([`${version}\n`]);
      return ExitCode.ok;
  }
}

bearClosedPipes();
main(process.argv.slice(2)).then(
  // Not `process.exit`: what was written may still be on its way.
  (code) => (process.exitCode = code),
  (fault: unknown) => {
    process.stderr.write(`A fault of Corewise: ${fault instanceof Error ? fault.stack : String(fault)}\n`);
    process.exitCode = 70;
  },
);
