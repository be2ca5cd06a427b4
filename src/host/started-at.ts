/** When the bundle began to be read, on the monotonic clock. To be imported before everything else. */
export const startedAt = performance.now();
