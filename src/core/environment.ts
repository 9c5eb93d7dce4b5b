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

/** A tone that repeats: sound for {@link Tone.onMs}, silence for {@link Tone.offMs}, and so on until it is stopped. */
export interface Tone {
  /** Frequencies in hertz that sound together. North American ringback is 440 and 480 (ITU-T E.180 supplement 2). */
  readonly frequenciesHz: readonly number[];
  /** Milliseconds of sound. */
  readonly onMs: number;
  /** Milliseconds of silence after it; 0: it sounds without a break. */
  readonly offMs: number;
  /** Loudness of the whole, from 0 (silent) to 1 (full scale). */
  readonly level: number;
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
  /**
   * Plays a stream, on this speaker if one is named. Rejects as `HTMLMediaElement.play` does. Returns the function that
   * stops it.
   */
  play(stream: MediaStream, sinkId: string | undefined): Promise<() => void>;
  /**
   * Starts a tone on the page's own output, at once and until it is stopped. Never throws: where the browser keeps the
   * page silent, so is the tone. Returns the function that stops it.
   */
  playTone(tone: Tone): () => void;
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

/** The part of the page's life that calls depend on. */
export interface PageEnvironment {
  /** Calls back at each {@link PageMoment}. Returns the function that stops it. */
  onMoment(callback: (moment: PageMoment) => void): () => void;
  /** Has the browser ask before the page is left (`beforeunload`), until the returned function is called. */
  confirmLeave(): () => void;
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
  /** A number from 0 up to 1, for the spread of retries. */
  random(): number;
}
