/**
 * `everdial/providers/sip`: calls over any SIP server or PBX that speaks SIP over WebSocket (RFC 7118).
 * @packageDocumentation
 */
import type { Provider } from '../provider.js';
import { createSip } from './adapter.js';
import type { SipOptions } from './options.js';

export type { SipOptions, SipServer } from './options.js';

/**
 * Any SIP server or PBX that speaks SIP over WebSocket (RFC 7118): Asterisk, FreeSWITCH, Kamailio, a carrier's own edge.
 * Needs the optional peer dependency `jssip`. `getToken` answers `{ token: password, username }`. Capabilities: native
 * hold, digits by RTP, ringing told, caller ID chosen by the browser, calls in, cancel confirmed.
 * @throws DialerError `config/invalid-option` without a server or a domain.
 * @example
 * sip({ server: 'wss://pbx.example.com/ws', domain: 'pbx.example.com' })
 */
export function sip(options: SipOptions): Provider {
  return createSip({ ...options, sdk: options.sdk ?? (() => import('jssip')) });
}
