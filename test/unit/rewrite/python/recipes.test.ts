import assert from 'node:assert/strict';
import { recipeNames } from '../../../../src/rewrite/edit-plan';
import { apply, cases, optionsOf, rewriteMarked, unmark } from './fixtures';
import { hasGroups, runSpawning, runVersions, type Versions } from './run-versions';

for (const recipe of recipeNames) {
  describe(`rewrite of Python: ${recipe}`, function () {
    this.timeout(90_000);
    const all = cases(recipe).filter((it) => hasGroups || !it.name.startsWith('group'));
    const inWorkers = recipe === 'loop-to-pool' || recipe === 'wrap-cpu-task';
    let ran: Map<string, Versions>;
    before(async () => void (ran = await runVersions(all)));

    for (const one of all) {
      const { name, marked, after } = one;
      it(`${name}: reads as expected`, () => {
        const plan = rewriteMarked(recipe, marked, optionsOf(name));
        assert(plan.ok, plan.ok ? '' : `${plan.error.code}: ${plan.error.message}`);
        assert.equal(apply(unmark(marked).text, plan.value), after);
        assert.equal(plan.value.recipe, recipe);
        assert(plan.value.changes.length > 0);
      });

      it(`${name}: prints the same`, () => {
        const { before, after } = ran.get(name)!;
        assert.equal(after.output, before.output);
        assert.doesNotMatch(after.output, /Traceback|Warning/);
        assert(after.output.length > 0);
      });

      if (recipe.endsWith('-gather')) {
        it(`${name}: makes calls overlap that did not`, () => {
          const { before, after } = ran.get(name)!;
          assert.equal(before.peak, 1);
          assert(after.peak > 1, `${after.peak} call at once`);
          if (name.includes('bounded-2')) assert.equal(after.peak, 2);
        });
      }

      if (inWorkers || name === 'cpu') {
        it(`${name}: works in other processes`, () => {
          const { before, after } = ran.get(name)!;
          assert(after.calls > 0);
          assert.equal(after.calls, before.calls);
          assert(after.workers > 0);
        });

        // Each of them starts interpreters, which takes a while: those that could be wrong are enough.
        if (/^(script|function|cpu)$/.test(name)) it(`${name}: needs no fork`, async () => {
          assert.equal(await runSpawning(one), ran.get(name)!.before.output);
        });
      }
    }
  });
}
