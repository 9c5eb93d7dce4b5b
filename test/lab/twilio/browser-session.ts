import type { MediaPeerFactory, Trunk } from '../types.js';
import { tokenError, type WireError } from './error-codes.js';
import { type Frame, readInvite, recordField, textField } from './frame.js';
import { GatewayCall } from './gateway-call.js';
import type { GatewayLog } from './gateway-log.js';
import type { GatewayState } from './gateway-state.js';
import type { IncomingCalls } from './incoming-calls.js';
import type { SignalSocket } from './signal-socket.js';

const invalidToken: WireError = { code: 31204, message: 'JWT token invalid' };

/** What a session needs of its gateway. */
export interface BrowserSessionOptions {
  readonly socket: SignalSocket;
  readonly state: GatewayState;
  readonly log: GatewayLog;
  readonly trunk: Trunk;
  readonly media: MediaPeerFactory;
  readonly incoming: IncomingCalls;
}

/** Handles the frames of one socket: login, registration, calls. */
export class BrowserSession {
  readonly #options: BrowserSessionOptions;
  #loggedIn = false;
  #registered = false;

  constructor(options: BrowserSessionOptions) {
    this.#options = options;
  }

  /** Whether incoming calls reach this browser. */
  get registered(): boolean {
    return this.#registered;
  }

  /** The browser's socket. */
  get socket(): SignalSocket {
    return this.#options.socket;
  }

  /** Handles one frame of the browser. */
  handle(frame: Frame): void {
    const { payload } = frame;
    const { state, incoming } = this.#options;
    const callSid = textField(payload, 'callsid');
    const call = state.find(callSid);
    switch (frame.type) {
      case 'listen':
        this.#onListen(textField(payload, 'token'));
        break;
      case 'register':
        this.#onRegister(recordField(payload, 'media')['audio'] === true);
        break;
      case 'invite':
        if (textField(payload, 'reconnect') === '') this.#onInvite(payload);
        else this.#onReconnect(payload);
        break;
      case 'hangup':
        call?.hangupByBrowser();
        incoming.hangup(callSid);
        break;
      case 'dtmf':
        call?.digits(textField(payload, 'dtmf'));
        break;
      case 'reinvite':
        call?.reinvite(textField(payload, 'sdp'));
        break;
      case 'message':
        this.#onMessage(payload);
        break;
      case 'answer':
        incoming.answer(callSid, payload, this.socket);
        break;
      case 'reject':
        incoming.reject(callSid);
        break;
      default:
    }
  }

  /** The socket is gone. */
  closed(): void {
    this.#registered = false;
    for (const call of this.#options.state.calls) call.lost(this.socket);
  }

  #onListen(token: string): void {
    const { log, state } = this.#options;
    log.login(token);
    const { login } = state.faults;
    if (login === 'silent') return;
    if (login === 'drop') {
      this.socket.drop();
      return;
    }
    const error = login === 'reject' ? this.#loginError() : tokenError(token);
    this.#loggedIn = error === undefined;
    if (error !== undefined) {
      this.#sendError(error);
      return;
    }
    this.socket.send('connected', {
      region: 'US_EAST_VIRGINIA',
      edge: 'ashburn',
      token: { identity: 'lab', ttl: state.settings.tokenTtlSeconds },
    });
  }

  #onRegister(wanted: boolean): void {
    if (this.#options.state.faults.login === 'silent') return;
    if (wanted && !this.#loggedIn) {
      this.#sendError(invalidToken);
      return;
    }
    this.#registered = wanted;
    this.socket.send(wanted ? 'ready' : 'offline', {});
  }

  #onInvite(payload: Frame['payload']): void {
    const { state } = this.#options;
    const { invite } = state.faults;
    if (invite === 'swallow' || invite === 'stall') return;
    if (invite === 'drop') {
      this.socket.drop();
    } else if (invite === 'error') {
      const code = state.settings.inviteErrorCode;
      this.#refuse(payload, { code, message: 'Refused by the lab' });
    } else if (!this.#loggedIn) {
      this.#refuse(payload, invalidToken);
    } else {
      this.#place(payload);
      if (invite === 'drop-after-placing') this.socket.drop();
    }
  }

  #place(payload: Frame['payload']): void {
    const { state, trunk, media } = this.#options;
    const call: GatewayCall = new GatewayCall(
      {
        faults: state.faults,
        settings: state.settings,
        trunk,
        media: media(),
        browserCallId: textField(payload, 'callsid'),
        request: readInvite(payload),
        offer: textField(payload, 'sdp'),
        onOver: (told) => state.over(call, told),
      },
      this.socket,
    );
    state.add(call);
  }

  #onReconnect(payload: Frame['payload']): void {
    const { state } = this.#options;
    const { reattach } = state.faults;
    if (reattach === 'list-only') return;
    const call = state.findByToken(textField(payload, 'reconnect'));
    if (call === undefined || reattach === 'never') {
      this.#refuse(payload, { code: 31209, message: 'Reconnect refused' });
      return;
    }
    call.reattach(this.socket);
    state.told(call);
  }

  #onMessage(payload: Frame['payload']): void {
    const callsid = textField(payload, 'callsid');
    const voiceeventsid = textField(payload, 'voiceeventsid');
    this.#options.log.message(callsid, payload['content']);
    this.socket.send('ack', { acktype: 'message', callsid, voiceeventsid });
  }

  #loginError(): WireError {
    const { loginErrorCode: code, retryAfterSeconds: retryAfter } = this.#options.state.settings;
    return { code, message: 'Login refused', ...(retryAfter !== undefined && { retryAfter }) };
  }

  #refuse(payload: Frame['payload'], error: WireError): void {
    this.socket.send('hangup', { callsid: textField(payload, 'callsid'), error });
  }

  #sendError(error: WireError): void {
    this.socket.send('error', { error });
  }
}
