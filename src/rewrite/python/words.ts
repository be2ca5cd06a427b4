/** What names say of what they stand for. A word proves nothing: it only ever speaks against a rewrite. */

/** `save_all_users` and `saveAllUsers` are save, all, users. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Verbs that change something, or that take the next piece of something: the order of such calls is part of what they do. */
const effects = list(
  `abort accept acquire add advance anext append apply assign attach authenticate begin bind book broadcast cancel change clear click
  close commit configure connect consume create decrement delete deploy dequeue detach disable disconnect dispatch drain drop emit enable
  end enqueue enter exit finalize finish flush forward give goto handle increment init initialize insert install invalidate join kill
  launch leave listen lock login logout mark merge migrate move mutate next notify open patch pause persist pop post press publish pull
  push put readany readexactly readline readuntil receive recv refresh register release reload remove rename replace reply reset
  restart restore resume rollback rotate save scatter seek select send serve set setup shutdown signal spawn start step stop store submit
  subscribe swap switch sync teardown terminate toggle touch transfer truncate type uninstall unlock unregister unsubscribe update
  upgrade upload upsert wait write`,
);

export function readsLikeEffect(name: string): boolean {
  const words = wordsOf(name);
  const verb = words[0] === 'try' || words[0] === 'do' || words[0] === 'maybe' || words[0] === 'async' || words[0] === 'a' ? words[1] : words[0];
  return verb !== undefined && (effects.has(verb) || words.some((word, at) => effects.has(word) && (words[at - 1] === 'or' || words[at - 1] === 'and')));
}

/** Callees that wait on purpose. */
export const readsLikeDelay = (name: string): boolean =>
  /^(sleep|delay|pause|back_?off|throttle|wait(_for_.*|_until_.*)?|checkpoint)$|_(sleep|delay|back_?off|throttle)$|^(sleep|delay|rate_?limit)_/.test(name.toLowerCase());

/** Things that do one thing at a time, by the last word of their name. */
const serials = list(
  `browser bucket channel conn connection console context cur cursor db database driver engine file fh fileobj fp ftp generator handle imap iter
  iterator it kernel lock mailbox mutex page parser pipe pipeline port proc process protocol queue reader readline repl semaphore serial session
  sessions sftp shell smtp sock socket ssh stdin stdout stream tab telnet terminal transaction transport trans trx tx txn websocket ws writer`,
);

export function readsLikeSerial(name: string): boolean {
  const last = wordsOf(name).at(-1);
  return last !== undefined && serials.has(last.replace(/\d+$/, ''));
}

/** Methods that change what they are called on, or take something away from it. */
export const mutators = list(
  `add append appendleft clear close deactivate difference_update discard extend extendleft feed insert intersection_update move_to_end pop popitem
  popleft push put put_nowait get_nowait read readline readlines recv remove reverse seek send set setdefault sort
  symmetric_difference_update truncate update write writelines write_text write_bytes mkdir unlink rename rmdir touch`,
);

/** Methods of a logger: their order may change, and nothing else comes of it. */
export const logs = list('debug info warning warn error exception critical log');

/** Context managers that swallow exceptions: what stands in them may end early. */
export const swallows = list('suppress raises assertRaises assertRaisesRegex move_on_after move_on_at ignored fail_after');
