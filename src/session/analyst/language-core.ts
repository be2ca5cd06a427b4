/** What the analysis thread can do for one family of languages; each is a bundle of its own, loaded when first needed. */
import type { AnalystCalls, CallName } from './protocol';

type Answer<Name extends CallName> = AnalystCalls[Name]['answer'];
type Perform<Name extends CallName> = (
  argument: AnalystCalls[Name]['argument'],
  isCancelled: () => boolean,
) => Answer<Name> | Promise<Answer<Name>>;

export interface LanguageCore {
  readonly list: Perform<'list'>;
  readonly at: Perform<'at'>;
  readonly checkInputs: Perform<'checkInputs'>;
  readonly isHarmless: Perform<'isHarmless'>;
  readonly rewrite: Perform<'rewrite'>;
  readonly rewriteOffers: Perform<'rewriteOffers'>;
  readonly rewriteHints: Perform<'rewriteHints'>;
  readonly slice: Perform<'slice'>;
  /** Only languages whose modules have to be made loadable have it. */
  readonly link?: Perform<'link'>;
}
