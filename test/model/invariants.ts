import { CALL_TRANSITIONS, type CallState } from '../../src/core/call-state.js';
import { ERROR_CODES } from '../../src/errors/codes.js';
import type { DialerError } from '../../src/errors/dialer-error.js';
import type { Observation, Press } from './observation.js';
import { NUMBERS } from './script.js';
import type { PhoneLeg } from './world/phone.js';

/** Longest way of a message through a healthy network, and of the server's own word to a carrier, milliseconds. */
const TRAVEL_MS = 2_000;
/** A broken connection goes unnoticed for this long at most, milliseconds. */
const UNNOTICED_MS = 12_000;
/** No switch is decided later than this after the press, or after the microphone was given, milliseconds. */
const SWITCH_MS = 8_000;
/** How long a state may last in which nothing happens and nobody does anything, milliseconds. Other states last as they like. */
const PATIENCE_MS: Readonly<Partial<Record<CallState, number>>> = {
  preparing: 20_000,
  // 20 s of silence, and 2 s for the proof that it is over.
  connecting: 22_000,
  // 45 s of ringing, and 4 s for a hang-up that nobody confirms.
  ringing: 49_000,
  reconnecting: 24_000,
  ending: 5_000,
};
const CLOSE_MS = 5_000;
/** What a standard policy switches for. A refusal of one provider to work in this browser counts as `client`. */
const SWITCHED_FOR = /^(infrastructure|capacity|auth|media|unknown)$/;

type Check = (seen: Observation) => Iterable<string>;

const reached = ({ ringStartMs }: PhoneLeg): boolean => ringStartMs !== undefined;
const legsOf = ({ phone }: Observation, { callId }: Press): readonly PhoneLeg[] =>
  phone.filter((leg) => leg.callId === callId);
const invitesOf = ({ journal }: Observation, { callId }: Press) =>
  journal.invites.filter((invite) => invite.callId === callId);
const toldOf = ({ told }: Observation, { call }: Press) =>
  told.filter((event) => event.call === call);

/**
 * What holds whatever happens, by the names that test/matrix/invariants.ts uses too. Each check reads the whole history so far and yields a
 * sentence for each breach. What the callee had is read from the phone, never from what the Dialer says.
 */
