// What VS Code calls in its extension host (`extensionTestsPath`): runs the test files of one launch with mocha.
import Mocha from 'mocha';

/** @returns once all tests have passed; rejects if one failed, and VS Code then ends with a code that says so. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    timeout: 30_000,
    forbidOnly: Boolean(process.env['CI']),
    reporter: required('COREWISE_TEST_REPORTER'),
    ...grep(process.env['COREWISE_TEST_GREP']),
  });
  for (const file of JSON.parse(required('COREWISE_TEST_FILES')) as string[]) mocha.addFile(file);
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}

function grep(text: string | undefined): { grep?: string } {
  return text === undefined ? {} : { grep: text };
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: these tests are run by npm run test:vscode.`);
  return value;
}
