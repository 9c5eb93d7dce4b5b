/** Attributes of `<ever-dial>`, as written in HTML. Changing one takes effect at once, a running call is left alone. */
export interface EverdialAttributes {
  /** What to call: E.164 as people write it, or `ref:name`. Without it the person enters a number. */
  readonly to?: string | undefined;
  /** Whom the person will talk to, shown at the top of the panel. @defaultValue the number */
  readonly name?: string | undefined;
  /** Number to show and to offer for an ordinary phone, where `to` is not one (`ref:name`). */
  readonly phone?: string | undefined;
  /**
   * Where tokens come from: `POST <token-url>/<provider>` must answer with what `getToken` takes. Not needed when the `dialer`
   * property is set, nor with `providers="sandbox"`.
   */
  readonly 'token-url'?: string | undefined;
  /** Public name of this site, sent to the token server as `?site=`. */
  readonly site?: string | undefined;
  /**
   * Names of the providers, best first, separated by spaces. Known in the script-tag build; elsewhere see
   * {@link defineEverdial}.
   */
  readonly providers?: string | undefined;
  /** Words on the button. @defaultValue "Call us" in the language of the page */
  readonly label?: string | undefined;
  /** How it looks; see {@link EverdialVariant}. @defaultValue 'button' */
  readonly variant?: EverdialVariant | undefined;
  /** The start button: 44 px high, or a disc without words. @defaultValue 52 px high */
  readonly size?: 'small' | 'round' | undefined;
  /** The corner in which the panel opens. @defaultValue 'bottom-right' */
  readonly position?: 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left' | undefined;
  /** Colours. @defaultValue 'auto': as the page's `color-scheme` */
  readonly theme?: 'auto' | 'light' | 'dark' | undefined;
  /** Language of its words, BCP 47. @defaultValue the page's */
  readonly lang?: string | undefined;
  /** Country for numbers typed without one, ISO 3166 alpha-2. @defaultValue what language and time zone suggest */
  readonly country?: string | undefined;
  /** Id of a button of the page that starts the call instead of the element's own. */
  readonly for?: string | undefined;
  /** Opening hours: `Mo-Fr 09:00-18:00; Sa 10:00-14:00`. Outside them the button says so and calls nobody. */
  readonly hours?: string | undefined;
  /** IANA time zone of `hours`. @defaultValue the visitor's */
  readonly 'time-zone'?: string | undefined;
  /** Asks before each call whether the person agrees, before the browser asks for the microphone. */
  readonly 'consent-required'?: boolean | '' | undefined;
  /** What is asked then. @defaultValue that the call may be recorded */
  readonly 'consent-text'?: string | undefined;
  /** No key pad in the call. */
  readonly 'no-keypad'?: boolean | '' | undefined;
  /** No choice of devices. */
  readonly 'no-devices'?: boolean | '' | undefined;
  /** No single-letter keys (M, H, K) in the panel. */
  readonly 'no-shortcuts'?: boolean | '' | undefined;
  /** Never offers an ordinary phone. */
  readonly 'no-phone-link'?: boolean | '' | undefined;
  /**
   * Nothing is loaded or connected before a press. By default pointer, focus and finger are signs enough; where the person
   * saves data, a press always is the first.
   */
  readonly 'no-warm-up'?: boolean | '' | undefined;
  /** Loads the code when the page is idle instead of on the first sign of interest. */
  readonly preload?: boolean | '' | undefined;
}

/**
 * How the element looks: `button` a button that opens the panel in a corner · `floating` the same, with the button in that
 * corner · `panel` the panel where the element stands · `bar` one line where the element stands · `agent` a panel with a dial pad
 * that fills its place.
 */
export type EverdialVariant = 'button' | 'floating' | 'panel' | 'bar' | 'agent';

/** Names of the attributes that are watched. */
export const ATTRIBUTES: readonly (keyof EverdialAttributes)[] = [
  'to',
  'name',
  'phone',
  'token-url',
  'site',
  'providers',
  'label',
  'variant',
  'size',
  'position',
  'theme',
  'lang',
  'country',
  'for',
  'hours',
  'time-zone',
  'consent-required',
  'consent-text',
  'no-keypad',
  'no-devices',
  'no-shortcuts',
  'no-phone-link',
];
