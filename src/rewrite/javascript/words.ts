/** What names say of what they do. Nothing here proves anything: a word can only speak against a rewrite, never for one. */

/** The words of a name: `saveAllUsers` is save, all, users; `HTTPGet` is http, get. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Verbs that change something outside, ask somebody, or move along: the order of such calls is part of what they do. */
const effects = list(
  `abort accept acquire advance alter append ask assign attach await begin book broadcast cancel change charge checkout clear click close
  commit confirm connect consume copy create cp dec decr decrement delete deploy dequeue destroy detach disable disconnect dispatch
  dispose download drain drop emit empty enable end enqueue enter erase evict expire fill finalize finish flush focus goto grant hide
  hover inc incr increment ingest init initialise initialize inquire insert install invalidate issue join kill launch leave link listen
  lock login logout mark merge migrate mkdir mkdirp mkdtemp modify mount move mutate navigate next notify open patch pause persist
  pop post press prompt promote provision publish pull push put question queue receive record refund register release reload remove
  rename replace reserve reset resize restart restore resume revert revoke rimraf rm rmdir rollback rotate save schedule scroll seed select
  send set setup shift shutdown signup skip start step stop store submit subscribe swap switch symlink sync tap teardown terminate
  toggle touch transact transfer truncate type undo uninstall unlink unlock unmount unregister unshift unsubscribe update upgrade upload
  upsert use utimes wipe withdraw write yield`,
);

/** Verbs that say nothing: with a result they may well compute it, without one they are there for an effect. */
const vague = list(
  `add after apply before bootstrap build bundle call callback cleanup collect compile configure do each emit exec execute fire fn format
  generate go handle handler hook import invoke lint load make map middleware on output pack perform prepare print process query read refresh
  render repeat report request require resolve run scan script sign spawn sh shell task test track transform translate traverse trigger try
  validate verify visit walk watch warm`,
);

/** Whether a callee of this name reads as if the order of its calls mattered. `called`: its result is used. */
export function readsLikeEffect(name: string, resultUsed: boolean): boolean {
  const words = wordsOf(name);
  const verb = words[0] === 'async' || words[0] === 'try' || words[0] === 'maybe' || words[0] === 'do' ? words[1] : words[0];
  if (verb === undefined) return false;
  if (effects.has(verb)) return true;
  // `ensureDir`, `outputFile`, `findOrCreate`, `getAndDelete`
  if (verb === 'ensure' || verb === 'output') return true;
  if (words.some((word, n) => effects.has(word) && (words[n - 1] === 'or' || words[n - 1] === 'and'))) return true;
  return !resultUsed && vague.has(verb);
}

/** Callees that wait on purpose. */
export const readsLikeDelay = (name: string): boolean =>
  /^(sleep|delay|wait|pause|backoff|throttle|setTimeout|setImmediate|nextTick|timeout|tick|waitFor\w*|sleep[A-Z_]\w*|delay[A-Z_]\w*|wait[A-Z_]\w*|rateLimit\w*|\w+(Sleep|Delay|Wait|Backoff|Throttle))$/.test(name);

/** Things that do one thing at a time, by the last word of their name. */
const serials = list(
  `browser channel client conn connection cursor driver fh filehandle file frame ftp generator handle imap iter iterator kernel
  lock mailbox mutex page parser port prompts inquirer queue reader readline repl rl sandbox semaphore serial session sftp shell smtp
  socket ssh stream tab terminal transaction trx tx txn wizard ws writer`,
);

/** `client` alone is a connection to a database as often as not; an `apiClient` is no more than an address. */
export function readsLikeSerial(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || !serials.has(last)) return false;
  if (last !== 'client' && last !== 'file') return true;
  return words.length === 1 || /^(pg|db|redis|ftp|sftp|ssh|sql|mysql|mongo|imap|smtp|mqtt|ws|tcp|database)$/.test(words.at(-2)!);
}

/** Sources that make their items one at a time. */
export const readsLikeLazy = (name: string): boolean =>
  /^(iter\w*|\w*(iterator|generator|stream|cursor|lines|pages|chunks)|walk\w*|generate\w*|stream\w*|paginate\w*)$/i.test(name);

/** A statement of SQL that changes something. */
export const isWritingSql = (text: string): boolean =>
  /^\s*(insert|update|delete|create|drop|alter|replace|merge|truncate|begin|commit|rollback|lock|grant|set|use|vacuum)\b/i.test(text);
