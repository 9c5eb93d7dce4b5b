import type { WebSocket } from 'ws';
import { makeCertificate } from '../net/certificate.js';
import { clearFaults, createFaults } from '../net/faults.js';
import { FaultyPort, type FaultyPortOptions } from '../net/faulty-port.js';
import type { Gateway, MediaPeerFactory, Trunk } from '../types.js';
import { BrowserSession } from './browser-session.js';
import { GatewayLog } from './gateway-log.js';
import { GatewayState } from './gateway-state.js';
import { type IncomingCall, IncomingCalls } from './incoming-calls.js';
import { defaultSettings, type TwilioSettings } from './settings.js';
import { SignalSocket } from './signal-socket.js';
import { answerWeb, type WebRequest } from './web-requests.js';

/** The lab's Twilio: the signalling protocol of `@twilio/voice-sdk` 2.x on a loopback port. */
export interface TwilioGateway extends Gateway {
  readonly carrier: 'twilio';
  /** `127.0.0.1:port` with TLS and a self-signed certificate: the SDK's `chunderw` option. */
  readonly host: string;
  /** The same protocol without TLS, `127.0.0.1:port`. */
  readonly plainHost: string;
  /** Twilio's own behaviour, live; `resetFaults()` puts it back too. */
  readonly settings: TwilioSettings;
  /** Calls that run in the gateway, with or without a browser. */
  readonly openCalls: readonly { readonly callSid: string; readonly hasBrowser: boolean }[];
  /** Browsers that incoming calls reach. */
  readonly registrations: number;
  /** Upgrades that are held by the fault. */
  readonly heldUpgrades: number;
  /** Call messages of the application that arrived. */
  readonly messages: readonly {
    readonly atMs: number;
    readonly callSid: string;
    readonly content: unknown;
  }[];
  /** Requests for anything but the signalling, such as sounds and insights when their hosts are mapped to this gateway. */
  readonly webRequests: readonly WebRequest[];
  /** Resolves when the last change of `faults.tcp` holds. */
  settled(): Promise<void>;
  /** Forgets frames, invites, logins, messages and requests. */
  clearLogs(): void;
  /** Makes every open socket half-open: it stays open and nothing passes any more. New sockets work. */
  freezeSockets(): void;
  /** Sends an `error` frame to every browser. */
  sendError(code: number, message?: string, retryAfterSeconds?: number): void;
  /** Sends Twilio's `close` frame to every browser, on which the SDK gives its stream up for good. */
  sendClose(): void;
  /** Sends a frame of any kind to every browser. */
  send(type: string, payload: Readonly<Record<string, unknown>>): void;
  /** Ends every call with this code, or like a normal hang-up. */
  hangupAll(code?: number): void;
  /** Closes the media of every call without a word to the browsers. */
  dropMedia(): void;
  /** Sends a call message to the browser of every call. */
  sendMessage(content: unknown): void;
  /** Calls the registered browsers. */
  callBrowsers(from: string, params?: Readonly<Record<string, string>>): Promise<IncomingCall>;
}

/** What {@link startTwilioGateway} needs. */
export interface TwilioGatewayOptions {
  /** The phone network. */
  readonly trunk: Trunk;
  /** Makes the sound of each call. */
  readonly media: MediaPeerFactory;
}

/** Starts the gateway on two free loopback ports. Any token logs in, except one that starts with `bad` (see the README). */
export async function startTwilioGateway(options: TwilioGatewayOptions): Promise<TwilioGateway> {
  const log = new GatewayLog();
  const settings = defaultSettings();
  const faults = createFaults((tcp) => {
    for (const port of ports) port.setTcp(tcp);
  });
  const state = new GatewayState(faults, settings);
  const incoming = new IncomingCalls(options.media);
  const sessions = new Set<BrowserSession>();

  const onSocket = (webSocket: WebSocket) => {
    const socket = new SignalSocket(webSocket, {
      faults,
      settings,
      onWire: (from, text) => log.wire(from, text),
      onFrame: (frame) => session.handle(frame),
      onClosed: () => {
        sessions.delete(session);
        session.closed();
      },
    });
    const session = new BrowserSession({ socket, state, log, incoming, ...options });
    sessions.add(session);
  };
  const common: FaultyPortOptions = {
    path: '/signal',
    faults,
    settings,
    onSocket,
    onRequest: (request, response) => {
      answerWeb(request, response, (seen) => log.webRequests.push(seen));
    },
  };
  const certificate = await makeCertificate('*.twilio.com');
  const tls = new FaultyPort({ ...common, certificate });
  const plain = new FaultyPort(common);
  const ports = [tls, plain];
  await Promise.all(ports.map((port) => port.open()));

  const dropSockets = (code?: number) => {
    for (const session of sessions) session.socket.drop(code);
  };
  const sendAll = (type: string, payload: Readonly<Record<string, unknown>>) => {
    for (const session of sessions) session.socket.send(type, payload);
  };

  return {
    carrier: 'twilio',
    host: tls.host,
    plainHost: plain.host,
    faults,
    settings,
    invites: log.invites,
    logins: log.logins,
    frames: log.frames,
    messages: log.messages,
    webRequests: log.webRequests,
    get openSockets() {
      return sessions.size;
    },
    get registrations() {
      return [...sessions].filter((session) => session.registered).length;
    },
    get heldUpgrades() {
      return tls.held + plain.held;
    },
    get openCalls() {
      return [...state.calls].map((call) => ({
        callSid: call.callSid,
        hasBrowser: call.socket !== undefined,
      }));
    },
    resetFaults() {
      clearFaults(faults);
      Object.assign(settings, defaultSettings());
    },
    async settled() {
      await Promise.all(ports.map((port) => port.settled()));
    },
    clearLogs() {
      log.clear();
    },
    dropSockets,
    freezeSockets() {
      for (const session of sessions) session.socket.freeze();
    },
    sendError(code, message = 'Sent by the lab', retryAfterSeconds) {
      const retry = retryAfterSeconds === undefined ? {} : { retryAfter: retryAfterSeconds };
      sendAll('error', { error: { code, message, ...retry } });
    },
    sendClose() {
      sendAll('close', {});
    },
    send: sendAll,
    hangupAll(code) {
      const error = code === undefined ? undefined : { code, message: 'Ended by the lab' };
      for (const call of [...state.calls]) call.kick(error);
    },
    dropMedia() {
      for (const call of state.calls) call.dropMedia();
    },
    sendMessage(content) {
      for (const call of state.calls) {
        call.socket?.send('message', {
          callsid: call.callSid,
          content,
          contenttype: 'application/json',
          messagetype: 'user-defined-message',
          voiceeventsid: `KX${'0'.repeat(32)}`,
        });
      }
    },
    callBrowsers(from, params = {}) {
      const reached = [...sessions].filter((session) => session.registered);
      return incoming.ring(
        reached.map((session) => session.socket),
        from,
        params,
      );
    },
    async close() {
      incoming.close();
      for (const call of [...state.calls]) call.kick(undefined);
      dropSockets();
      await Promise.all(ports.map((port) => port.close()));
    },
  };
}
