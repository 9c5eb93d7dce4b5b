import type { EverdialTexts } from '../languages/en.js';
import type { Scene } from '../scene.js';
import type { IconName } from './icons.js';
import type { Act } from './panel-model.js';

/**
 * How a node of the line looks: `wait` outline · `now` ring · `done` tint · `live` filled · `off`, `rest` at rest · `said` an
 * answer of the other side · `bad` something is wrong there.
 */
export type StopLook = 'wait' | 'now' | 'done' | 'live' | 'off' | 'rest' | 'said' | 'bad';

/** A node of the line, with a badge at its edge. */
export type Stop = readonly [look: StopLook, icon: IconName, badge?: IconName];

/** How the nine dots between two nodes look. */
export type DotsLook = '' | 'on' | 'flow' | 'live' | 'hold' | 'gone' | 'detour flow';

/** The line: you, the dots beside you, the carrier, the dots beside them, them. */
export type Line = readonly [Stop, DotsLook, Stop, DotsLook, Stop];

/** A button at the bottom; `phone` is the link that calls with a phone. */
export type ActionName =
  | Extract<Act, 'call' | 'agree' | 'not-now' | 'cancel' | 'hangup' | 'again' | 'retry' | 'close'>
  | 'phone';

/** What a scene shows, as data. */
export interface SceneLook {
  /** The drawing of the line. */
  readonly line: Line;
  /** Rings leave their end. */
  readonly rings?: true;
  /** What stands below the nodes: the steps of setting up, or the two ends and the quality. @defaultValue nothing */
  readonly labels?: 'steps' | 'call';
  /** Headline; with a timer the title of the notice. */
  readonly title?: keyof EverdialTexts;
  /** Sentence below it, or in the notice. `model.sentence` replaces it. */
  readonly text?: keyof EverdialTexts;
  /** What is announced in place of headline and sentence. */
  readonly say?: keyof EverdialTexts;
  /** The time of the conversation in place of the headline. */
  readonly timer?: true;
  /** A notice with the title and the text: something the person can mend, or only news. */
  readonly notice?: 'warning' | 'news';
  /** What the button in the notice does. */
  readonly fix?: 'choose-microphone' | 'turn-on-sound';
  /** A picture of where the browser asks, or the steps to take a refusal back. */
  readonly picture?: 'question' | 'steps';
  /** Whether the row of controls is there. */
  readonly controls?: true;
  /** The call is over: receipt, other ways to get in touch. */
  readonly over?: true;
  /** The question how the sound was. */
  readonly rating?: true;
  /** The buttons, in reading order. */
  readonly actions: readonly ActionName[];
  /** Which of them is filled although it usually is not. */
  readonly filled?: ActionName;
  /** Which of them can not be used now. */
  readonly disabled?: ActionName;
}

const YOU: Stop = ['rest', 'mic'];
const CARRIER: Stop = ['rest', 'lock'];
const THEM: Stop = ['wait', 'phone'];
const SECURE: Stop = ['done', 'lock'];
const ALLOWED: Stop = ['done', 'mic', 'check'];
const TALK: Stop = ['live', 'mic'];
const HEAR: Stop = ['live', 'phone'];
const FAILED: Stop = ['bad', 'alert'];
const NOT_HEARD: Stop = ['bad', 'phone', 'question'];

const before = (you: Stop): Line => [you, '', ['wait', 'lock'], '', THEM];
const after = (them: Stop): Line => [YOU, '', CARRIER, '', them];

const SET_UP = { labels: 'steps', controls: true, actions: ['hangup'] } as const;
const IN_CALL = { labels: 'call', controls: true, timer: true, actions: ['hangup'] } as const;
const OVER = { over: true, actions: ['again', 'close'], filled: 'again' } as const;
const OVER_FOR_GOOD = { over: true, actions: ['close'] } as const;
const NO_MICROPHONE = { actions: ['retry', 'phone'] } as const;

