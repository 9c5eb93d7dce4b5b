/** A link as HTML and SVG have it. */
export type TelLink = HTMLAnchorElement | SVGAElement;

/** Options of `watchTelLinks`. */
export interface TelLinksOptions {
  /**
   * Called for a click on a `tel:` link, still in the turn of the click. `to` is what `dial()` takes: the number in
   * E.164 form, with `,,42` behind it when the link has an extension. Return `false` to let the browser handle the link.
   */
  readonly onCall: (to: string, link: TelLink) => unknown;
  /** Called when the pointer or the focus comes to a link: a good moment for `dialer.warmUp()`. */
  readonly onIntent?: ((link: TelLink) => void) | undefined;
  /**
   * Where to watch; links added later count too, and so do those inside of open shadow roots.
   * @defaultValue document
   */
  readonly root?: Document | ShadowRoot | Element | undefined;
  /**
   * Links to leave alone, and elements all of whose links and text are to be left alone.
   * @defaultValue '[data-everdial-ignore]'
   */
  readonly ignore?: string | undefined;
  /**
   * Country for numbers without one, ISO 3166 alpha-2. Unset: such links are left alone. The rules of the countries
   * (`everdial/numbers`) are fetched when the pointer or the focus comes to such a link.
   */
  readonly country?: string | undefined;
  /**
   * Turn numbers in the text of the page into links as well, and back when watching stops. With `country` also those
   * without a country code. Text that the page adds later counts too; the text inside of shadow roots does not.
   * @defaultValue false
   */
  readonly inText?: boolean | undefined;
}

/** Of `everdial/numbers`, what this needs. */
export type NumberRules = Pick<
  typeof import('../numbers/index.js'),
  'parseNumber' | 'formatNumber'
>;

/** Fetches {@link NumberRules}. */
export type LoadNumberRules = () => Promise<NumberRules>;
