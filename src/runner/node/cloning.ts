/**
 * Where in `value` the structured clone algorithm fails, as a path such as `.items[3].callback`, with what stands there;
 * `null` where it does not fail.
 */
export function uncloneable(value: unknown): { readonly path: string; readonly what: string } | null {
  if (canClone(value)) return null;
  let at = value;
  let path = '';
  const seen = new Set<unknown>();
  // Each step goes one level deeper along a failing member, never back to where it was.
  for (let member: ReturnType<typeof failingMember>; (member = failingMember(at, seen)); at = member.value) {
    path += member.step;
    seen.add(at);
  }
  return { path, what: nameOf(at) };
}

/** The first of some inputs that no worker can be sent, in words; `null` where there is none. */
export function unsendableAmong(inputs: readonly unknown[]): string | null {
  for (const [i, input] of inputs.entries()) {
    const found = uncloneable(input);
    if (found) return `Call ${i + 1} cannot be sent to a worker: ${found.path === '' ? 'it' : `its ${found.path}`} is ${found.what}.`;
  }
  return null;
}

function canClone(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

function failingMember(value: unknown, seen: ReadonlySet<unknown>): { step: string; value: unknown } | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [step, member] of members(value)) {
    if (member !== value && !seen.has(member) && !canClone(member)) return { step, value: member };
  }
  return null;
}

function* members(value: object): Generator<[string, unknown]> {
  if (value instanceof Map) {
    for (const [key, member] of value) yield [`.get(${String(key)})`, member];
    return;
  }
  if (value instanceof Set) {
    for (const member of value) yield ['.(member)', member];
    return;
  }
  for (const key of safely(() => Object.keys(value)) ?? []) {
    const step = /^\d+$/.test(key) ? `[${key}]` : /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    yield [step, safely(() => Reflect.get(value, key) as unknown)];
  }
}

function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function nameOf(value: unknown): string {
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`;
  const kind = safely(() => Object.prototype.toString.call(value).slice(8, -1)) ?? 'object';
  const made = safely(() => (value.constructor as { name?: unknown } | undefined)?.name);
  const name = typeof made === 'string' && made !== '' && made !== 'Object' ? made : kind;
  return /^[AEIOU]/.test(name) ? `an ${name}` : `a ${name}`;
}
