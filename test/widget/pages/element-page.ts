// A page with the real element over the sandbox. What stands in the body comes from the address: `?html=…`.
import { Dialer } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';
import { defineEverdial, EverdialElement } from 'everdial/widget';

declare global {
  /** For tests that make one of their own. */
  var Dialer: typeof import('everdial').Dialer;
  /** For tests that make one of their own. */
  var sandbox: typeof import('everdial/providers/sandbox').sandbox;
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
Object.assign(globalThis, { Dialer, sandbox, EverdialElement, everdialEvents: events });
document.body.append(...markup.body.childNodes);
document.documentElement.dataset['ready'] = '';