export const INVARIANTS: Readonly<Record<string, Check>> = {
  /** One terminal event for each call, and nothing after it. */
  *I1(seen) {
    for (const press of seen.presses) {
      const events = toldOf(seen, press);
      const ends = events.filter(({ name }) => name === 'ended').length;
      if (ends > 1) yield `${ends} ended events`;
      if (ends > 0 && events.at(-1)?.name !== 'ended') yield `${events.at(-1)?.name} after ended`;
      if (seen.left && ends === 0) yield 'no ended event after close()';
    }
  },

  /** At most one leg of a press rings or talks at any time, and at most one is ever answered. */
  *I2(seen) {
    for (const press of seen.presses) {
      const legs = legsOf(seen, press).filter(reached);
      if (legs.filter(({ answeredAtMs }) => answeredAtMs !== undefined).length > 1)
        yield 'two legs of one press were answered';
      for (const [index, leg] of legs.entries()) {
        const before = legs.slice(0, index);
        const start = leg.ringStartMs ?? 0;
        if (before.some(({ overAtMs = Number.POSITIVE_INFINITY }) => overAtMs > start))
          yield 'two legs of one press rang at the same time';
      }
    }
  },

  /** The promise of the package: the phone rings once. Stronger than I2: not one after the other either. */
  *'I2 once'(seen) {
    for (const press of seen.presses) {
      const rang = legsOf(seen, press).filter(reached).length;
      if (rang > 1) yield `${rang} legs of one press reached the callee`;
    }
  },

  /**
   * Nothing rings after the end, a message's way aside. Where the carrier is out of reach, or has not confirmed, the person
   * knows: the end says `ask`, or that it is not confirmed.
   */
  *I3(seen) {
    for (const press of seen.presses) {
      const { endedAtMs, outcome } = press;
      if (endedAtMs === undefined || !outcome) continue;
      for (const leg of legsOf(seen, press).filter(reached)) {
        const { ringStartMs = 0, overAtMs = seen.nowMs, route } = leg;
        if (overAtMs <= endedAtMs) continue;
        if (outcome.confirmed) {
          yield 'a leg lives after an end that was confirmed';
          continue;
        }
        if (overAtMs <= endedAtMs + TRAVEL_MS || press.leftPage) continue;
        const excused =
          press.outOfReach.includes(route) ||
          brokeAround(seen, route, endedAtMs) ||
          isUnruly(seen, route) ||
          wasCutOff(seen, leg) ||
          canNotBeCancelled(seen, leg, endedAtMs);
        if (!excused) yield `a leg over ${route}, which could be reached, lives after the end`;
        if (outcome.redialAdvice !== 'ask' && !knowsOfIt(outcome.cause))
          yield `the advice is ${outcome.redialAdvice} although a phone rings`;
        if (ringStartMs > endedAtMs + TRAVEL_MS && seen.script.fence === 'works' && asked(seen))
          yield 'a leg begins to ring long after the end, past a server that works';
      }
    }
  },

  /** Between two calls that are sent for one press stands the word that the first is over; and it is. */
  *I4(seen) {
    for (const press of seen.presses) {
      const invites = invitesOf(seen, press);
      for (const [index, next] of invites.entries()) {
        const last = invites[index - 1];
        if (!last) continue;
        const leg = seen.phone.find(
          ({ callId, attempt }) => callId === last.callId && attempt === last.attempt,
        );
        if (leg && (leg.overAtMs ?? Number.POSITIVE_INFINITY) > next.atMs)
          yield 'a call was sent while an earlier leg of the press lived';
        const proven = seen.journal.proofs.some(
          ({ callId, attempt, atMs }) =>
            callId === last.callId && attempt === last.attempt && atMs <= next.atMs,
        );
        if (!proven) yield 'a call was sent without a word that the earlier leg is over';
      }
    }
  },

  /** Nothing is sent before the microphone is live or sure to come, and nothing after the visitor hung up. */
  *I5(seen) {
    for (const press of seen.presses) {
      for (const { atMs, microphone } of invitesOf(seen, press)) {
        const given = seen.microphones.some(({ givenAtMs = atMs + 1 }) => givenAtMs <= atMs);
        const unplugged = seen.script.steps.some((step) => step.do === 'unplug the microphone');
        const sure = seen.script.microphone === 'slow';
        if ((!given && !sure) || (!microphone && !unplugged))
          yield 'a call was sent without a microphone';
        if (press.hungUpAtMs !== undefined && atMs > press.hungUpAtMs)
          yield 'a call was sent after the visitor hung up';
      }
    }
  },

  /** One switch for a press after something was sent, within 8 s, never after progress, never for what is not the carrier's. */
  *I6(seen) {
    for (const press of seen.presses) {
      const invites = invitesOf(seen, press);
      const events = toldOf(seen, press);
      for (const { atMs, error } of events.filter(({ name }) => name === 'switched')) {
        const rang = legsOf(seen, press).some(({ ringStartMs = atMs }) => ringStartMs < atMs);
        if (rang) yield 'a switch although the phone had rung';
        if (seen.script.policy !== 'standard') continue;
        const given = seen.microphones.find(({ askedAtMs }) => askedAtMs >= press.atMs)?.givenAtMs;
        if (atMs - Math.max(press.atMs, given ?? 0) > SWITCH_MS) yield 'a switch later than 8 s';
        if (!SWITCHED_FOR.test(error?.kind ?? '')) yield `a switch for ${error?.kind}`;
      }
      if (seen.script.policy !== 'standard') continue;
      const routes = invites.map(({ route }) => route);
      if (new Set(routes).size > 2) yield 'more than one switch after a call was sent';
      // A fresh token repeats a call on its route, once.
      if (routes.some((route) => routes.filter((other) => other === route).length > 2))
        yield 'a call was repeated twice on one route';
    }
  },

  /** The microphone is off with the end, and is never opened without a press. */
  *I7({ lateTracks, presses, microphones }) {
    if (lateTracks.some((count) => count > 0)) yield 'live tracks 250 ms after the end';
    for (const { outcome } of presses) {
      if (outcome && (!outcome.media.released || outcome.media.liveTracks > 0))
        yield 'the receipt says that the microphone is on';
    }
    const first = presses[0]?.atMs ?? Number.POSITIVE_INFINITY;
    if (microphones.some(({ askedAtMs }) => askedAtMs < first)) yield 'a microphone before a press';
  },

  /** States follow the declared graph; `answered` needs an answer; the duration counts from there. */
  *I8(seen) {
    for (const press of seen.presses) {
      const events = toldOf(seen, press);
      let state: CallState = 'preparing';
      for (const event of events.filter(({ name }) => name === 'state-changed')) {
        const next = event.state as CallState;
        const drawn: readonly CallState[] = CALL_TRANSITIONS[state];
        if (!drawn.includes(next)) yield `${state} → ${next}`;
        state = next;
      }
      const answer = events.find(({ name }) => name === 'answered');
      const taken = legsOf(seen, press).find(({ answeredAtMs }) => answeredAtMs !== undefined);
      if (
        answer &&
        answer.evidence !== 'assumed' &&
        (taken?.answeredAtMs ?? answer.atMs + 1) > answer.atMs
      )
        yield 'answered before anybody took the call';
      if (!press.outcome || press.endedAtMs === undefined) continue;
      const talkedMs = answer ? press.endedAtMs - answer.atMs : 0;
      if (press.outcome.durationMs !== talkedMs)
        yield `a duration of ${press.outcome.durationMs} ms instead of ${talkedMs}`;
    }
  },

  /** Nobody is kept waiting: whatever state it is, something happens in time, unless the application's own policy waits. A question of the browser waits for the person. */
  *I9(seen) {
    if (seen.script.policy !== 'standard') return;
    for (const press of seen.presses) {
      let state: CallState = 'preparing';
      let sinceMs = press.atMs;
      const question = seen.microphones.find(({ askedAtMs }) => askedAtMs >= press.atMs);
      for (const event of [...toldOf(seen, press), undefined]) {
        const atMs = event?.atMs ?? (press.endedAtMs === undefined ? seen.nowMs : sinceMs);
        // An announcement is progress, and may go on as long as a ringing, from when it begins.
        const progress = seen.journal.reports.find(
          ({ callId, event: { type }, atMs: toldMs }) =>
            callId === press.callId && type === 'progress' && toldMs <= atMs,
        );
        const limitMs = PATIENCE_MS[state === 'connecting' && progress ? 'ringing' : state];
        const waitedForPerson =
          state === 'preparing' && question !== undefined && seen.script.microphone === 'prompt';
        const from = waitedForPerson ? (question.givenAtMs ?? atMs) : (progress?.atMs ?? sinceMs);
        if (limitMs !== undefined && atMs - Math.max(sinceMs, from) > limitMs)
          yield `${state} for ${atMs - sinceMs} ms without anything new`;
        sinceMs = atMs;
        if (event?.state) state = event.state;
      }
    }
  },

  /** After `close()` nothing is left: timers, tracks, sounds, sessions, listeners. */
  *I10({ left }) {
    for (const [what, count] of Object.entries(left ?? {}))
      if (count !== 0) yield `${count} ${what} after close()`;
  },

  /** Nothing is thrown that nobody catches, nothing is logged as an error. */
  *I11({ uncaught, lines }) {
    for (const reason of uncaught) yield `uncaught: ${reason}`;
    for (const [level, text] of lines) if (level === 'error') yield `logged: ${text}`;
  },

  /** `hangup()` and `close()` may come at any time, again and again, and resolve within 5 s. */
  *I12({ presses, nowMs, closeTookMs = 0 }) {
    for (const { hangups } of presses) {
      if (hangups.some(({ atMs, tookMs = nowMs - atMs }) => tookMs > CLOSE_MS))
        yield 'hangup() took longer than 5 s';
    }
    if (closeTookMs > CLOSE_MS) yield `close() took ${closeTookMs} ms`;
  },

  /** Each error that is shown is registered, explains itself and tells no secret. */
  *I13(seen) {
    for (const error of errorsIn(seen)) {
      if (!(error.code in ERROR_CODES)) yield `unregistered ${error.code}`;
      if (!error.kind || !error.summary || !error.remedy) yield `${error.code} explains nothing`;
      const text = `${error.message} ${error.summary} ${error.remedy} ${JSON.stringify(error)}`;
      yield* secretsIn(text, seen, error.code);
    }
  },

  /** What the callee's leg did is told of the route that reached the callee; a leg that was given up is never heard again. */
  *I14(seen) {
    for (const press of seen.presses) {
      const invites = invitesOf(seen, press);
      for (const { name, route, atMs } of toldOf(seen, press)) {
        if (name !== 'ringing' && name !== 'answered' && name !== 'active') continue;
        const current = invites.filter((invite) => invite.atMs <= atMs).at(-1)?.route;
        if (route !== current) yield `${name} of ${route}, but the newest leg is on ${current}`;
      }
    }
    for (const { callId } of seen.journal.invites)
      if (!seen.presses.some((press) => press.callId === callId)) yield 'a call of no press';
  },

  /** Only what a carrier is to blame for lowers its health, and what its owner must mend is told apart. */
  *I15(seen) {
    for (const { route, health, error } of seen.routes()) {
      if (health !== 'cooling-down' && health !== 'misconfigured') continue;
      const kinds = new Set(
        [...errorsIn(seen, route), ...(error ? [error] : [])].map(({ kind, retryAfterMs }) =>
          retryAfterMs === undefined ? kind : 'capacity',
        ),
      );
      const excuse =
        health === 'misconfigured' ? ['auth', 'capacity'] : ['infrastructure', 'capacity'];
      if (!excuse.some((kind) => kinds.has(kind as DialerError['kind'])))
        yield `${route} is ${health} for ${[...kinds].join(', ') || 'nothing'}`;
    }
  },

  /** A look at a route's health never sends a call: each is of a press that had not ended. */
  *I17(seen) {
    for (const invite of seen.journal.invites) {
      const press = seen.presses.find(({ callId }) => callId === invite.callId);
      if (!press || invite.atMs > (press.endedAtMs ?? Number.POSITIVE_INFINITY))
        yield 'a call was sent for nobody';
    }
  },

  /** The log tells no number and no token. */
  *I18(seen) {
    for (const [, text] of seen.lines) yield* secretsIn(text, seen, `log "${text.slice(0, 60)}"`);
  },

  /** One question for the microphone for a press, over every switch; one more for each microphone that was pulled out. */
  *I19({ presses, microphones, script }) {
    const lost = script.steps.filter((step) => step.do === 'unplug the microphone').length;
    if (microphones.length > presses.length + lost)
      yield `${microphones.length} questions for ${presses.length} presses and ${lost} lost microphones`;
  },
};

