import assert from 'node:assert/strict';
import { apply, cases, refusedCases, rewriteMarked, unmark } from './fixtures';
import { makeFolder, runVersions, typeErrors, type Versions } from './run-versions';

for (const recipe of ['loop-to-gather', 'awaits-to-gather'] as const) {
  describe(`rewrite ${recipe}`, function () {
    this.timeout(60_000);
    const all = cases(recipe);
    const place = makeFolder();
    let ran: Map<string, Versions>;
    before(async () => void (ran = await runVersions(place.folder, all)));
    after(() => place.remove());

    for (const { file, marked, after } of all) {
      it(`${file}: reads as expected`, () => {
        const plan = rewriteMarked(recipe, file, marked);
        assert(plan.ok, plan.ok ? '' : plan.error.message);
        assert.equal(apply(unmark(marked).text, plan.value), after);
        assert.equal(plan.value.recipe, recipe);
        assert(plan.value.changes.length > 0);
      });

      it(`${file}: gives the same, with calls at once`, () => {
        const { before, after } = ran.get(file)!;
        assert.deepEqual(after.result, before.result);
        assert.equal(before.peak, 1);
        assert(after.peak > 1, `${after.peak} call at once`);
        if (file.includes('bounded-2')) assert.equal(after.peak, 2);
      });
    }

    it('keeps what TypeScript --strict accepts', () => {
      assert.deepEqual(typeErrors(place.folder, all), { before: [], after: [] });
    });

    for (const { file, marked, code, line, message } of refusedCases(recipe)) {
      it(`refuses ${code}: ${message}`, () => {
        const plan = rewriteMarked(recipe, file.replace('.refused', ''), marked);
        assert(!plan.ok, 'accepted');
        assert.deepEqual(plan.error, { code, message, line });
      });
    }
  });
}
