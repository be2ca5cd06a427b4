declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]?: Name };

/**
 * Milliseconds on a monotonic clock, or a length of time in milliseconds.
 * The brand is optional, so that plain numbers are accepted and the unit is still read in every signature.
 */
export type Millis = Unit<'ms'>;

/** A share of a whole, 0 to 1. */
export type Share = Unit<'share'>;

/** Mebibytes (2^20 bytes). */
export type Mebibytes = Unit<'MiB'>;