/** What broke an invariant, each with the invariant's name. */
export function checkInvariants(seen: Observation): readonly string[] {
  const violations: string[] = [];
  for (const [name, check] of Object.entries(INVARIANTS))
    for (const text of check(seen)) violations.push(`${name}: ${text}`);
  return violations;
}

/** Whoever hung up, or let it ring in vain, knows that there was a call; `confirmed` says the rest. */
const knowsOfIt = (cause: string): boolean => /^(cancelled|no-answer|completed)$/.test(cause);

/** A carrier that keeps things to itself can not be told to stop by the page. */
const isUnruly = ({ script }: Observation, route: string): boolean => {
  const carrier = script.carriers[Number(route.split('/')[1]) - 1];
  return carrier?.invites === 'are routed in silence' || carrier?.invites === 'are late';
};

/** Whether a connection broke so late that nobody had noticed, or while a last word was on its way. */
const brokeAround = ({ faults }: Observation, route: string, endedAtMs: number): boolean =>
  faults.some(
    (fault) =>
      fault.route === route &&
      fault.atMs > endedAtMs - UNNOTICED_MS &&
      fault.atMs < endedAtMs + TRAVEL_MS,
  );

/** Whether the page had lost its connection to a leg when it heard of it last. */
const wasCutOff = ({ journal }: Observation, { callId, attempt }: PhoneLeg): boolean => {
  const ends = journal.reports.filter(
    ({ event: { type }, ...report }) =>
      report.callId === callId &&
      report.attempt === attempt &&
      /^(interrupted|restored|ended)$/.test(type),
  );
  return ends.some(
    ({ event }, index) =>
      (event.type === 'ended' && event.by === 'network' && !event.final) ||
      (event.type === 'interrupted' && ends[index + 1]?.event.type !== 'restored'),
  );
};

