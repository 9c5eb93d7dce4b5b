// A page with the real element over the sandbox. What stands in the body comes from the address: `?html=…`.
import { Dialer } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';
import { defineEverdial } from 'everdial/widget';

declare global {
  /** For tests that make a Dialer of their own. */
  var everdialLibrary: { readonly Dialer: typeof Dialer; readonly sandbox: typeof sandbox };
  /** Names of the DOM events that have reached the document. */
  var everdialEvents: string[];
}

const query = new URLSearchParams(location.search);
const markup = new DOMParser().parseFromString(query.get('html') ?? '', 'text/html');
document.documentElement.lang = query.get('lang') ?? 'en';
document.documentElement.dir = query.get('dir') ?? 'ltr';
const lab = (query.get('lab') ?? '').split(',');
defineEverdial({
  providers: {
    sandbox: () => sandbox(),
    telnyx: () => telnyx({ sdkOptions: { host: lab[0] } as never }),
    twilio: () => twilio({ sdkOptions: { chunderw: lab[1] } as never }),
  },
});
const events: string[] = [];
for (const type of [
  'ready',
  'before-call',
  'ringing',
  'answered',
  'active',
  'ended',
  'rated',
  'error',
]) {
  document.addEventListener(`everdial:${type}`, () => events.push(type));
}
globalThis.everdialEvents = events;
globalThis.everdialLibrary = { Dialer, sandbox };
document.head.append(...markup.head.childNodes);
document.body.append(...markup.body.childNodes);
document.documentElement.dataset['ready'] = '';
