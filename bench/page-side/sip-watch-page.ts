/** Watches a page that speaks SIP. */
import { startWatch } from './watch.js';
import './sip-page-types.js';

globalThis.sipWatch = startWatch({
  // `INVITE`, or `200 INVITE`; nothing for a ping.
  nameOf(frame) {
    const text = String(frame);
    const code = /^SIP\/2\.0 (\d+)/.exec(text)?.[1];
    if (code === undefined) return /^[A-Z]+/.exec(text)?.[0];
    return `${code} ${/^CSeq: *\d+ +(\w+)/im.exec(text)?.[1]}`;
  },
});