/** SIP forbids a CANCEL before the first word of the far side. */
const canNotBeCancelled = (
  { journal }: Observation,
  { callId, attempt, route }: PhoneLeg,
  endedAtMs: number,
): boolean =>
  route.startsWith('sip') &&
  !journal.reports.some(
    ({ event: { type }, ...report }) =>
      report.callId === callId &&
      report.attempt === attempt &&
      report.atMs <= endedAtMs &&
      /^(acknowledged|progress|answered)$/.test(type),
  );

const asked = ({ script }: Observation): boolean =>
  script.carriers.every(({ asksServer }) => asksServer);

function errorsIn({ told, presses }: Observation, route?: string): readonly DialerError[] {
  const errors = told
    .filter((event) => route === undefined || event.route === route)
    .flatMap(({ error }) => error ?? []);
  for (const { outcome } of presses) {
    if (!outcome) continue;
    if (outcome.error && route === undefined) errors.push(outcome.error);
    for (const attempt of outcome.attempts)
      if (attempt.error && (route === undefined || attempt.route === route))
        errors.push(attempt.error);
  }
  return [...new Set(errors)];
}

function* secretsIn(text: string, { secrets }: Observation, where: string): Iterable<string> {
  if (NUMBERS.some((number) => text.includes(number.slice(1)))) yield `a number in ${where}`;
  if (/eyJ/.test(text) || secrets.some((secret) => text.includes(secret)))
    yield `a token in ${where}`;
}
