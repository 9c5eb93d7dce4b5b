import type { Call, CallAttempt, CallOutcome, LegPhase } from 'everdial';
import type { CallLog, Switch } from './call-log.js';
import { carrierName, durationText } from './dom.js';

/** One attempt in words. */
export interface AttemptWords {
  readonly carrier: string;
  /** How far it came and how it ended. */
  readonly text: string;
  /** The error's code; empty when there was none. */
  readonly code: string;
  readonly failed: boolean;
}

/** What the rules decided about a call, and why: read off the call itself, whatever was broken. */
export interface Verdict {
  readonly headline: string;
  readonly reason: string;
  readonly attempts: readonly AttemptWords[];
  /** Cause and advice at the end. */
  readonly end: Pick<CallOutcome, 'cause' | 'redialAdvice'> | undefined;
}

const PHASES: Readonly<Record<LegPhase, string>> = {
  unsent: 'nothing sent',
  sent: 'call sent, no word back',
  acknowledged: 'call sent and acknowledged',
  progress: 'rang',
  answered: 'answered',
};

/**
 * Explains a call as far as it has come.
 * @param rings - how often the phone says that it rang
 * @param carriers - all that could have been used, first choice first
 */
export function verdictOf(log: CallLog, rings: number, carriers: readonly string[]): Verdict {
  const { outcome } = log.call;
  const words = outcome ? endWords(log, outcome, rings, carriers) : liveWords(log, rings);
  const attempts = outcome ? outcome.attempts.map(pastAttempt) : liveAttempts(log);
  const end = outcome && { cause: outcome.cause, redialAdvice: outcome.redialAdvice };
  return { ...words, attempts, end };
}

type Words = Pick<Verdict, 'headline' | 'reason'>;

function liveWords(log: CallLog, rings: number): Words {
  const { call, downMs, switches } = log;
  const carrier = carrierName(call.provider);
  const last = switches.at(-1);
  if (call.state === 'reconnecting') {
    return {
      headline: 'The line is cut: the page goes back to the same call.',
      reason: `${carrier} still has it. A new call would ring a phone that is on the line already.`,
    };
  }
  if (downMs !== undefined) {
    return {
      headline: `The same call is back after ${durationText(downMs)}.`,
      reason: `${carrier} had kept it. Nothing was dialled again.`,
    };
  }
  if (last) {
    return { headline: switchedTo(last, rings), reason: reasonOf(last) };
  }
  if (call.state === 'preparing') {
    return { headline: `Trying ${carrier || 'the first carrier'}…`, reason: '' };
  }
  return { headline: `${carrier} has the call.`, reason: choiceOf(log) };
}

function endWords(
  log: CallLog,
  outcome: CallOutcome,
  rings: number,
  carriers: readonly string[],
): Words {
  const { call, lost, switches } = log;
  const { cause, error, redialAdvice, redialReason } = outcome;
  const carrier = carrierName(call.provider);
  const last = switches.at(-1);
  if (cause === 'unknown-outcome') {
    return {
      headline: 'Ask first: nobody is called again without your word.',
      reason: `The call had been sent over ${carrier}, and nothing proves that it is over. ${redialReason ?? ''}`,
    };
  }
  if (lost && error) {
    return {
      headline: 'The line did not come back: an honest end.',
      reason: `${redialReason ?? error.summary} Calling again is yours to decide.`,
    };
  }
  if (error?.kind === 'callee' || error?.kind === 'number' || error?.kind === 'forbidden') {
    const others = carriers.filter(
      (one) => !outcome.attempts.some((tried) => tried.provider === one),
    );
    const not = others.length === 0 ? '' : ` ${others.map(carrierName).join(', ')} was not tried.`;
    const said = error.codes.sipCode === undefined ? '' : ` (${error.codes.sipCode})`;
    return {
      headline: `Reported as it is: ${cause.replaceAll('-', ' ')}.`,
      reason: `${carrier} brought the other side’s own answer${said}. Another carrier would only get round it.${not}`,
    };
  }
  const before = last ? `${reasonOf(last)} ` : '';
  if (error) {
    const advice = redialAdvice === 'ask' ? (redialReason ?? '') : error.remedy;
    return { headline: error.summary, reason: before + advice };
  }
  const talked = cause === 'completed' ? 'carried it to the end' : 'had it until you gave up';
  return {
    headline: last ? switchedTo(last, rings) : `${carrier} ${talked}.`,
    reason: before || mended(log) || choiceOf(log),
  };
}

function mended({ call, downMs }: CallLog): string {
  if (downMs === undefined) return '';
  const carrier = carrierName(call.provider);
  return `Its line was cut for ${durationText(downMs)}, and the page went back to the same call: ${carrier} had kept it.`;
}

/** Why this carrier came first. */
function choiceOf({ call, resting }: CallLog): string {
  const others = resting.filter((one) => one !== call.provider).map(carrierName);
  return others.length === 0
    ? 'First choice, first try.'
    : `${others.join(', ')} failed a moment ago and is left alone for a while: nobody waits for it again.`;
}

/** Why the next carrier was allowed. */
function reasonOf({ from, to, phase, error, stoodBy }: Switch): string {
  const [old, next] = [carrierName(from), carrierName(to)];
  if (phase === 'unsent') {
    return `Nothing had left this page over ${old}, so no phone could ring: ${next} ${stoodBy ? 'had been connected beside it and was' : 'could be'} used at once.`;
  }
  const { sipCode } = error.codes;
  return sipCode === undefined
    ? `The call had been sent over ${old}, so it was cancelled first. ${old} confirmed that it is over, and no phone had rung: only then ${next} was used.`
    : `${old} itself ended the call (${sipCode}): no word of the callee, no phone had rung, so ${next} could be used.`;
}

function switchedTo({ to }: Switch, rings: number): string {
  const rang = rings === 1 ? 'once' : `${rings} times`;
  return `Over to ${carrierName(to)}${rings === 0 ? '' : `: their phone rang ${rang}`}.`;
}

function pastAttempt({ provider, phase, error, startMs, endMs }: CallAttempt): AttemptWords {
  const failed = error !== undefined;
  const after = failed ? `, over after ${durationText(endMs - startMs)}` : '';
  return { carrier: provider, text: PHASES[phase] + after, code: error?.code ?? '', failed };
}

function liveAttempts({ call, switches }: CallLog): readonly AttemptWords[] {
  const left = switches.map(({ from, phase, error }) => ({
    carrier: from,
    text: PHASES[phase],
    code: error.code,
    failed: true,
  }));
  const now = { carrier: call.provider ?? '', text: runningText(call), code: '', failed: false };
  return [...left, now];
}

function runningText({ state }: Call): string {
  switch (state) {
    case 'preparing':
      return 'connecting';
    case 'connecting':
      return 'call sent';
    case 'ringing':
      return 'rings';
    case 'reconnecting':
      return 'line is cut';
    default:
      return 'answered';
  }
}