/** What every scene shows. */
export const SCENE_LOOKS: Readonly<Record<Scene, SceneLook>> = {
  idle: {
    line: before(['wait', 'mic']),
    title: 'title.idle',
    text: 'text.idle',
    actions: ['call', 'phone'],
  },
  consent: {
    line: before(['wait', 'mic']),
    title: 'title.consent',
    text: 'text.consent',
    actions: ['agree', 'not-now'],
  },
  asking: {
    line: before(['now', 'mic']),
    labels: 'steps',
    title: 'title.asking',
    text: 'text.asking',
    picture: 'question',
    actions: ['cancel'],
  },
  blocked: {
    ...NO_MICROPHONE,
    line: before(['bad', 'mic-off']),
    title: 'title.permission-denied',
    say: 'say.permission-denied',
    picture: 'steps',
  },
  nodevice: {
    ...NO_MICROPHONE,
    line: before(['bad', 'mic', 'question']),
    title: 'title.no-device',
    text: 'ended.no-device',
  },
  micbusy: {
    ...NO_MICROPHONE,
    line: before(['bad', 'mic', 'minus']),
    title: 'title.micbusy',
    text: 'text.micbusy',
  },
  policy: {
    line: before(['bad', 'mic-off']),
    title: 'title.policy',
    text: 'text.policy',
    actions: ['phone'],
    filled: 'phone',
  },
  offline: {
    line: [YOU, 'gone', ['bad', 'offline'], '', THEM],
    title: 'title.offline',
    text: 'text.offline',
    actions: ['call', 'phone'],
    disabled: 'call',
  },
  connecting: {
    ...SET_UP,
    line: [ALLOWED, 'flow', ['now', 'lock'], '', THEM],
    title: 'title.connecting',
    text: 'text.connecting',
  },
  slow: {
    ...SET_UP,
    line: [ALLOWED, 'flow', ['now', 'lock'], '', THEM],
    title: 'title.slow',
    text: 'text.slow',
  },
  switching: {
    ...SET_UP,
    line: [ALLOWED, 'on', ['now', 'route'], 'detour flow', THEM],
    title: 'title.switching',
    text: 'text.switching',
  },
  ringing: {
    ...SET_UP,
    line: [ALLOWED, 'on', SECURE, 'on', ['now', 'phone']],
    rings: true,
    title: 'title.ringing',
    text: 'text.ringing',
  },
  answered: {
    labels: 'call',
    controls: true,
    line: [TALK, 'on', SECURE, 'on', HEAR],
    title: 'title.answered',
    text: 'text.answered',
    actions: ['hangup'],
  },
  talking: {
    ...IN_CALL,
    line: [TALK, 'live', SECURE, 'live', HEAR],
    text: 'text.talking',
    say: 'say.talking',
  },
  muted: { ...IN_CALL, line: [['off', 'mic-off'], '', SECURE, 'live', HEAR], text: 'text.muted' },
  held: {
    ...IN_CALL,
    line: [YOU, 'hold', ['rest', 'pause'], 'hold', ['rest', 'phone']],
    text: 'text.held',
  },
  remotehold: {
    ...IN_CALL,
    line: [TALK, '', ['rest', 'pause'], 'hold', ['rest', 'phone']],
    text: 'text.remotehold',
  },
  reconnecting: {
    ...IN_CALL,
    line: [TALK, 'flow', ['now', 'offline'], 'gone', ['rest', 'phone']],
    title: 'title.reconnecting',
    text: 'text.reconnecting',
    notice: 'news',
  },
  poor: {
    ...IN_CALL,
    line: [TALK, 'live', SECURE, 'live', HEAR],
    title: 'title.poor',
    text: 'text.poor',
    notice: 'warning',
  },
  silent: {
    ...IN_CALL,
    line: [['bad', 'mic', 'question'], '', SECURE, 'live', HEAR],
    title: 'title.silent',
    text: 'text.silent',
    notice: 'warning',
    fix: 'choose-microphone',
  },
  micoff: {
    ...IN_CALL,
    line: [['bad', 'mic-off'], '', SECURE, 'live', HEAR],
    title: 'title.micoff',
    text: 'text.micoff',
    notice: 'warning',
  },
  nothing: {
    ...IN_CALL,
    line: [TALK, 'live', SECURE, '', NOT_HEARD],
    title: 'title.nothing',
    text: 'text.nothing',
    notice: 'warning',
  },
  playback: {
    ...IN_CALL,
    line: [TALK, 'live', SECURE, '', NOT_HEARD],
    title: 'title.playback',
    text: 'text.playback',
    notice: 'warning',
    fix: 'turn-on-sound',
  },
  ending: {
    labels: 'call',
    line: [['rest', 'mic-off'], '', CARRIER, '', ['rest', 'phone']],
    title: 'title.ending',
    actions: ['hangup'],
    disabled: 'hangup',
  },
  ended: {
    labels: 'call',
    over: true,
    rating: true,
    line: [['rest', 'mic-off'], '', ['rest', 'check'], '', ['rest', 'phone']],
    title: 'title.completed',
    text: 'ended.completed',
    actions: ['again', 'close'],
  },
  cancelled: {
    over: true,
    line: after(['rest', 'phone']),
    title: 'title.cancelled',
    text: 'ended.cancelled',
    actions: ['again', 'close'],
  },
  busy: {
    ...OVER,
    line: after(['said', 'phone', 'minus']),
    title: 'title.busy',
    text: 'ended.busy',
  },
  noanswer: {
    ...OVER,
    line: after(['said', 'phone', 'clock']),
    title: 'title.no-answer',
    text: 'ended.no-answer',
  },
  declined: {
    ...OVER_FOR_GOOD,
    line: after(['said', 'phone', 'close']),
    title: 'title.rejected',
    text: 'ended.rejected',
  },
  unavailable: {
    ...OVER,
    line: after(['said', 'phone', 'question']),
    title: 'title.unavailable',
    text: 'ended.unavailable',
  },
  invalid: {
    ...OVER_FOR_GOOD,
    line: after(['said', 'phone', 'question']),
    title: 'title.invalid-number',
    text: 'ended.invalid-number',
  },
  refused: {
    ...OVER_FOR_GOOD,
    line: after(['said', 'phone', 'minus']),
    title: 'title.blocked',
    text: 'ended.blocked',
  },
  unreachable: {
    over: true,
    line: [YOU, '', FAILED, 'gone', THEM],
    title: 'title.provider-failed',
    text: 'ended.provider-failed',
    actions: ['again', 'phone'],
    filled: 'again',
  },
  unknown: {
    over: true,
    line: [YOU, '', FAILED, 'gone', ['wait', 'question']],
    title: 'title.unknown-outcome',
    text: 'ended.unknown-outcome',
    // Not filled: their phone may have rung, so the choice is theirs.
    actions: ['again', 'close'],
  },
  cutoff: {
    ...OVER,
    line: [YOU, '', ['bad', 'offline'], 'gone', ['rest', 'phone']],
    title: 'title.cutoff',
    text: 'ended.cutoff',
  },
  service: {
    over: true,
    line: [YOU, '', FAILED, '', THEM],
    title: 'title.unauthorized',
    text: 'ended.unauthorized',
    actions: ['phone'],
    filled: 'phone',
  },
};
