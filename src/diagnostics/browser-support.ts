import { DialerError } from '../errors/dialer-error.js';
import { loadErrorTexts } from '../errors/load-texts.js';
import { microphoneObstacle } from '../media/browser-media.js';

/** What this browser and this page allow. */
export interface BrowserSupport {
  /** True when calls are possible. */
  readonly ok: boolean;
  /** What prevents calls, each with its remedy; empty when `ok`. */
  readonly problems: readonly DialerError[];
  /** What else is there and what is not. */
  readonly features: {
    /** A speaker can be chosen. */
    readonly outputSelection: boolean;
    /** The browser tells the microphone's permission without a prompt. */
    readonly permissionQuery: boolean;
    /** Connections survive a change of network without the provider's help. */
    readonly iceRestart: boolean;
  };
}

/** Looks at what is there, without a prompt and without loading anything. On a server: `support/not-a-browser`. */
export function browserSupport(): BrowserSupport {
  if (typeof window === 'undefined' || typeof document === 'undefined') {
    return describe([new DialerError('support/not-a-browser')]);
  }
  const problems: DialerError[] = [];
  if (typeof RTCPeerConnection === 'undefined') problems.push(new DialerError('support/no-webrtc'));
  const obstacle = microphoneObstacle();
  if (obstacle && !problems.some(({ code }) => code === obstacle.code)) problems.push(obstacle);
  // Their sentences are wanted soon.
  if (problems.length > 0) void loadErrorTexts();
  return describe(problems);
}

function describe(problems: readonly DialerError[]): BrowserSupport {
  return {
    ok: problems.length === 0,
    problems,
    features: {
      outputSelection:
        typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype,
      permissionQuery: globalThis.navigator?.permissions !== undefined,
      iceRestart:
        typeof RTCPeerConnection !== 'undefined' && 'restartIce' in RTCPeerConnection.prototype,
    },
  };
}
