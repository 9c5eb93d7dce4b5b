/** How to become the browser's handler of `tel:` links. */
export interface TelHandlerOptions {
  /**
   * Page of this origin that takes the number, with `%s` where the address goes: see {@link telFromLocation}.
   * @defaultValue the page that is open, with `?tel=%s`
   */
  readonly url?: string | undefined;
  /** For tests. @defaultValue the browser's */
  readonly navigator?: Pick<Navigator, 'registerProtocolHandler'> | undefined;
}

/** Whether the person was asked. What they answer, the browser tells nobody. */
export type TelHandlerResult =
  | {
      /** The browser asks now, or has asked before. */
      readonly asked: true;
    }
  | {
      /** The browser does not ask. */
      readonly asked: false;
      /** Why: it can not (Safari, most telephones), the page may not (no HTTPS, in a frame), or `url` is no page of this origin with `%s`. */
      readonly reason: 'not-supported' | 'not-allowed' | 'invalid-url';
    };

/**
 * Asks the browser to open `tel:` links of all pages here. Call it in a click, because the browser asks the
 * person. Never throws.
 */
export function registerTelHandler(options: TelHandlerOptions = {}): TelHandlerResult {
  const browser = options.navigator ?? navigator;
  if (typeof browser.registerProtocolHandler !== 'function') {
    return { asked: false, reason: 'not-supported' };
  }
  try {
    browser.registerProtocolHandler('tel', options.url ?? `${here()}?tel=%s`);
    return { asked: true };
  } catch (error) {
    const isSyntax = error instanceof DOMException && error.name === 'SyntaxError';
    return { asked: false, reason: isSyntax ? 'invalid-url' : 'not-allowed' };
  }
}

const here = (): string => location.origin + location.pathname;

/**
 * The number in the address of a page, to be shown in a field: from `?tel=…` or `#tel=…`, as a link that is handed out
 * or the browser's handler of `tel:` links has it. `undefined` when there is none. Nothing is dialled: whoever opens a
 * link has not asked for a call yet.
 *
 * @param at - the open page's address when left out
 */
export function telFromLocation(
  at: Pick<Location, 'search' | 'hash'> | undefined = globalThis.location,
): string | undefined {
  const written = telIn(at?.search) ?? telIn(at?.hash);
  const number = written
    ?.replace(/\p{Cf}/gu, '')
    .replace(/^\s*tel:(?:\/\/)?/i, '')
    .replace(/[;,\s]*(?:ext|x)[.=\s]*(?=\d)/i, ',,')
    .replace(/;.*$/, '')
    .trim();
  return number !== undefined && NUMBER.test(number) ? number : undefined;
}

// As long as people write them, with digits to send behind it. Anything else in a link is somebody's joke.
const NUMBER = /^(?=.*\d)[\d+*#,w()./\s-]{1,50}$/i;

function telIn(parameters: string | undefined): string | undefined {
  const value = /[?#&]tel=([^&#]*)/.exec(parameters ?? '')?.[1];
  if (value === undefined) return undefined;
  try {
    // Forms write a space as "+". In front of the number, also behind "tel:", it is the plus itself.
    return decodeURIComponent(value.replace(/(?<=[\d)])\+/g, ' '));
  } catch {
    return undefined;
  }
}
