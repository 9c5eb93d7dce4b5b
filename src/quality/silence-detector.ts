import type { Difference } from './difference.js';

/** What can be wrong with the sound of a call, by priority: what comes first explains what follows. */
export type SoundProblem =
  | 'media/connection-failed'
  | 'media/not-receiving'
  | 'media/playback-blocked'
  | 'media/not-playing'
  | 'media/not-sending'
  | 'media/microphone-muted'
  | 'media/silent-microphone'
  | 'media/far-end-silent';

/** What the call knows and statistics do not tell. */
export interface MonitorFacts {
  /** Muted by the person, through us. */
  readonly muted: boolean;
  /** On hold by us. */
  readonly held: boolean;
  /** On hold by the far side. */
  readonly heldByRemote: boolean;
  /** The call has no microphone. */
  readonly listenOnly: boolean;
  /** `muted` of the track that is sent: the system or the browser keeps it silent. */
  readonly trackMuted: boolean;
  /** `enabled` of the track that is sent. */
  readonly trackEnabled: boolean;
  /**
   * Level of the microphone, 0 to 1. `undefined` where it is not measured (no meter, AudioContext not running): 0 would
   * be taken for a dead microphone in browsers whose statistics have no level.
   */
  readonly microphoneLevel: number | undefined;
  /**
   * Level of what is really played, 0 to 1, if somebody else than the browser's element plays it, such as a processor:
   * the browser then takes the far side for silent.
   */
  readonly playedLevel?: number | undefined;
  /** Whether what arrives is played, was refused by the browser, or has no player. */
  readonly playback: 'playing' | 'blocked' | 'none';
  /** Milliseconds for which sound has been due: since the answer, or since the call was restored; `undefined`: it is not. */
  readonly dueForMs: number | undefined;
}

/** What was seen since the last look. */
export interface SoundInput {
  /** Milliseconds since then. */
  readonly elapsedMs: number;
  /** What was counted in between. */
  readonly change: Pick<Difference, 'received' | 'sent' | 'played'>;
  /** Level of what was sent, 0 to 1; `undefined` where nobody knows. */
  readonly inputLevel: number | undefined;
  /** Level of what arrived, 0 to 1; `undefined` where nobody knows. */
  readonly outputLevel: number | undefined;
  /** Id of the track that is sent: another microphone has to prove itself again. */
  readonly trackId: string | undefined;
  /** State of the peer connection, ICE and DTLS together. */
  readonly connectionState: RTCPeerConnectionState;
  /** What the call knows. */
  readonly facts: MonitorFacts;
}

/** What is known after a look. */
export interface Detection {
  /** What is wrong; `undefined`: nothing, or not for long enough. */
  readonly problem: SoundProblem | undefined;
  /** For how long each rule has held, milliseconds. */
  readonly heldMs: readonly number[];
  /** The microphone `trackId` was heard. */
  readonly heardInput: boolean;
  /** The far side was heard. */
  readonly heardOutput: boolean;
  /** The track that was sent. */
  readonly trackId: string | undefined;
}

/** Before the first look. */
export const NOTHING_SEEN: Detection = {
  problem: undefined,
  heldMs: [],
  heardInput: false,
  heardOutput: false,
  trackId: undefined,
};

/** Effective level under which nobody hears anything: -70 dB of full scale. The noise of a quiet room is above it. */
const FLOOR = 0.0003;
/** Level under which there is nothing: Opus decodes zeros as one step of 16 bits, 3.1e-5. */
const NOTHING = 4e-5;

/**
 * A problem is told after its rule has held for so many milliseconds without a break. `undefined` is no break: this look
 * does not tell.
 */
type Rule = readonly [problem: SoundProblem, afterMs: number, holds: boolean | undefined];

const isUnder = (limit: number, level: number | undefined) => level !== undefined && level < limit;

/** Takes a look: pure, from what was known to what is known now. */
export function detect(before: Detection, input: SoundInput): Detection {
  const { facts, change, connectionState, inputLevel, outputLevel, trackId } = input;
  const { dueForMs, playback } = facts;
  const heardInput =
    (before.heardInput && before.trackId === trackId) || (inputLevel ?? 0) >= FLOOR;
  const heardOutput = before.heardOutput || (outputLevel ?? 0) >= FLOOR;
  const flows = !facts.held && !facts.heldByRemote;
  const speaks = flows && !facts.muted && !facts.listenOnly;

  // DTX sends a packet each 400 ms even in silence, so 3 s without any are no pause in speech. Exact zeros come from no
  // working microphone or line; but once it was heard, somebody may just listen behind a noise gate, so it takes longer
  // then, and quiet that is not exact zero says nothing any more.
  const rules: readonly Rule[] = [
    ['media/connection-failed', 0, connectionState === 'failed'],
    ['media/connection-failed', 3_000, connectionState !== 'connected'],
    ['media/not-receiving', 3_000, flows && !change.received],
    ['media/playback-blocked', 0, flows && playback === 'blocked'],
    [
      'media/not-playing',
      2_000,
      // Between two packets of DTX nothing can be said.
      flows && (change.received ? playback === 'none' || change.played === 0 : undefined),
    ],
    ['media/not-sending', 3_000, speaks && !change.sent],
    ['media/microphone-muted', 1_000, speaks && (facts.trackMuted || !facts.trackEnabled)],
    ['media/silent-microphone', 3_000, speaks && inputLevel === 0 && !heardInput],
    ['media/silent-microphone', 10_000, speaks && inputLevel === 0],
    ['media/silent-microphone', 10_000, speaks && isUnder(FLOOR, inputLevel) && !heardInput],
    ['media/far-end-silent', 6_000, flows && isUnder(NOTHING, outputLevel) && !heardOutput],
    ['media/far-end-silent', 10_000, flows && isUnder(NOTHING, outputLevel)],
    ['media/far-end-silent', 10_000, flows && isUnder(FLOOR, outputLevel) && !heardOutput],
  ];

  const heldMs = rules.map(([, , holds], index) => {
    if (dueForMs === undefined || holds === false) return 0;
    const earlier = before.heldMs[index] ?? 0;
    // What was missing before it was due does not count. A rule that must not wait is told by any time at all.
    return holds ? earlier + Math.max(1, Math.min(input.elapsedMs, dueForMs)) : earlier;
  });
  const told = rules.find(([, afterMs], index) => (heldMs[index] ?? 0) >= Math.max(1, afterMs));
  return { problem: told?.[0], heldMs, heardInput, heardOutput, trackId };
}
