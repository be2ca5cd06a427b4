import stripAnsi from 'strip-ansi';

/** Controls, and the marks that reorder or hide the text around them; not the joiners that scripts and emoji need. */
const unseen = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/**
 * Text of user code without escape sequences, and with what cannot be seen written out: `⟨U+202E⟩`. Tabs stay.
 * The page shows it as text nodes only.
 */
export function plain(text: string): string {
  return stripAnsi(text).replace(unseen, (mark) =>
    mark === '\t' || mark === '\n' ? mark : `⟨U+${mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
