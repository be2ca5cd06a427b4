/** Holds its thread until the flag (an Int32Array on shared memory) is set. */
export default function held({ name, flag }) {
  Atomics.wait(flag, 0, 0);
  return name;
}
