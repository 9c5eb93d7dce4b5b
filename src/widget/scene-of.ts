import type {
  AudioSnapshot,
  CallOutcome,
  CallSnapshot,
  DialerErrorCode,
  HangupCause,
} from '../index.js';
import type { Scene } from './scene.js';

/** What the scene depends on, beside the call. */
export interface SceneFacts {
  /** The call now, or the last one that has not been closed. */
  readonly call: CallSnapshot | undefined;
  /** State of the microphone. */
  readonly audio: Pick<AudioSnapshot, 'asking'>;
  /** Whether the browser believes to be online. */
  readonly online: boolean;
  /** Why no call could even be begun; `undefined` when nothing failed. */
  readonly failure: DialerErrorCode | undefined;
  /** Whether the person is being asked for consent. */
  readonly consenting: boolean;
  /** Whether a call is about to be made. */
  readonly starting: boolean;
  /** Whether the call has moved to another route. */
  readonly switched: boolean;
  /** Whether the call has been in preparation for long. */
  readonly slow: boolean;
}

/** What is wrong with the microphone before a call. */
const OBSTACLES: Partial<Record<DialerErrorCode, Scene>> = {
  'media/permission-denied': 'blocked',
  'media/permission-dismissed': 'blocked',
  'media/blocked-by-page': 'policy',
  'media/insecure-context': 'policy',
  'media/device-not-found': 'nodevice',
  'media/device-lost': 'nodevice',
  'media/constraints-failed': 'nodevice',
  'media/device-in-use': 'micbusy',
  'network/offline': 'offline',
};

/** What is wrong in a conversation and worth a notice. */
const NOTICES: Partial<Record<DialerErrorCode, Scene>> = {
  'media/silent-microphone': 'silent',
  'media/device-lost': 'silent',
  'media/microphone-muted': 'micoff',
  'media/not-receiving': 'nothing',
  'media/not-playing': 'playback',
  'media/playback-blocked': 'playback',
};

const ENDS: Readonly<Record<HangupCause, Scene>> = {
  completed: 'ended',
  busy: 'busy',
  'no-answer': 'noanswer',
  rejected: 'declined',
  cancelled: 'cancelled',
  missed: 'cancelled',
  unavailable: 'unavailable',
  'invalid-number': 'invalid',
  blocked: 'refused',
  'permission-denied': 'blocked',
  'no-device': 'nodevice',
  unauthorized: 'service',
  quota: 'service',
  network: 'unreachable',
  'media-failed': 'unreachable',
  'provider-failed': 'unreachable',
  timeout: 'unreachable',
  'unknown-outcome': 'unknown',
};

/** Codes that are the site's to mend, whatever their cause says to the person. */
const SITES_FAULT: readonly DialerErrorCode[] = [
  'config/invalid-option',
  'config/no-access-server',
  'config/unknown-route',
  'provider/misconfigured',
  'call/limit-reached',
];

/** The scene that belongs to what is known. */
export function sceneOf(facts: SceneFacts): Scene {
  const { call, consenting, online, starting } = facts;
  if (consenting) return 'consent';
  if (facts.failure) return OBSTACLES[facts.failure] ?? 'service';
  if (call?.outcome) return sceneOfEnd(call, call.outcome);
  if (!call) return starting ? 'connecting' : online ? 'idle' : 'offline';
  switch (call.state) {
    case 'preparing':
      return obstacleOf(call) ?? (facts.audio.asking ? 'asking' : underWay(facts));
    case 'connecting':
      return underWay(facts);
    case 'ringing':
      return 'ringing';
    case 'answered':
      return 'answered';
    case 'active':
      return conversation(call);
    case 'reconnecting':
      return 'reconnecting';
    default:
      return 'ending';
  }
}

const obstacleOf = ({ problem }: CallSnapshot): Scene | undefined =>
  problem && OBSTACLES[problem.code];

function underWay({ call, switched, slow }: SceneFacts): Scene {
  if (call?.earlyMedia) return 'ringing';
  return switched ? 'switching' : slow ? 'slow' : 'connecting';
}

function conversation(call: CallSnapshot): Scene {
  if (call.held) return 'held';
  if (call.heldByRemote) return 'remotehold';
  const notice = call.problem && NOTICES[call.problem.code];
  if (notice) return notice;
  if (call.muted) return 'muted';
  return call.quality === 'poor' ? 'poor' : 'talking';
}

function sceneOfEnd(call: CallSnapshot, outcome: CallOutcome): Scene {
  const { cause, error } = outcome;
  if (error && SITES_FAULT.includes(error.code)) return 'service';
  const scene = (error && OBSTACLES[error.code]) ?? ENDS[cause];
  const lost = scene === 'unreachable' || scene === 'unknown' || scene === 'nodevice';
  if (call.answeredAtMs !== undefined && lost) return 'cutoff';
  return scene === 'unreachable' && mayHaveRung(call, outcome) ? 'unknown' : scene;
}

/** "Their phone did not ring" is only said with proof: nothing came back that a phone might have rung on. */
function mayHaveRung({ capabilities }: CallSnapshot, outcome: CallOutcome): boolean {
  const { attempts, redialAdvice } = outcome;
  return (
    redialAdvice === 'ask' ||
    attempts.some(
      ({ phase }) => phase === 'progress' || (phase === 'acknowledged' && !capabilities.ringing),
    )
  );
}
