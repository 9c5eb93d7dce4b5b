import type { WaitOptions } from '../core/subscribable.js';

/** A microphone or a speaker. */
export interface AudioDevice {
  /** The browser's `deviceId`; `'default'` is the system's choice. */
  readonly id: string;
  /** The name to show; empty until the microphone has been allowed once. */
  readonly label: string;
}

/** Whether the microphone is allowed: the browser's words, plus `unknown` where it does not tell. */
export type MicrophonePermission = 'granted' | 'denied' | 'prompt' | 'unknown';

/** Everything about sound as frozen plain data. {@link DialerAudio} has the same fields, live. */
export interface AudioSnapshot {
  /** Whether the microphone is allowed. Read without a prompt. */
  readonly permission: MicrophonePermission;
  /** Microphones. Without permission the browser hides names, and some hide all but one. */
  readonly inputs: readonly AudioDevice[];
  /** Speakers; empty where the browser offers no choice. */
  readonly outputs: readonly AudioDevice[];
  /** The chosen microphone, or the one in use; `undefined` while neither is known. */
  readonly input: AudioDevice | undefined;
  /** The chosen speaker; `undefined` is the system's choice. */
  readonly output: AudioDevice | undefined;
  /** Whether {@link DialerAudio.selectOutput} can work in this browser and frame. */
  readonly canSelectOutput: boolean;
  /** True while the browser shows its microphone sign because of us. */
  readonly microphoneLive: boolean;
  /** True while the browser asks the person for the microphone, as far as it tells. */
  readonly asking: boolean;
}

/** What an {@link AudioProcessor} is given. */
export interface AudioProcessorContext {
  /** The Dialer's one AudioContext, running. */
  readonly audioContext: AudioContext;
  /** Aborts when the track is no longer needed (call over, device changed, other processor): free everything then. */
  readonly signal: AbortSignal;
}

/**
 * Changes what the far side hears, for example by removing noise. Given the microphone's track, gives back the track to
 * send. Called again after a change of device. If it throws or takes longer than 3 s, the unprocessed track is sent and
 * the call's `problem` is `media/processor-failed`.
 */
export type AudioProcessor = (
  track: MediaStreamTrack,
  context: AudioProcessorContext,
) => MediaStreamTrack | Promise<MediaStreamTrack>;

/** Options of `new Dialer({ audio })`. */
export interface AudioOptions {
  /**
   * Echo cancellation of the browser.
   * @defaultValue true
   */
  readonly echoCancellation?: boolean | undefined;
  /**
   * Noise suppression of the browser. Switch it off beside a {@link AudioProcessor} that removes noise.
   * @defaultValue true
   */
  readonly noiseSuppression?: boolean | undefined;
  /**
   * Automatic gain of the browser.
   * @defaultValue true
   */
  readonly autoGainControl?: boolean | undefined;
  /** Changes what the far side hears; see {@link AudioProcessor}. */
  readonly processor?: AudioProcessor | undefined;
  /** Changes what is heard here, in the same way, given the far side's track. */
  readonly remoteProcessor?: AudioProcessor | undefined;
  /**
   * What the caller hears while the callee's telephone rings and no early media plays: a generated tone, nothing, or
   * the URL of a sound.
   * @defaultValue true
   */
  readonly ringback?: boolean | string | undefined;
  /**
   * Whose tones the caller hears: ISO 3166 code of a country, such as `'GB'`.
   * @defaultValue 'US'
   */
  readonly toneCountry?: string | undefined;
  /**
   * Whether a short busy tone is played when the callee is busy or the call could not be placed.
   * @defaultValue true
   */
  readonly busyTone?: boolean | undefined;
  /**
   * Play a short tone here for each digit sent.
   * @defaultValue true
   */
  readonly digitTones?: boolean | undefined;
  /**
   * How long a call waits, not yet sent, for a microphone that was refused or is missing, milliseconds. Its `problem`
   * says what to do, and it goes on by itself as soon as the person has done it. 0: it ends at once.
   * @defaultValue 0
   */
  readonly recoverMs?: number | undefined;
  /**
   * Send a call only when the microphone is open. Otherwise one that is allowed and there, and takes longer than 100 ms to
   * open, as headsets over Bluetooth do, joins while the telephone rings; should it fail then, the call ends.
   * @defaultValue false
   */
  readonly waitForMicrophone?: boolean | undefined;
  /**
   * Remember the chosen devices in this browser (`localStorage`).
   * @defaultValue false
   */
  readonly rememberDevices?: boolean | undefined;
}

/**
 * Microphone, speaker and their permission: `dialer.audio`. The microphone is only open while a call or a test needs
 * it.
 */
export interface DialerAudio extends AudioSnapshot {
  /** Level of the microphone right now, 0 to 1, for a meter; 0 while it is closed. */
  readonly level: number;
  /**
   * Asks for the microphone, outside a call, and closes it again. Resolves with the answer, a refusal too; with
   * `prompt` when there is none after 60 s.
   */
  requestPermission(options?: WaitOptions): Promise<MicrophonePermission>;
  /**
   * Uses this microphone from now on, in running calls too. `'default'` is the system's choice.
   * @throws DialerError `media/device-not-found`, `media/device-in-use`, `media/permission-denied`; the old one stays
   * in use. Within 5 s.
   */
  selectInput(deviceId: string, options?: WaitOptions): Promise<void>;
  /**
   * Plays on this speaker from now on. `'default'` is the system's choice.
   * @throws DialerError `media/output-unsupported`, `media/device-not-found`; the old one stays in use. Within 5 s.
   */
  selectOutput(deviceId: string, options?: WaitOptions): Promise<void>;
  /** Uses this processor from now on, in running calls too; `undefined` removes it. */
  setProcessor(processor: AudioProcessor | undefined): void;
  /**
   * Lets sound play after the browser refused it (`media/playback-blocked`). Call it in a click; resolves with whether
   * it helped.
   */
  unlock(): Promise<boolean>;
}
