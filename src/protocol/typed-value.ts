/** A value of a type that JavaScript does not have, as a runner of another language writes it out: a NumPy array, a set. */
export class TypedValue {
  constructor(
    /** Such as `numpy.ndarray`, `set`. */
    readonly type: string,
    /** What JSON can say of it: its members, or a preview. */
    readonly value: unknown,
  ) {}
}

/** Reads JSON in which such values are `{"$type": …, "value": …}`. */
export function parseTyped(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => (isTyped(value) ? revived(value.$type, value.value) : value));
}

function isTyped(value: unknown): value is { readonly $type: string; readonly value?: unknown } {
  return typeof value === 'object' && value !== null && typeof (value as { $type?: unknown }).$type === 'string';
}

function revived(type: string, value: unknown): unknown {
  if (type === 'bigint') return BigInt(value as string);
  if (type === 'number') return Number(value);
  return new TypedValue(type, value);
}
