import type { Call, TimelineMarkName } from 'everdial';
import type { CallLog } from './call-log.js';

/** What a stretch of the timeline was spent on. */
export type StretchKind =
  | 'microphone'
  | 'token'
  | 'code'
  | 'connect'
  | 'offer'
  | 'carrier'
  | 'failed';

/** A stretch of time in one lane. */
export interface Stretch {
  readonly kind: StretchKind;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One row of the chart. */
export interface Lane {
  /** The carrier of an attempt, or `'microphone'`. */
  readonly name: string;
  readonly stretches: readonly Stretch[];
}

/** What is drawn of a call's set-up: from the press until the phone rings, and from the answer to the first sound. */
export interface TimelineModel {
  readonly lanes: readonly Lane[];
  /** End of the first part, milliseconds since the press. */
  readonly untilMs: number;
  /** The phone rang, milliseconds since the press; `undefined` when it did not. */
  readonly ringingMs: number | undefined;
  /** From the answer to the first packet; `undefined` until there is one, 0 when sound was there before. */
  readonly soundMs: number | undefined;
}

/** From when to when the call was with a carrier. */
export interface AttemptSpan {
  readonly provider: string;
  readonly startMs: number;
  /** When it was given up; `undefined` while it runs and when it was not. */
  readonly failedMs: number | undefined;
}

const KIND_OF: Readonly<Partial<Record<TimelineMarkName, StretchKind>>> = {
  token: 'token',
  'sdk-loaded': 'code',
  'signalling-open': 'connect',
  offer: 'offer',
  'ice-first-candidate': 'offer',
  sent: 'offer',
  acknowledged: 'carrier',
  'early-media': 'carrier',
  ringing: 'carrier',
};

/** The attempts of a call, from the switches that were seen: `outcome.attempts` comes only at the end. */
export function attemptsOf({
  call: { provider, outcome, timeline },
  switches,
}: CallLog): readonly AttemptSpan[] {
  const first = switches[0]?.from ?? provider;
  if (first === undefined) return [];
  const last = outcome?.attempts.at(-1);
  const givenUp = last?.phase === 'unsent' || outcome?.cause === 'unknown-outcome';
  const lastFailed = givenUp && last?.error !== undefined;
  const endedMs = timeline.find(({ name }) => name === 'ended')?.atMs;
  const starts = [{ to: first, atMs: 0 }, ...switches];
  return starts.map(({ to, atMs }, index) => ({
    provider: to,
    startMs: atMs,
    failedMs: switches[index]?.atMs ?? (lastFailed ? endedMs : undefined),
  }));
}

/** Makes the model of a call. */
export function modelOf(
  call: Call,
  attempts: readonly AttemptSpan[],
  nowMs: number,
): TimelineModel {
  const at = (...names: readonly TimelineMarkName[]): number | undefined =>
    call.timeline.find(({ name }) => names.includes(name))?.atMs;
  const ringingMs = at('ringing', 'early-media');
  const untilMs = ringingMs ?? at('answered') ?? at('ended') ?? nowMs;
  const microphoneMs = at('microphone');
  const microphone: Lane = {
    name: 'microphone',
    stretches: [
      { kind: 'microphone', fromMs: 0, toMs: Math.min(microphoneMs ?? untilMs, untilMs) },
    ],
  };
  const lanes = attempts.map((attempt, index) => laneOf(call, attempt, index + 1, untilMs));
  return { lanes: [microphone, ...lanes], untilMs, ringingMs, soundMs: soundOf(at) };
}

function laneOf(call: Call, attempt: AttemptSpan, number: number, untilMs: number): Lane {
  const stretches: Stretch[] = [];
  let fromMs = attempt.startMs;
  const endMs = attempt.failedMs ?? untilMs;
  for (const { name, atMs, attempt: owner } of call.timeline) {
    const kind = KIND_OF[name];
    if (owner !== number || kind === undefined || atMs > endMs) continue;
    stretches.push({ kind, fromMs, toMs: atMs });
    fromMs = atMs;
  }
  if (attempt.failedMs !== undefined) {
    stretches.push({ kind: 'failed', fromMs, toMs: attempt.failedMs });
  } else if (fromMs < untilMs) {
    stretches.push({ kind: nextKind(stretches.at(-1)?.kind), fromMs, toMs: untilMs });
  }
  return { name: attempt.provider, stretches };
}

/** What the time since the last mark is probably spent on. */
function nextKind(last: StretchKind | undefined): StretchKind {
  return last === 'offer' || last === 'carrier' ? 'carrier' : 'connect';
}

function soundOf(
  at: (...names: readonly TimelineMarkName[]) => number | undefined,
): number | undefined {
  const answeredMs = at('answered');
  const packetMs = at('first-packet');
  if (answeredMs === undefined || packetMs === undefined) return undefined;
  return Math.max(0, packetMs - answeredMs);
}
