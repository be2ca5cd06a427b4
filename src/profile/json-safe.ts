/**
 * Results as JSON. A value that JSON can say is itself; any other is `{"$type": …, "value": …}`:
 *
 *   undefined            {"$type": "undefined"}            NaN, ±Infinity, -0   {"$type": "number", "value": "NaN"}
 *   bigint               {"$type": "bigint", "value": "12"}  Date     {"$type": "Date", "value": "2026-01-31T…"} (null: invalid)
 *   Map                  {"$type": "Map", "value": [[key, value], …]}   Set      {"$type": "Set", "value": […]}
 *   typed arrays         {"$type": "Float64Array", "value": […]}        buffers  {"$type": "ArrayBuffer", "value": [bytes]}
 *   RegExp               {"$type": "RegExp", "value": "/a/g"}
 *   Error                {"$type": "Error", "value": {"name", "message", "stack"}} and "cause" where it has one
 *   a value of another language      {"$type": "numpy.ndarray", "value": …}
 *   an object inside itself           {"$type": "cycle", "value": "$.path.to.it"}
 *   an object with a key "$type"      {"$type": "object", "value": {…}}
 *
 * A hole of an array is undefined; keys that are symbols are left out. A key `__proto__` is a key like any other.
 * The values are copies out of another process: they have no accessors and no functions, so reading them runs no code.
 */

import { TypedValue } from '../protocol/typed-value';

export interface EncodeLimits {
  /** UTF-16 units of the JSON text, about. */
  readonly text: number;
  readonly depth: number;
}

const defaultLimits: EncodeLimits = { text: 1 << 20, depth: 200 };

export type Encoded = { readonly value: unknown; readonly text: number } | { readonly tooLarge: string };

/** `value` as something that `JSON.stringify` takes, with the length of its text; or why it is too large. */
export function encode(value: unknown, limits: Partial<EncodeLimits> = {}): Encoded {
  const encoder = new Encoder({ ...defaultLimits, ...limits });
  try {
    return { value: encoder.encode(value), text: encoder.text };
  } catch (fault) {
    if (fault instanceof TooLarge) return { tooLarge: fault.message };
    throw fault;
  }
}

class TooLarge extends Error {}

const typed = (type: string, value: unknown) => ({ $type: type, value });

class Encoder {
  text = 0;
  /** The objects around the one that is being encoded, and the key of each in the one before it. */
  readonly #around: { readonly object: object; readonly step: string }[] = [];

  constructor(private readonly limits: EncodeLimits) {}

  encode(value: unknown, step = '$'): unknown {
    switch (typeof value) {
      case 'string':
        this.#spend(value.length + 3);
        return value;
      case 'boolean':
        this.#spend(6);
        return value;
      case 'number':
        this.#spend(12);
        return Number.isFinite(value) && !Object.is(value, -0) ? value : typed('number', Object.is(value, -0) ? '-0' : String(value));
      case 'bigint': {
        const digits = String(value);
        this.#spend(digits.length + 30);
        return typed('bigint', digits);
      }
      case 'object':
        return value === null ? (this.#spend(5), null) : this.#object(value, step);
      default:
        this.#spend(24);
        return { $type: typeof value };
    }
  }

  #spend(characters: number): void {
    this.text += characters;
    if (this.text > this.limits.text) throw new TooLarge(`more than ${this.limits.text} characters`);
  }

  #foreign({ type, value }: TypedValue): unknown {
    this.#spend(type.length + 25);
    return value === undefined ? { $type: type } : typed(type, this.encode(value));
  }

  #object(object: object, step: string): unknown {
    if (object instanceof TypedValue) return this.#foreign(object);
    const at = this.#around.findIndex((outer) => outer.object === object);
    if (at >= 0) {
      this.#spend(40);
      return typed('cycle', this.#around.slice(0, at + 1).map((outer) => outer.step).join(''));
    }
    if (this.#around.length >= this.limits.depth) throw new TooLarge(`more than ${this.limits.depth} levels`);
    this.#around.push({ object, step });
    this.#spend(4);
    const encoded = this.#members(object);
    this.#around.pop();
    return encoded;
  }

  #members(object: object): unknown {
    if (Array.isArray(object)) return this.#list(object);
    if (ArrayBuffer.isView(object)) return this.#view(object);
    if (object instanceof Map) {
      const pairs = [...object].map(([key, value], i) => [this.encode(key, `.keys[${i}]`), this.encode(value, `.values[${i}]`)]);
      return typed('Map', pairs);
    }
    if (object instanceof Set) return typed('Set', [...object].map((value, i) => this.encode(value, `[${i}]`)));
    if (object instanceof Date) return typed('Date', Number.isNaN(object.getTime()) ? null : object.toISOString());
    if (object instanceof RegExp) return typed('RegExp', this.encode(String(object)));
    if (object instanceof Error) return typed('Error', this.#error(object));
    if (object instanceof ArrayBuffer || isShared(object)) return typed('ArrayBuffer', this.#numbers(new Uint8Array(object)));
    if (object instanceof Number || object instanceof String || object instanceof Boolean) return this.encode(object.valueOf());
    return this.#plain(object);
  }

  #list(array: readonly unknown[]): unknown[] {
    // The length of a sparse array may be anything: its holes are spent for before there is room made for them.
    this.#spend(array.length * 2);
    return Array.from(array, (value, i) => this.encode(value, `[${i}]`));
  }

  #view(view: ArrayBufferView): unknown {
    const type = Object.prototype.toString.call(view).slice(8, -1);
    if (view instanceof DataView) return typed(type, this.#numbers(new Uint8Array(view.buffer, view.byteOffset, view.byteLength)));
    return typed(type, this.#numbers(view as unknown as ArrayLike<number | bigint>));
  }

  #numbers(numbers: ArrayLike<number | bigint>): unknown[] {
    this.#spend(numbers.length * 2);
    return Array.from(numbers, (value) => this.encode(value));
  }

  #error({ name, message, stack, cause }: Error): unknown {
    const encoded = { name: this.encode(name), message: this.encode(message), stack: this.encode(stack ?? '') };
    return cause === undefined ? encoded : { ...encoded, cause: this.encode(cause, '.cause') };
  }

  #plain(object: object): unknown {
    const encoded: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(object)) {
      this.#spend(key.length + 4);
      // By definition, not by assignment: that of `__proto__` would set the prototype.
      Object.defineProperty(encoded, key, { value: this.encode(value, stepTo(key)), enumerable: true, writable: true, configurable: true });
    }
    return Object.hasOwn(encoded, '$type') ? typed('object', encoded) : encoded;
  }
}

const isShared = (object: object): object is SharedArrayBuffer => typeof SharedArrayBuffer !== 'undefined' && object instanceof SharedArrayBuffer;

const stepTo = (key: string) => (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
