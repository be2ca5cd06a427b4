/** Counts the calls under way. A call goes on for some turns of the event loop, so that others can join it. */
export class Crowd {
  most = 0;
  started = 0;
  #now = 0;

  async join(action) {
    this.started++;
    this.most = Math.max(this.most, ++this.#now);
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
    this.#now--;
    return action();
  }
}
