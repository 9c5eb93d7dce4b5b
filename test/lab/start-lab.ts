import { createMediaPeerFactory, type MediaPeerOptions } from './media/media-peer.js';
import { type CallServer, createCallServer } from './net/call-server.js';
import { createTokenEndpoint, type TokenEndpoint } from './net/token-endpoint.js';
import { type RequestHandler, startWebServer, type WebServer } from './net/web-server.js';
import { PhoneNetwork } from './network/phone-network.js';
import { type SipGateway, startSipGateway } from './sip/gateway.js';
import { startTelnyxGateway, type TelnyxGateway } from './telnyx/gateway.js';
import { startTwilioGateway, type TwilioGateway } from './twilio/start-twilio-gateway.js';

/** How to start the lab. */
export interface LabOptions extends MediaPeerOptions {
  /** Answers requests of the web server before anything else does. */
  readonly handlers?: readonly RequestHandler[] | undefined;
}

/** The carrier lab: vendors' gateways in front of one simulated phone network. */
export interface Lab {
  /** The phones and what they saw. */
  readonly network: PhoneNetwork;
  /** The Telnyx gateway; the SDK's `host` is {@link TelnyxGateway.url}. */
  readonly telnyx: TelnyxGateway;
  /** The Twilio gateway; the SDK's `chunderw` is {@link TwilioGateway.host}. */
  readonly twilio: TwilioGateway;
  /** The SIP gateway; a client's WebSocket address is {@link SipGateway.url}. */
  readonly sip: SipGateway;
  /** The application's server, `POST /voice-token/:provider`. */
  readonly tokens: TokenEndpoint;
  /** The same server with the carriers' server interfaces behind it: `POST /end-leg`, `POST /close-call`. */
  readonly calls: CallServer;
  /** The web server with pages, on `http://127.0.0.1:port`. */
  readonly web: WebServer;
  /** A path of the web server as URL. */
  url(path: string): string;
  /** Ends every call and puts behaviours, faults, history and token requests back, for the next test. */
  reset(): Promise<void>;
  /** Stops everything; nothing keeps the process alive afterwards. */
  close(): Promise<void>;
}

/** Starts the lab on free ports of 127.0.0.1. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const network = new PhoneNetwork();
  const media = createMediaPeerFactory(options);
  const tokens = createTokenEndpoint();
  const calls = createCallServer(network);
  const [telnyx, twilio, sip, web] = await Promise.all([
    startTelnyxGateway({ trunk: network, media }),
    startTwilioGateway({ trunk: network, media }),
    startSipGateway({ trunk: network, media }),
    startWebServer([...(options.handlers ?? []), tokens.handle, calls.handle]),
  ]);
  return {
    network,
    telnyx,
    twilio,
    sip,
    tokens,
    calls,
    web,
    url: (path) => web.origin + path,
    async reset() {
      twilio.hangupAll();
      sip.endIncomingCalls();
      network.reset();
      telnyx.resetFaults();
      twilio.resetFaults();
      sip.resetFaults();
      telnyx.clearLogs();
      twilio.clearLogs();
      sip.clearLogs();
      tokens.reset();
      calls.reset();
      twilio.clearLogs();
      await Promise.all([telnyx.settled(), twilio.settled(), sip.settled()]);
    },
    async close() {
      network.reset();
      await Promise.all([telnyx.close(), twilio.close(), sip.close(), web.close()]);
    },
  };
}
