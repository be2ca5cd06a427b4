/**
 * How many cores a process may use: pure functions over the texts that Linux gives, so that the runner (which has no
 * session) and the session (which has no runner) tell the same number. Other systems have none of these files, and
 * every function answers `null` for what is absent.
 */

/** The text of a file, or `null` where it cannot be read. */
export type ReadText = (path: string) => string | null;

export interface CpuBudget {
  /** Cores that may be used on average; a fraction where a quota says so, never 0. */
  readonly usable: number;
  /** What set the number, as a sentence for a person. */
  readonly why: string;
}

/** One control group's folder for CPU time, and which of the two interfaces its files follow. */
export interface CpuGroup {
  readonly folder: string;
  readonly version: 1 | 2;
}

/**
 * The budget of the calling process.
 * @param logical cores of the machine
 * @param parallelism what the runtime counts (`os.availableParallelism()`): it may know an affinity we cannot read
 */
export function cpuBudget(read: ReadText, logical: number, parallelism: number): CpuBudget {
  const masked = affinityCores(read('/proc/self/status') ?? '') ?? parallelism;
  const mask = Math.max(1, Math.min(masked, parallelism));
  const quota = quotaCores(read);
  if (quota !== null && quota < mask) {
    return { usable: quota, why: `A quota of this container allows ${trim(quota)} of ${cores(logical)}.` };
  }
  if (mask < logical) return { usable: mask, why: `The affinity mask allows ${mask} of ${cores(logical)}.` };
  return { usable: mask, why: `All ${cores(mask)} of this machine.` };
}

/** Number of CPUs in the affinity mask of a `/proc/…/status` text. */
export function affinityCores(status: string): number | null {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
  if (list === undefined) return null;
  let count = 0;
  for (const part of list.split(',')) {
    const range = /^(\d+)(?:-(\d+))?$/.exec(part);
    if (!range) return null;
    count += Number(range[2] ?? range[1]) - Number(range[1]) + 1;
  }
  return count > 0 ? count : null;
}

/** The tightest CPU quota of the calling process's groups, in cores; `null` where there is none. */
export function quotaCores(read: ReadText): number | null {
  const quotas = cpuGroups(read).map((group) => groupQuota(group, read)).filter((quota) => quota !== null);
  return quotas.length > 0 ? Math.min(...quotas) : null;
}

/**
 * Total time in ms that a quota has held the calling process back: of the group or parent that was held back most,
 * since each counts only its own quota. `null` where nothing counts it.
 */
export function throttledMs(read: ReadText): number | null {
  const totals = cpuGroups(read).flatMap(({ folder }) => {
    const [, field, count] = /^(throttled_usec|throttled_time) (\d+)$/m.exec(read(`${folder}/cpu.stat`) ?? '') ?? [];
    return count === undefined ? [] : [Number(count) / (field === 'throttled_usec' ? 1e3 : 1e6)];
  });
  return totals.length > 0 ? Math.max(...totals) : null;
}

/** The groups that may limit the calling process's CPU time: its own first, then its parents up to the mount point. */
export function cpuGroups(read: ReadText): CpuGroup[] {
  const mounts = cgroupMounts(read('/proc/self/mountinfo') ?? '');
  return (read('/proc/self/cgroup') ?? '').split('\n').flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) return [];
    const version = controllers === '' ? 2 : 1;
    if (version === 1 && !controllers.split(',').includes('cpu')) return [];
    const mount = mounts.find((it) => it.version === version && (version === 2 || it.options.includes('cpu')));
    return mount ? upwards(mount, path).map((folder) => ({ folder, version }) as const) : [];
  });
}

interface CgroupMount {
  readonly version: 1 | 2;
  /** The group that the mount point shows; not `/` inside a container without its own namespace. */
  readonly root: string;
  readonly point: string;
  readonly options: readonly string[];
}

function cgroupMounts(mountinfo: string): CgroupMount[] {
  return mountinfo.split('\n').flatMap((line) => {
    const match = /^\d+ \d+ \S+ (\S+) (\S+) .*? - (cgroup2?) \S+ (\S+)$/.exec(line);
    if (!match) return [];
    const [, root, point, type, options] = match as unknown as [string, string, string, string, string];
    return [{ version: type === 'cgroup2' ? 2 : 1, root: unescape(root), point: unescape(point), options: options.split(',') }];
  });
}

/** The folders of `path` and its parents under the mount. A path outside the mount's root is seen as the root itself. */
function upwards(mount: CgroupMount, path: string): string[] {
  const root = mount.root === '/' ? '' : mount.root;
  const inside = path.startsWith(`${root}/`) ? path.slice(root.length) : '';
  const names = inside.split('/').filter((name) => name !== '' && name !== '..');
  return names.map((_, i) => `${mount.point}/${names.slice(0, names.length - i).join('/')}`).concat(mount.point);
}

function groupQuota({ folder, version }: CpuGroup, read: ReadText): number | null {
  const [quota, period] =
    version === 2
      ? (read(`${folder}/cpu.max`) ?? '').trim().split(' ')
      : [read(`${folder}/cpu.cfs_quota_us`), read(`${folder}/cpu.cfs_period_us`)];
  const share = Number(quota ?? NaN) / Number(period ?? NaN);
  return Number.isFinite(share) && share > 0 ? share : null;
}

/** mountinfo writes space, tab, newline and backslash as octal. */
const unescape = (text: string) => text.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)));

const cores = (n: number) => (n === 1 ? '1 core' : `${n} cores`);
const trim = (n: number) => String(Number(n.toFixed(2)));
