/** Watches a page that speaks with the lab's carriers, and takes each press from the mouse. */
import type { CarrierId } from './bench-page-types.js';
import './caller-types.js';
import { startWatch } from './watch.js';

/** A frame of either carrier, as far as its name needs it. */
interface Frame {
  readonly method?: string;
  readonly type?: string;
  readonly result?: { readonly message?: string };
  readonly payload?: { readonly reconnect?: string };
}

const INVITES: Readonly<Record<CarrierId, string>> = {
  telnyx: 'telnyx_rtc.invite',
  twilio: 'invite',
};

globalThis.pageWatch = startWatch({
  microphoneMs: globalThis.watchedMicrophoneMs,
  nameOf(data) {
    const text = String(data);
    if (!text.startsWith('{')) return undefined;
    const { method, type, result, payload } = JSON.parse(text) as Frame;
    const name = method ?? type ?? (result?.message && `result ${result.message}`);
    const isInvite = Object.values(INVITES).some((invite) => invite === name);
    return isInvite && !payload?.reconnect ? 'INVITE' : name;
  },
});

addEventListener(
  'click',
  // The browser's own time of the click: what the page does first is counted, too.
  ({ timeStamp }) => globalThis.pageWatch.press(timeStamp),
  { capture: true },
);
