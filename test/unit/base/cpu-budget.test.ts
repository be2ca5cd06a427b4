import assert from 'node:assert/strict';
import fc from 'fast-check';
import { affinityCores, cpuBudget, cpuGroups, quotaCores, throttledMs, type ReadText } from '../../../src/base/cpu-budget';

const files =
  (texts: Record<string, string>): ReadText =>
  (path) =>
    texts[path] ?? null;

const v2 = {
  '/proc/self/cgroup': '0::/app/web\n',
  '/proc/self/mountinfo': '30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n',
};
const v1 = {
  '/proc/self/cgroup': '5:cpuset:/\n4:cpu,cpuacct:/docker/abc\n0::/\n',
  '/proc/self/mountinfo':
    '31 30 0:27 /docker/abc /sys/fs/cgroup/cpu,cpuacct ro master:9 - cgroup cgroup rw,cpu,cpuacct\n' +
    '32 30 0:28 /docker/abc /sys/fs/cgroup/cpuset ro - cgroup cgroup rw,cpuset\n',
};

describe('cpu budget', () => {
  describe('affinity mask', () => {
    it('counts ranges and single CPUs', () => {
      assert.equal(affinityCores('Name:\tnode\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n'), 2);
      assert.equal(affinityCores('Cpus_allowed_list:\t0,2,8-11,127\n'), 7);
    });

    it('knows nothing of a text without one, or with one it cannot read', () => {
      assert.equal(affinityCores(''), null);
      assert.equal(affinityCores('Cpus_allowed_list:\tall\n'), null);
    });

    it('counts every CPU of any set once', () => {
      fc.assert(
        fc.property(fc.uniqueArray(fc.nat(300), { minLength: 1 }), (cpus) => {
          assert.equal(affinityCores(`Cpus_allowed_list:\t${cpus.join(',')}\n`), cpus.length);
        }),
      );
    });
  });

  describe('control groups', () => {
    it('walks a v2 path up to the mount point', () => {
      assert.deepEqual(
        cpuGroups(files(v2)).map((it) => it.folder),
        ['/sys/fs/cgroup/app/web', '/sys/fs/cgroup/app', '/sys/fs/cgroup'],
      );
    });

    it('reads a v1 path relative to what the container sees, and leaves other controllers alone', () => {
      assert.deepEqual(cpuGroups(files(v1)), [{ folder: '/sys/fs/cgroup/cpu,cpuacct', version: 1 }]);
    });

    it('takes the tightest quota of the group and its parents', () => {
      const read = files({
        ...v2,
        '/sys/fs/cgroup/app/web/cpu.max': 'max 100000\n',
        '/sys/fs/cgroup/app/cpu.max': '150000 100000\n',
        '/sys/fs/cgroup/cpu.max': '400000 100000\n',
      });
      assert.equal(quotaCores(read), 1.5);
    });

    it('reads v1 quotas, where -1 means none', () => {
      const cpu = '/sys/fs/cgroup/cpu,cpuacct';
      const read = (quota: string) =>
        files({ ...v1, [`${cpu}/cpu.cfs_quota_us`]: quota, [`${cpu}/cpu.cfs_period_us`]: '100000\n' });
      assert.equal(quotaCores(read('250000\n')), 2.5);
      assert.equal(quotaCores(read('-1\n')), null);
    });

    it('reads a mount point with a space in it', () => {
      const read = files({
        '/proc/self/cgroup': '0::/\n',
        '/proc/self/mountinfo': '30 23 0:26 / /my\\040groups rw - cgroup2 cgroup2 rw\n',
        '/my groups/cpu.max': '50000 100000\n',
      });
      assert.equal(quotaCores(read), 0.5);
    });

    it('tells throttled time in milliseconds in both versions', () => {
      assert.equal(throttledMs(files({ ...v2, '/sys/fs/cgroup/app/web/cpu.stat': 'nr_periods 9\nthrottled_usec 2500\n' })), 2.5);
      assert.equal(throttledMs(files({ ...v1, '/sys/fs/cgroup/cpu,cpuacct/cpu.stat': 'throttled_time 3000000\n' })), 3);
      assert.equal(throttledMs(files({})), null);
    });

    it('finds the throttling of a parent whose quota is the tight one', () => {
      const read = files({
        ...v2,
        '/sys/fs/cgroup/app/web/cpu.stat': 'throttled_usec 0\n',
        '/sys/fs/cgroup/app/cpu.stat': 'throttled_usec 7000\n',
      });
      assert.equal(throttledMs(read), 7);
    });
  });

  describe('sum of it', () => {
    it('is the whole machine where nothing limits it', () => {
      assert.deepEqual(cpuBudget(files({}), 8, 8), { usable: 8, why: 'All 8 cores of this machine.' });
    });

    it('is the mask where the mask is tighter', () => {
      const read = files({ ...v2, '/proc/self/status': 'Cpus_allowed_list:\t0-1\n', '/sys/fs/cgroup/cpu.max': '400000 100000\n' });
      assert.deepEqual(cpuBudget(read, 8, 8), { usable: 2, why: 'The affinity mask allows 2 of 8 cores.' });
    });

    it('is the quota, a fraction too, where that is tighter', () => {
      const read = files({ ...v2, '/sys/fs/cgroup/cpu.max': '150000 100000\n' });
      assert.deepEqual(cpuBudget(read, 4, 4), { usable: 1.5, why: 'A quota of this container allows 1.5 of 4 cores.' });
    });

    it('believes the runtime where it counts fewer cores', () => {
      assert.equal(cpuBudget(files({}), 8, 6).usable, 6);
    });
  });
});
