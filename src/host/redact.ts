/** Names of environment variables whose values are nobody's business. */
const secretName = /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|AUTH|COOKIE|SESSION_?KEY|DSN|CONNECTION_?STRING/i;

/** Shorter values are everyday words, and hiding those would make the log unreadable. */
const shortest = 6;

/** Replaces every secret of `env` by the name of its variable. */
export function redactor(env: NodeJS.ProcessEnv): (text: string) => string {
  const secrets = Object.entries(env)
    .filter((entry): entry is [string, string] => secretName.test(entry[0]) && (entry[1]?.length ?? 0) >= shortest)
    // The longest first, for one secret may be a part of another.
    .sort(([, a], [, b]) => b.length - a.length);
  return (text) => secrets.reduce((clean, [name, value]) => clean.replaceAll(value, `«${name}»`), text);
}
