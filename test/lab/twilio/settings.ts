import type { GatewayFaults } from '../types.js';

/** Behaviour of Twilio's side that no other carrier has; live, `resetFaults()` puts all back. */
export interface TwilioSettings {
  /**
   * TwiML without `answerOnBridge`: the browser is answered as soon as its INVITE arrives, without a `ringing`; busy and no answer then end
   * the call like a normal hang-up.
   * @defaultValue false
   */
  answersAtOnce: boolean;
  /**
   * Whether an `answer` carries the token with which the browser comes back to its call after a lost socket.
   * @defaultValue true
   */
  reconnectTokens: boolean;
  /**
   * Time between two heartbeats in milliseconds; 0 sends none. The client gives a silent socket up after 15 s.
   * @defaultValue 5000
   */
  heartbeatMs: number;
  /**
   * Lifetime of each token as announced in `connected`, in seconds.
   * @defaultValue 3600
   */
  tokenTtlSeconds: number;
  /**
   * Error code of `faults.login = 'reject'`.
   * @defaultValue 31204
   */
  loginErrorCode: number;
  /**
   * Error code of `faults.invite = 'error'`.
   * @defaultValue 31503
   */
  inviteErrorCode: number;
  /**
   * How long a call whose socket was lost waits for the browser before the network is told to hang up, in milliseconds; `undefined` waits
   * for ever.
   * @defaultValue undefined
   */
  orphanTimeoutMs: number | undefined;
}

/** Settings as they are after start. */
export function defaultSettings(): TwilioSettings {
  return {
    answersAtOnce: false,
    reconnectTokens: true,
    heartbeatMs: 5000,
    tokenTtlSeconds: 3600,
    loginErrorCode: 31204,
    inviteErrorCode: 31503,
    orphanTimeoutMs: undefined,
  };
}

/** No fault at all. */
export function noFaults(): GatewayFaults {
  return {
    tcp: 'ok',
    upgrade: 'ok',
    login: 'ok',
    invite: 'ok',
    bye: 'ok',
    ringing: 'ok',
    answer: 'ok',
    reattach: 'ok',
    delayMs: 0,
  };
}

/** Faults whose `tcp` calls `onTcp` when it changes, because a port must be closed or opened. */
export function watchedFaults(onTcp: (tcp: GatewayFaults['tcp']) => void): GatewayFaults {
  let tcp: GatewayFaults['tcp'] = 'ok';
  return Object.defineProperty(noFaults(), 'tcp', {
    enumerable: true,
    get: () => tcp,
    set: (value: GatewayFaults['tcp']) => {
      if (value === tcp) return;
      tcp = value;
      onTcp(value);
    },
  });
}
