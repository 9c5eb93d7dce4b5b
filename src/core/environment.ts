/** Where to log. `console` is one. */
export interface Logger {
  /** Everything. */
  debug(message: string, data?: object): void;
  /** One line for each step of a call. */
  info(message: string, data?: object): void;
  /** Something went wrong and was mended. */
  warn(message: string, data?: object): void;
  /** Something went wrong and was given up. */
  error(message: string, data?: object): void;
}

/** From which weight on to log. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** The source of time. Tests use a simulated one. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds since some fixed moment; never goes back. */
  monotonicNow(): number;
  /** Calls `callback` once after `delayMs` milliseconds. Returns the function that prevents it. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** A tone and its rhythm. */
export interface Tone {
  /** Frequencies in hertz that sound together. North American ringback is 440 and 480 (ITU-T E.180 supplement 2). */
  readonly frequenciesHz: readonly number[];
  /**
   * Milliseconds of sound, of silence, of sound, and so on, and then from the start: `[2000, 4000]` sounds for 2 s out of
   * 6. `[]` sounds without a break.
   */
  readonly cadenceMs: readonly number[];
  /**
   * How often the cadence is played.
   * @defaultValue until it is stopped
   */
  readonly cycles?: number | undefined;
  /** Loudness of the whole, from 0 (silent) to 1 (full scale). */
  readonly level: number;
}

/** Measures how loud a track is. */
export interface LevelMeter {
  /** Level right now, 0 (silence) to 1. */
  readonly level: number;
  /** Measures no more. Idempotent. */
  stop(): void;
}

/** The part of the browser's media interfaces that is used. */
export interface MediaEnvironment {
  /** As `navigator.mediaDevices.getUserMedia`. */
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>;
  /** As `navigator.mediaDevices.enumerateDevices`. */
  enumerateDevices(): Promise<
    readonly Pick<MediaDeviceInfo, 'deviceId' | 'groupId' | 'kind' | 'label'>[]
  >;
  /** Calls back when a device comes or goes. Returns the function that stops it. */
  onDeviceChange(callback: () => void): () => void;
  /** State of the microphone's permission, without a prompt; calls back when it changes. */
  microphonePermission(onChange: () => void): Promise<'granted' | 'denied' | 'prompt' | 'unknown'>;
  /** Whether a speaker can be chosen in this browser and frame. */
  readonly canSelectOutput: boolean;
  /**
   * Plays a stream, on this speaker if one is named. Rejects as `HTMLMediaElement.play` does. With `silent` it only
   * flows: sound that is processed must. Returns the function that stops it.
   */
  play(
    stream: MediaStream,
    sinkId: string | undefined,
    options?: { readonly silent?: boolean },
  ): Promise<() => void>;
  /**
   * Starts a tone, at once and until it is stopped, on this speaker if one is named. Never throws: where the browser
   * keeps the page silent, so is the tone. Returns the function that stops it.
   */
  playTone(tone: Tone, sinkId?: string): () => void;
  /**
   * Plays the sound at this address, again and again if `loop`, on this speaker if one is named. Rejects as
   * `HTMLMediaElement.play` does. Returns the function that stops it. Left out where only tones can be played.
   */
  playSound?(url: string, loop: boolean, sinkId: string | undefined): Promise<() => void>;
  /** The one AudioContext for sound of ours, kept running until the signal aborts; `undefined` where there is none. */
  audioContext(until: AbortSignal): Promise<AudioContext | undefined>;
  /**
   * A stream of silence to send, until the signal aborts; `undefined` where there can be none. Left out: a call waits for its
   * microphone.
   */
  silence?(until: AbortSignal): Promise<MediaStream | undefined>;
  /**
   * Ahead of a call: has the browser load what it needs for the first peer connection. In a press, with `sound`, for the first
   * tone, too.
   */
  warmUp?(options: { readonly sound: boolean }): Promise<void>;
  /** Measures how loud a track is. Its level stays 0 where the browser can not tell. */
  measureLevel(track: MediaStreamTrack): LevelMeter;
  /** In a click: lets the page make sound. Resolves with whether it may now. */
  unlock(): Promise<boolean>;
  /** Frees what is kept for later uses, such as the AudioContext. What comes after this may be silent. */
  close(): void;
}

/** What is kept between visits: chosen devices, health of routes. `localStorage` is one. */
export interface KeyValueStorage {
  /** The stored text, or null. */
  getItem(key: string): string | null;
  /** Stores a text. May throw; that is logged and ignored. */
  setItem(key: string, value: string): void;
  /** Removes it. */
  removeItem(key: string): void;
}

/**
 * What happens to the page: it is left or put away (`pagehide`), stopped by the browser to save power (`freeze`), or in
 * use again after one of the two (`pageshow` of a kept page, `resume`).
 */
export type PageMoment = 'left' | 'frozen' | 'back';

/** What the system may do with a running call. */
export interface ControlledCall {
  /** The person wants to hang up. */
  hangup(): void;
  /** The person wants to mute, or to be heard again. */
  toggleMute(): void;
  /** Whether the microphone is muted at first. */
  readonly muted: boolean;
}

/** A running call as the system shows it. */
export interface CallControls {
  /** The microphone was muted, or is open again. */
  update(muted: boolean): void;
  /** The call is over: shown no more. */
  stop(): void;
}

/** The part of the page's life that calls depend on. */
export interface PageEnvironment {
  /** Calls back at each {@link PageMoment}. Returns the function that stops it. */
  onMoment(callback: (moment: PageMoment) => void): () => void;
  /** Has the browser ask before the page is left (`beforeunload`), until the returned function is called. */
  confirmLeave(): () => void;
  /** Calls back each time the page is in view again. Returns the function that stops it. */
  onVisible(callback: () => void): () => void;
  /** Keeps the screen from going dark while the page is in view, where the browser can, until the returned function is called. */
  keepScreenOn(): () => void;
  /**
   * Shows a running call to the system: its lock screen, headset and keyboard may then hang up and mute. `update` tells it
   * that the microphone was muted or is open again, `stop` that the call is over. Where the browser can not, nothing happens.
   */
  offerCallControls(call: ControlledCall): CallControls;
  /** Tells the system that sound is a conversation now (iOS: `play-and-record`), until the returned function is called. */
  hintCallAudio(): () => void;
}

/** A time that was measured. */
export interface Measurement {
  /** What was measured, `everdial: ringing`. */
  readonly name: string;
  /** When it began, on the clock's `monotonicNow()`. */
  readonly startMs: number;
  /** When it was over. */
  readonly endMs: number;
  /** More about it; neither numbers nor tokens. */
  readonly detail: object;
}

/** Everything that comes from outside. Each part has the browser's own as default; tests replace them. */
export interface Environment {
  /** The source of time. */
  readonly clock: Clock;
  /** Microphone, devices, playing. */
  readonly media: MediaEnvironment;
  /** What is kept between visits; `undefined`: nothing. */
  readonly storage: KeyValueStorage | undefined;
  /** Whether the browser believes to be online; calls back when that changes. */
  readonly network: {
    /** As `navigator.onLine`. */
    readonly online: boolean;
    /** Calls back when `online` changes. Returns the function that stops it. */
    onChange(callback: () => void): () => void;
  };
  /** Being left, frozen, back. */
  readonly page: PageEnvironment;
  /** Shows a measured time in the browser's own tools; the newest of each name is kept. Left out: nothing is shown. */
  measure?(measurement: Measurement): void;
  /** A number from 0 up to 1, for the spread of retries. */
  random(): number;
}
