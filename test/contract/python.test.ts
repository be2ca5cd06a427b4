import { describeRunner } from './contract';
import { describePython } from './python-alone';
import { PythonKit, whyNoPython } from './python-kit';

describe('for Python', () => {
  before(async function () {
    const why = await whyNoPython();
    if (why === null) return;
    console.log(`      Skipped: ${why}`);
    this.skip();
  });
  describeRunner(new PythonKit());
  describePython(new PythonKit());
});
