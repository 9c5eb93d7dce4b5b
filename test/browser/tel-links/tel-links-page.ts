import { type Call, Dialer, type Unsubscribe } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import {
  registerTelHandler,
  type TelHandlerResult,
  type TelLinksOptions,
  watchTelLinks,
} from '../../../src/tel-links/index.js';
import { watchLinks } from '../../../src/tel-links/watch-links.js';

/** A click as it left the page. */
export interface SeenClick {
  /** Id of the link, or of its host. */
  readonly id: string;
  /** Whether the browser would have followed the link. */
  readonly isNative: boolean;
}

/** Options that can be sent to the page. */
export type PlainOptions = Omit<TelLinksOptions, 'onCall' | 'onIntent' | 'root'> & {
  /** Selector of the root; the document when left out. */
  readonly root?: string;
  /** What `onCall` returns. */
  readonly answer?: boolean;
  /** The rules of the countries can not be fetched. */
  readonly withoutRules?: boolean;
};

/** What tests reach in the page. */
export interface TelLinksPage {
  /** Watches, and keeps what becomes a call. */
  watch(options?: PlainOptions): void;
  /** Stops the watch that began last. */
  stop(): void;
  /** What was called, in order, as `number < id of the link`. */
  readonly calls: readonly string[];
  /** Ids of the links that somebody came near. */
  readonly intents: readonly string[];
  /** All clicks. */
  readonly clicks: readonly SeenClick[];
  /** How often the page was about to be left. */
  readonly leaving: number;
  /** Whether clicks are kept from the browser after they were seen. */
  holdsBack: boolean;
  /** Calls over the sandbox, and keeps the call. */
  dial(to: string): Call;
  /** The call made last. */
  readonly call: Call | undefined;
  /** The real thing. */
  readonly registerTelHandler: (url?: string) => TelHandlerResult;
}

declare global {
  /** Put there by this page. */
  var telLinksPage: TelLinksPage;
}

const calls: string[] = [];
const intents: string[] = [];
const clicks: SeenClick[] = [];
let leaving = 0;
let stop: Unsubscribe | undefined;
let dialer: Dialer | undefined;
let call: Call | undefined;

for (const type of ['click', 'auxclick']) {
  window.addEventListener(type, (event) => {
    clicks.push({ id: (event.target as Element).id, isNative: !event.defaultPrevented });
    if (globalThis.telLinksPage.holdsBack) event.preventDefault();
  });
}
window.addEventListener('beforeunload', () => {
  leaving += 1;
});

for (const host of document.querySelectorAll('[data-shadow]')) {
  const link = document.createElement('a');
  link.href = 'tel:+12025550107';
  link.textContent = 'in a shadow root';
  link.id = 'shadowed';
  host.attachShadow({ mode: 'open' }).append(link);
}

document.querySelector('#handled')?.addEventListener('click', (event) => event.preventDefault());

globalThis.telLinksPage = {
  watch({ root, answer, withoutRules, ...rest } = {}) {
    const element = root === undefined ? undefined : document.querySelector(root);
    const options: TelLinksOptions = {
      ...rest,
      ...(element && { root: element }),
      onCall(to, link) {
        calls.push(`${to} < ${link.id}`);
        return answer;
      },
      onIntent: (link) => intents.push(link.id),
    };
    stop = withoutRules
      ? watchLinks(options, () => Promise.reject(new Error('offline')))
      : watchTelLinks(options);
  },
  stop: () => stop?.(),
  calls,
  intents,
  clicks,
  get leaving() {
    return leaving;
  },
  holdsBack: true,
  dial(to) {
    dialer ??= new Dialer({ providers: [sandbox()] });
    call = dialer.dial(to);
    return call;
  },
  get call() {
    return call;
  },
  registerTelHandler: (url) => registerTelHandler({ url }),
};
