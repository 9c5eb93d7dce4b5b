import type { PlaySource } from '../media/sound-source.js';
import type { Carrier } from '../types.js';

/** How a simulated phone takes its calls. */
export interface PhoneBehaviour {
  /**
   * Only calls through this carrier are taken so; through any other one it is an ordinary phone. Left out: all calls.
   * @defaultValue undefined
   */
  readonly via: Carrier | undefined;
  /** From the INVITE to the first sign of life: ringing, early media, or a refusal. @defaultValue 50 */
  readonly postDialDelayMs: number;
  /** Whether it rings (180) before anything else. @defaultValue true */
  readonly rings: boolean;
  /** From the first ring to the answer; `undefined`: nobody answers until `answer()` is called. @defaultValue 300 */
  readonly answerAfterMs: number | undefined;
  /**
   * Ends the call with this SIP response instead of an answer: 486 busy, 603 declined, 480 no answer, 404 no such number,
   * 408, 500, 502, 503, 504 … @defaultValue undefined
   */
  readonly refuse: number | undefined;
  /** From the first ring (or the post-dial delay, if it does not ring) to the refusal. @defaultValue 0 */
  readonly refuseAfterMs: number;
  /** Sound before the answer; `undefined`: none. @defaultValue undefined */
  readonly earlyMedia: PlaySource | undefined;
  /**
   * What a cancel does to a ringing phone. `stop`: it falls silent. `answer`: somebody takes the call in this very moment and
   * the cancel is lost; the call is up until it is hung up again. `answer-then-end`: somebody takes it, and the carrier hangs
   * up at once. @defaultValue 'stop'
   */
  readonly onCancel: 'stop' | 'answer' | 'answer-then-end';
  /** What the phone sends once it is answered. @defaultValue { tone: 1400 } */
  readonly plays: PlaySource;
  /**
   * Which way sound passes after the answer: `to-caller` lets only the phone be heard, `to-callee` only the browser, `none`
   * no packet either way. @defaultValue 'both'
   */
  readonly sound: 'both' | 'to-caller' | 'to-callee' | 'none';
  /** From the answer to the phone's hanging up; `undefined`: it stays. @defaultValue undefined */
  readonly hangUpAfterMs: number | undefined;
}

const ORDINARY: PhoneBehaviour = {
  via: undefined,
  postDialDelayMs: 50,
  rings: true,
  answerAfterMs: 300,
  refuse: undefined,
  refuseAfterMs: 0,
  earlyMedia: undefined,
  onCancel: 'stop',
  plays: { tone: 1400 },
  sound: 'both',
  hangUpAfterMs: undefined,
};

/** A whole behaviour out of what differs from the ordinary phone. */
export function behaviourOf(changes: Partial<PhoneBehaviour>): PhoneBehaviour {
  return { ...ORDINARY, ...changes };
}

const PATTERN_NUMBERS: Readonly<Record<string, Partial<PhoneBehaviour>>> = {
  '0100': {},
  '0101': { refuse: 486, rings: false },
  '0102': { refuse: 480, refuseAfterMs: 3000 },
  '0103': { refuse: 603, refuseAfterMs: 500 },
  '0104': { refuse: 404, rings: false },
  '0105': { refuse: 503, rings: false },
  '0106': { refuse: 500, rings: false },
  '0107': { answerAfterMs: undefined },
  '0108': { earlyMedia: { tone: 620 }, answerAfterMs: 1500 },
  '0109': { sound: 'none' },
  '0110': { plays: 'echo' },
  '0111': { hangUpAfterMs: 1000 },
  '0112': { postDialDelayMs: 3000 },
  '0113': { answerAfterMs: undefined, onCancel: 'answer' },
  '0114': { sound: 'to-callee' },
  '0115': { sound: 'to-caller' },
  '0116': { rings: false, answerAfterMs: 0, postDialDelayMs: 20 },
  '0117': { earlyMedia: { tone: 620 }, rings: false, refuse: 404, refuseAfterMs: 1500 },
  '0118': { refuse: 504, rings: false, postDialDelayMs: 1000 },
  '0119': { answerAfterMs: undefined, onCancel: 'answer-then-end' },
};

/**
 * How a number behaves unless a test says otherwise: `+1202555` with one of the endings in the table of this folder's
 * README, else an ordinary phone.
 */
export function defaultBehaviour(number: string): PhoneBehaviour {
  const ending = number.startsWith('+1202555') ? number.slice('+1202555'.length) : '';
  return behaviourOf(PATTERN_NUMBERS[ending] ?? {});
}
