import type { CallState } from 'everdial';
import { CALL_TRANSITIONS } from '../../src/core/call-state.js';
import { ERROR_CODES } from '../../src/errors/codes.js';
import { legsOf, type Observation } from './observation.js';

/** Longest way of a message through lab and page without delay, milliseconds. */
const TRAVEL_MS = 500;
/** A hang-up arrives at the phone within this, also on a busy machine; milliseconds. */
export const FAREWELL_MS = 2_000;
/** Two clocks of one machine. */
const CLOCKS_MS = 5;
/** For so long a call waits for a microphone that is allowed, milliseconds. */
const STAND_IN_MS = 100;
/** A switch is decided within this, milliseconds; the next carrier's connection comes on top. */
const SWITCH_MS = 8_000;
/** How long a call may stay in a state without anybody doing anything, milliseconds; every other state for as long as it likes. */
const PATIENCE_MS: Readonly<Partial<Record<CallState, number>>> = {
  preparing: 20_000,
  connecting: 20_000,
  ringing: 45_000,
  reconnecting: 20_000,
  ending: 5_000,
};
/** A machine under load. */
const SLACK_MS = 1_500;

const SWITCHED_FOR = /^(infrastructure|capacity|auth|media|unknown)$/;
const SECRETS: readonly (readonly [string, RegExp])[] = [
  // The example that stands in the texts is nobody's number.
  ['a number', /\+(?!14155550123)\d{8,15}/],
  ['a JWT', /eyJ[\w-]{8,}\./],
  ['a token', /lab-(telnyx|twilio)-\d|secret-visitor/],
  ['a digest of a password', /response="[\da-f]{32}"/],
  ['ICE credentials', /a=ice-pwd/],
  ['a private address', /\b(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+(\.\d+)?\b/],
];
/** The browser's own lines about its network. */
const BROWSER_LINE =
  /net::|WebSocket connection to|Failed to load resource|Content Security Policy|violates the following/;

type Check = (seen: Observation) => Iterable<string>;

/** Checks of what holds whatever happens, by their names, which test/model/invariants.ts uses too. */
const INVARIANTS: Readonly<Record<string, Check>> = {
  *I1({ record }) {
    if (!record) return;
    for (const id of record.callIds) {
      const events = record.events.filter(({ callId }) => callId === id);
      const ends = events.filter(({ name }) => name === 'ended').length;
      if (ends !== 1) yield `${ends} ended events`;
      if (ends > 0 && events.at(-1)?.name !== 'ended') yield `${events.at(-1)?.name} after ended`;
    }
  },

  *I2({ phone }) {
    const legs = legsOf(phone).filter(
      (leg) => leg.rangAtMs !== undefined || leg.answeredAtMs !== undefined,
    );
    for (const id of new Set(legs.map(({ callId }) => callId))) {
      const rang = legs.filter(({ callId }) => callId === id).length;
      if (rang > 1) yield `${rang} legs of one call reached the callee`;
    }
  },

  *I3({ record, leftAtMs, phone, outOfReach, roundTripMs }) {
    const endedAtMs = record?.events.find(({ name }) => name === 'ended')?.atMs ?? leftAtMs;
    if (endedAtMs === undefined) return;
    const byThen = endedAtMs + FAREWELL_MS + roundTripMs;
    const outcome = record?.outcome;
    for (const { rangAtMs, answeredAtMs, overAtMs } of legsOf(phone)) {
      const reached = (rangAtMs ?? answeredAtMs) !== undefined;
      if (!reached || (overAtMs ?? Number.POSITIVE_INFINITY) <= byThen) continue;
      if (outcome?.confirmed) yield 'a leg lives after an end that was confirmed';
      else if (!outOfReach) yield 'a leg lives after the end';
      else if (answeredAtMs === undefined && outcome && outcome.redialAdvice !== 'ask') {
        yield 'nobody is asked although a phone rings';
      }
    }
  },

  *I4({ invites, phone, endings }) {
    for (const [index, next] of invites.entries()) {
      const last = invites[index - 1];
      if (last === undefined || last.callId !== next.callId) continue;
      const leg = legsOf(phone).find(
        ({ carrier, callId }) => carrier === last.carrier && callId === last.callId,
      );
      if (leg && (leg.overAtMs ?? Number.POSITIVE_INFINITY) > next.atMs)
        yield 'an INVITE while an earlier leg lived';
      const word = endings.some(
        ({ carrier, atMs }) =>
          (carrier === last.carrier || carrier === 'server') &&
          atMs >= last.atMs &&
          atMs <= next.atMs,
      );
      if (!word) yield 'an INVITE without a word that the earlier leg is over';
    }
  },

  *I5({ record, invites }) {
    if (!record) return;
    const given = record.microphones.find(({ givenAtMs }) => givenAtMs !== undefined)?.givenAtMs;
    const asked = record.microphones[0]?.askedAtMs ?? Number.POSITIVE_INFINITY;
    for (const { atMs } of invites) {
      // One that is allowed and slow is not waited for; see src/media/stand-in.ts.
      const early = atMs < (given ?? 0) - CLOCKS_MS && atMs < asked + STAND_IN_MS - CLOCKS_MS;
      if (given === undefined || early) yield 'an INVITE without a microphone';
      const { hungUpAtMs = Number.POSITIVE_INFINITY } = record;
      // One that was told before may still be under way.
      const told = record.events.some(
        (event) => event.state === 'connecting' && event.atMs <= hungUpAtMs,
      );
      if (atMs > hungUpAtMs + (told ? TRAVEL_MS : CLOCKS_MS))
        yield 'an INVITE after the visitor hung up';
    }
  },

  *I6({ record, invites, phone, maxSwitches }) {
    if (!record) return;
    const switches = record.events.filter(({ name }) => name === 'switched');
    for (const { atMs, error } of switches) {
      if (atMs - record.pressedAtMs > SWITCH_MS + CLOCKS_MS) yield 'a switch later than 8 s';
      if (!SWITCHED_FOR.test(error?.kind ?? '')) yield `a switch for ${error?.kind}`;
      const progress = phone.some(
        ({ type, atMs: at }) => /^(ring-start|early-media|answered)$/.test(type) && at < atMs,
      );
      if (progress) yield 'a switch after progress';
    }
    const sent = invites.filter(({ callId }) => callId === invites[0]?.callId);
    // With a fresh token a call is sent once more over the same route.
    const turns = sent.filter(({ carrier }, index) => carrier !== sent[index - 1]?.carrier).length;
    if (turns > 1 + maxSwitches || sent.length > 2 * turns)
      yield `${sent.length} INVITEs for one press`;
  },

  *I7({ record }) {
    if (!record?.outcome) return;
    const { media } = record.outcome;
    if (record.tracksAfterEnd !== 0)
      yield `${record.tracksAfterEnd} live tracks 250 ms after the end`;
    if (!media.released || media.liveTracks > 0)
      yield 'the receipt says that the microphone is open';
    if (record.microphones.some(({ askedAtMs }) => askedAtMs < record.pressedAtMs))
      yield 'a microphone before the press';
  },

  *I8({ record, phone }) {
    if (!record) return;
    let state: CallState = 'preparing';
    for (const event of record.events.filter(({ name }) => name === 'state')) {
      const next = event.state as CallState;
      const drawn: readonly CallState[] = CALL_TRANSITIONS[state];
      if (!drawn.includes(next)) yield `${state} → ${next}`;
      state = next;
    }
    const answer = record.events.find(({ name }) => name === 'answered');
    const ended = record.events.find(({ name }) => name === 'ended');
    const really = phone.find(({ type }) => type === 'answered')?.atMs ?? Number.POSITIVE_INFINITY;
    if (answer && answer.evidence !== 'assumed' && answer.atMs < really - CLOCKS_MS)
      yield 'answered before anybody took the call';
    if (!record.outcome || !ended) return;
    const talked = answer ? ended.atMs - answer.atMs : 0;
    if (Math.abs(record.outcome.durationMs - talked) > TRAVEL_MS)
      yield `a duration of ${record.outcome.durationMs} ms instead of ${talked}`;
  },

  *I9({ record, atMs }) {
    if (!record) return;
    let since = record.pressedAtMs;
    let state: CallState = 'preparing';
    for (const event of [...record.events.filter(({ name }) => name === 'state'), undefined]) {
      const spent = (event?.atMs ?? atMs) - since;
      if (spent > (PATIENCE_MS[state] ?? Number.POSITIVE_INFINITY) + SLACK_MS)
        yield `${spent.toFixed(0)} ms in ${state}`;
      if (event === undefined) break;
      since = event.atMs;
      state = event.state as CallState;
    }
    if (!record.outcome) yield `the call stayed in ${state}`;
  },

  *I10({ left }) {
    if (!left) return;
    const { liveTracks, peerConnections, sockets, intervals } = left;
    const open = Object.entries({ liveTracks, peerConnections, sockets, intervals }).filter(
      ([, count]) => count > 0,
    );
    for (const [what, count] of open) yield `${count} ${what} after close()`;
  },

  *I11({ pageErrors, consoleErrors }) {
    for (const error of pageErrors) yield `uncaught: ${error.split('\n')[0]}`;
    for (const line of consoleErrors)
      if (!BROWSER_LINE.test(line)) yield `console.error: ${line.slice(0, 120)}`;
  },

  *I12({ record }) {
    if (record && (record.repeatedMs === undefined || record.repeatedMs > 5_000))
      yield `hangup() and close() again took ${record.repeatedMs} ms`;
  },

  *I13({ record }) {
    const told = [
      ...(record?.errors ?? []),
      ...(record?.events ?? []).flatMap(({ error }) => error ?? []),
    ];
    for (const { code, kind, text, explained } of told) {
      if (!(code in ERROR_CODES) || kind === '') yield `unregistered ${code}`;
      if (!explained) yield `${code} does not explain itself`;
      yield* secretsIn(text, code);
    }
  },

  *I14({ record, invites, phone, carriers }) {
    if (!record) return;
    for (const { callId, attempt } of invites) {
      if (callId === undefined || !record.callIds.includes(callId))
        yield 'an INVITE without the id of its call';
      if (attempt === undefined) yield 'an INVITE without the number of its attempt';
    }
    const carrier = phone.find(({ type }) => type === 'ring-start' || type === 'answered')?.carrier;
    for (const { name, provider } of record.events) {
      if ((name === 'ringing' || name === 'answered') && provider !== (carrier ?? carriers[0]))
        yield `${name} of ${provider}, but the phone was reached by ${carrier}`;
    }
  },

  *I18({ record }) {
    for (const { text } of record?.logs ?? []) yield* secretsIn(text, `log "${text.slice(0, 60)}"`);
  },

  *I19({ record }) {
    if (!record) return;
    const asked = record.microphones.length;
    if (asked > record.callIds.length) yield `${asked} questions for the microphone`;
  },
};

/** Names of the invariants that are checked in every cell. */
export const INVARIANT_NAMES: readonly string[] = Object.keys(INVARIANTS);

/** What broke an invariant, each with the invariant's name. */
export function checkInvariants(seen: Observation): readonly string[] {
  return Object.entries(INVARIANTS).flatMap(([name, check]) =>
    [...check(seen)].map((text) => `${name}: ${text}`),
  );
}

function* secretsIn(text: string, where: string): Iterable<string> {
  for (const [what, pattern] of SECRETS) if (pattern.test(text)) yield `${what} in ${where}`;
}
