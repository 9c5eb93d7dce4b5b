import type { LevelMeter, Tone } from '../../../src/core/environment.js';
import { browserPage } from '../../../src/media/browser-page.js';
import { createCallPresence } from '../../../src/media/call-presence.js';
import { createLevelMeter } from '../../../src/media/level-meter.js';
import { createSharedAudio } from '../../../src/media/shared-audio.js';
import { playSound } from '../../../src/media/sound-player.js';
import { createTonePlayer } from '../../../src/media/tone-player.js';
import { busyTone, congestionTone, digitTone, ringbackTone } from '../../../src/media/tones.js';
import { type RenderedTone, renderTone } from './page-side/render-tone.js';

/** What tests reach in the page. */
export interface MediaPage {
  /** Audio contexts that were made so far, each with its state. */
  readonly states: readonly string[];
  /** Starts a tone. */
  play(tone: Tone, sinkId?: string): void;
  /** Stops every tone. */
  stopTones(): void;
  /** What the newest context sends to its speakers. */
  heard(): Promise<{ frequency: number; decibels: number }>;
  /** Elements that play, with their speaker and what is heard of them. */
  elements(): Promise<readonly { sinkId: string; frequency: number }[]>;
  /** Begins to measure a sine of this amplitude, on a track of its own. */
  meter(amplitude: number): void;
  /** Silences or restores the measured track. */
  setEnabled(enabled: boolean): void;
  /** Level that is measured now. */
  level(): number;
  /** Measures no more. */
  stopMeter(): void;
  /** Asks the browser for leave to make sound. A click on the page's button does the same and keeps the answer. */
  unlock(): Promise<boolean>;
  /** The answer to the click. */
  clicked: boolean | undefined;
  /** Closes the newest context behind our back. */
  closeContext(): Promise<void>;
  readonly setSink: (id: string | undefined) => Promise<void>;
  readonly render: (tone: Tone, seconds: number, stopAfter?: number) => Promise<RenderedTone>;
  readonly tones: {
    readonly ringback: typeof ringbackTone;
    readonly busy: typeof busyTone;
    readonly congestion: typeof congestionTone;
    readonly digit: typeof digitTone;
  };
  readonly playSound: typeof playSound;
  /** Begins a call as the system knows it. */
  presence(keepScreenOn: boolean): void;
  /** Tells whether the call is muted. */
  update(muted: boolean): void;
  /** Ends it. */
  stopPresence(): void;
  /** Handlers of media keys that the browser accepted and that are set. */
  readonly keys: Readonly<Record<string, () => void>>;
  /** What the keys did. */
  readonly pressed: readonly string[];
  /** Locks of the screen: whether each was released. */
  readonly locks: readonly { readonly released: boolean }[];
  /** Why the browser refused a lock, if it did. */
  readonly refusals: readonly string[];
}

declare global {
  /** Put there by this page. */
  var mediaPage: MediaPage;
}

const OriginalAudioContext = AudioContext;
const contexts: AudioContext[] = [];
const outputs: MediaStream[] = [];
const elements: HTMLAudioElement[] = [];

/** Counts contexts, and listens to what goes to their speakers: it passes through a node of ours. */
globalThis.AudioContext = new Proxy(OriginalAudioContext, {
  construct(target, args) {
    const context = Reflect.construct(target, args) as AudioContext;
    const speakers = context.createGain();
    speakers.connect(context.destination);
    const copy = context.createMediaStreamDestination();
    speakers.connect(copy);
    Object.defineProperty(context, 'destination', { value: speakers });
    contexts.push(context);
    outputs.push(copy.stream);
    return context;
  },
});
globalThis.Audio = new Proxy(Audio, {
  construct(target, args) {
    const element = Reflect.construct(target, args) as HTMLAudioElement;
    elements.push(element);
    return element;
  },
});

const keys: Record<string, () => void> = {};
const session = navigator.mediaSession as unknown as {
  setActionHandler(action: string, handler: (() => void) | null): void;
};
const setActionHandler = session.setActionHandler.bind(session);
session.setActionHandler = (action, handler) => {
  // Throws where the browser does not know the action.
  setActionHandler(action, handler);
  if (handler) keys[action] = handler;
  else delete keys[action];
};
const locks: WakeLockSentinel[] = [];
const refusals: string[] = [];
const request = navigator.wakeLock.request.bind(navigator.wakeLock);
navigator.wakeLock.request = async (type) => {
  try {
    const lock = await request(type);
    locks.push(lock);
    return lock;
  } catch (error) {
    refusals.push((error as DOMException).name);
    throw error;
  }
};

const shared = createSharedAudio();
const playTone = createTonePlayer(shared);
const stops: (() => void)[] = [];
const pressed: string[] = [];
let meter: LevelMeter | undefined;
let measured: MediaStreamTrack | undefined;
let presence: ReturnType<typeof createCallPresence> | undefined;

globalThis.mediaPage = {
  get states() {
    return contexts.map(({ state }) => state);
  },
  play: (tone, sinkId) => void stops.push(playTone(tone, sinkId)),
  stopTones() {
    for (const stop of stops.splice(0)) stop();
  },
  async heard() {
    const stream = outputs.at(-1);
    if (!stream) throw new Error('there is no context');
    return globalThis.everdialLab.measureTone(stream, 300);
  },
  elements: () =>
    Promise.all(
      elements
        .filter((element) => !element.paused)
        .map(async (element) => {
          const stream = element.srcObject as MediaStream;
          const { frequency } = await globalThis.everdialLab.measureTone(stream, 300);
          return { sinkId: element.sinkId, frequency };
        }),
    ),
  meter(amplitude) {
    const context = new OriginalAudioContext();
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    const output = context.createMediaStreamDestination();
    gain.gain.value = amplitude;
    oscillator.connect(gain).connect(output);
    oscillator.start();
    measured = output.stream.getAudioTracks()[0];
    if (!measured) throw new Error('there is no track');
    meter = createLevelMeter(shared, measured);
  },
  setEnabled(enabled) {
    if (measured) measured.enabled = enabled;
  },
  level: () => meter?.level ?? Number.NaN,
  stopMeter: () => meter?.stop(),
  unlock: () => shared.unlock(),
  clicked: undefined,
  closeContext: async () => contexts.at(-1)?.close(),
  setSink: (id) => shared.setSink(id),
  render: renderTone,
  tones: { ringback: ringbackTone, busy: busyTone, congestion: congestionTone, digit: digitTone },
  playSound,
  presence(keepScreenOn) {
    presence = createCallPresence(browserPage(), {
      keepScreenOn,
      hangup: () => pressed.push('hangup'),
      toggleMute: () => pressed.push('mute'),
    });
  },
  update: (muted) => presence?.update({ muted }),
  stopPresence: () => presence?.stop(),
  keys,
  pressed,
  locks,
  refusals,
};

const button = document.createElement('button');
button.textContent = 'Call';
button.onclick = () =>
  void shared.unlock().then((runs) => {
    globalThis.mediaPage.clicked = runs;
  });
document.body.append(button);
