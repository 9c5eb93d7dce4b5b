import type { AudioSnapshot, Call } from '../../index.js';
import type { EverdialTexts } from '../languages/en.js';
import { direction, duration } from '../languages/index.js';
import type {
  BrowserKind,
  ControlName,
  ControlState,
  DetailsModel,
  DevicesModel,
  DialPadModel,
  PanelModel,
  PanelView,
} from '../panel/panel-model.js';
import { SCENE_LOOKS } from '../panel/scenes.js';
import type { Scene } from '../scene.js';
import type { Settings } from './settings.js';

/** Everything from which the model of the panel is made. */
export interface ModelFacts {
  /** Which shape is drawn. */
  readonly shape: PanelModel['shape'];
  /** What is shown. */
  readonly scene: Scene;
  /** What is open. */
  readonly view: PanelView | undefined;
  /** All words. */
  readonly texts: EverdialTexts;
  /** What the attributes say. */
  readonly settings: Settings;
  /** The call now or the last one, unless it was closed. */
  readonly call: Call | undefined;
  /** What is being called, or was last. */
  readonly to: string;
  /** Which error code made the scene, when no call was begun. */
  readonly failure: string | undefined;
  /** Microphone and speaker. */
  readonly audio: AudioSnapshot | undefined;
  /** Until when it is open; empty for nothing. */
  readonly openUntil: string;
  /** Digits sent. */
  readonly digits: string;
  /** Which mark was given. */
  readonly rated: PanelModel['rated'];
  /** Which browser it is. */
  readonly browser: BrowserKind;
  /** What the details say; `undefined` until what says it has come. */
  readonly details: DetailsModel | undefined;
  /** The dial pad, where there is one; `coming` until it has been fetched. */
  readonly dialPad: DialPadModel | 'coming' | undefined;
}

/** A dial pad that has not come yet. */
const COMING: DialPadModel = {
  value: '',
  country: undefined,
  callingCode: '',
  help: '',
  invalid: false,
  callable: false,
  countries: [],
  search: '',
  active: undefined,
};

/** Whether the person talks in this scene: it shows the time. */
export const isConversation = (scene: Scene): boolean => SCENE_LOOKS[scene].timer === true;

const QUALITY_BARS = { poor: 1, fair: 2, good: 3, unknown: undefined } as const;

/** Minutes and seconds of a conversation, `02:47`. */
export function clockTime(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1000);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** The model of the panel. */
export function modelOf(facts: ModelFacts): PanelModel {
  const { shape, scene, view, texts, settings, call, openUntil, digits, rated, browser } = facts;
  const number = settings.phone || (facts.to.startsWith('ref:') ? '' : facts.to);
  const name = settings.name || number || texts.callNow;
  return {
    shape,
    scene,
    view,
    texts,
    lang: settings.language,
    direction: direction(settings.language),
    closable: isClosable(facts),
    name,
    number: name === number ? '' : number,
    phoneLink: phoneLinkOf(number, settings),
    words: {
      name,
      number,
      seconds: String(Math.round(ringingMs(call) / 1000)),
      duration: duration(settings.language, (call?.durationMs ?? 0) / 1000),
    },
    time: clockTime(call?.durationMs ?? 0),
    sentence: sentenceOf(facts),
    openUntil,
    controls: controlsOf(facts),
    quality: QUALITY_BARS[call?.quality ?? 'unknown'],
    receipt: call?.outcome && (call.outcome.media.released ? 'off' : 'on'),
    digits,
    rated,
    browser,
    devices: devicesOf(facts.audio),
    details: facts.details,
    dialPad: facts.dialPad === 'coming' ? COMING : facts.dialPad,
  };
}

/** A panel in the page is not made small, and closed only when there is something to close. */
function isClosable({ shape, scene, call }: ModelFacts): boolean {
  const running = call !== undefined && !call.outcome;
  return shape === 'floating' || (!running && scene !== 'idle' && scene !== 'offline');
}

function phoneLinkOf(number: string, { phoneLink }: Settings): string | undefined {
  const digits = number.replace(/[^\d+*#,;]/g, '').replaceAll('#', '%23');
  return phoneLink && digits ? `tel:${digits}` : undefined;
}

/** How long it rang: from the first ring to the end, or from when the carrier had the call where it does not tell. */
function ringingMs(call: Call | undefined): number {
  const at = (name: string): number | undefined =>
    call?.timeline.find((mark) => mark.name === name)?.atMs;
  const start = at('ringing') ?? at('early-media') ?? at('acknowledged') ?? at('sent');
  const end = at('ended');
  return start === undefined || end === undefined ? 0 : end - start;
}

function sentenceOf({ scene, settings, call, failure, texts }: ModelFacts): string | undefined {
  if (scene === 'consent') return settings.consentText || undefined;
  const outcome = call?.outcome;
  if (scene === 'service') {
    if (failure === 'support/no-webrtc') return texts.noBrowser;
    const full = failure === 'call/limit-reached' || outcome?.error?.code === 'call/limit-reached';
    return full || outcome?.cause === 'quota' ? texts['ended.quota'] : texts['ended.unauthorized'];
  }
  if (scene !== 'unreachable' || !outcome) return undefined;
  const routes = new Set(outcome.attempts.map(({ route }) => route));
  return routes.size > 1 ? texts['ended.two-lines'] : texts[`ended.${outcome.cause}`];
}

function controlsOf({ scene, view, settings, call }: ModelFacts): PanelModel['controls'] {
  const talking = isConversation(scene);
  const states: Record<ControlName, ControlState> = {
    mute: call?.muted ? 'on' : 'off',
    keypad: view === 'keypad' ? 'on' : talking && call?.capabilities.digits ? 'off' : 'unavailable',
    devices: view === 'devices' ? 'on' : 'off',
    hold: call?.held ? 'on' : talking && call?.capabilities.hold ? 'off' : 'unavailable',
  };
  const shown = (name: ControlName): boolean =>
    name === 'keypad' ? settings.keypad : name === 'devices' ? settings.devices : true;
  return (Object.keys(states) as ControlName[])
    .filter(shown)
    .map((name) => [name, states[name]] as const);
}

function devicesOf(audio: AudioSnapshot | undefined): DevicesModel {
  const choices = (
    devices: AudioSnapshot['inputs'] = [],
    picked: { readonly id: string } | undefined,
  ): DevicesModel['inputs'] =>
    devices.map(({ id, label }, index) => ({
      id,
      label,
      picked: picked ? picked.id === id : index === 0,
    }));
  return {
    inputs: choices(audio?.inputs, audio?.input),
    outputs: audio?.canSelectOutput ? choices(audio.outputs, audio.output) : [],
  };
}
