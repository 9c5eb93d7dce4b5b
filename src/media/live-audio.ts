import type { Clock, KeyValueStorage, Logger, MediaEnvironment } from '../core/environment.js';
import type { WaitOptions } from '../core/subscribable.js';
import { bounded } from '../core/wait.js';
import { DialerError, isDialerError } from '../errors/dialer-error.js';
import type {
  AudioDevice,
  AudioOptions,
  AudioProcessor,
  AudioSnapshot,
  DialerAudio,
  MicrophonePermission,
} from './audio.js';
import { type DeviceList, findDevice, listDevices, missingIn } from './device-list.js';
import { CallMicrophone, type MicrophoneSource } from './microphone.js';
import type { MicrophoneAhead, openMicrophoneAhead, TakenAhead } from './microphone-ahead.js';
import { type ChosenDevices, readChosen, writeChosen } from './remembered-devices.js';
import { createTrackMeter } from './track-meter.js';

/** Browsers tell one plug with two events; both are told as one change. Milliseconds. */
const COALESCE_MS = 50;
const SELECT_MS = 5_000;
const ASK_MS = 60_000;

/** Something that plays on the chosen speaker. */
export interface SoundPlayer {
  /** Moves to this speaker. Rejects when that fails; it plays on the old one then. */
  setOutput(sinkId: string | undefined): Promise<void>;
  /** Plays what could not be played before. Resolves with whether nothing is blocked any more. */
  retry(): Promise<boolean>;
}

/** What has changed about sound. */
export interface AudioChange {
  /** How it is now. */
  readonly audio: AudioSnapshot;
  /** Devices that were plugged in, for example to offer them. */
  readonly added: readonly AudioDevice[];
  /** Devices that are gone. */
  readonly removed: readonly AudioDevice[];
}

/** What {@link LiveAudio} needs. */
export interface LiveAudioOptions {
  readonly environment: {
    readonly media: MediaEnvironment;
    readonly clock: Clock;
    readonly storage: KeyValueStorage | undefined;
  };
  readonly options: AudioOptions;
  readonly logger: Logger;
  readonly onChange: (change: AudioChange) => void;
}

/** The one implementation of {@link DialerAudio}: which devices there are, and which of them all calls use. */
export class LiveAudio implements DialerAudio, MicrophoneSource {
  readonly #settings: LiveAudioOptions;
  readonly #microphones = new Set<CallMicrophone>();
  readonly #players = new Set<SoundPlayer>();
  readonly #chances = new Set<() => void>();
  #chosen: ChosenDevices = {};
  #processor: AudioProcessor | undefined;
  #devices: DeviceList = { inputs: [], outputs: [] };
  #permission: MicrophonePermission = 'unknown';
  #openings = 0;
  #hasFailed = false;
  #ahead: MicrophoneAhead | undefined;
  #snapshot: AudioSnapshot;
  readonly #meter = createTrackMeter(() => this.#media);
  #stopWatching: (() => void) | undefined;
  #stopTimer: (() => void) | undefined;
  #closed = false;

  constructor(settings: LiveAudioOptions) {
    this.#settings = settings;
    this.#processor = settings.options.processor;
    this.#snapshot = this.#read();
  }

  /** Not looked at before it is needed. */
  get #media(): MediaEnvironment {
    return this.#settings.environment.media;
  }

  get permission(): MicrophonePermission {
    return this.#snapshot.permission;
  }
  get inputs(): readonly AudioDevice[] {
    return this.#snapshot.inputs;
  }
  get outputs(): readonly AudioDevice[] {
    return this.#snapshot.outputs;
  }
  get input(): AudioDevice | undefined {
    return this.#snapshot.input;
  }
  get output(): AudioDevice | undefined {
    return this.#snapshot.output;
  }
  get canSelectOutput(): boolean {
    return this.#media.canSelectOutput;
  }
  get microphoneLive(): boolean {
    return this.#snapshot.microphoneLive;
  }
  get asking(): boolean {
    return this.#snapshot.asking;
  }
  get processor(): AudioProcessor | undefined {
    return this.#processor;
  }

  /** Whether a microphone that is asked for now will come: it is allowed, there, and did not fail the last time. */
  get isSure(): boolean {
    const { permission, inputs } = this.#snapshot;
    return permission === 'granted' && inputs.some(({ label }) => label) && !this.#hasFailed;
  }

  /** Everything as plain data. */
  get snapshot(): AudioSnapshot {
    return this.#snapshot;
  }

  /** The speaker to play on; `undefined`: the system's. */
  get outputId(): string | undefined {
    return this.#snapshot.output?.id;
  }

  get level(): number {
    const microphone = [...this.#microphones].find(({ live }) => live);
    return this.#meter.read(microphone?.track);
  }

  /** Reads the devices and follows them, from the first use on. */
  watch(): void {
    if (this.#stopWatching || this.#closed) return;
    if (this.#settings.options.rememberDevices) {
      this.#chosen = readChosen(this.#settings.environment.storage);
    }
    this.#stopWatching = this.#media.onDeviceChange(this.#refreshSoon);
    void this.#refresh();
  }

  constraints(): MediaTrackConstraints {
    const {
      echoCancellation = true,
      noiseSuppression = true,
      autoGainControl = true,
    } = this.#settings.options;
    const wanted = { echoCancellation, noiseSuppression, autoGainControl };
    const { input } = this.#chosen;
    if (!input || input.id === 'default') return wanted;
    // A list without names says nothing about what is there.
    const named = this.#devices.inputs.some(({ label }) => label);
    const device = named ? findDevice(this.#devices.inputs, input) : input;
    return device ? { ...wanted, deviceId: { exact: device.id } } : wanted;
  }

  /** Opens the microphone ahead of a call, where that asks nobody, and until the signal aborts. Never rejects. */
  async openAhead(open: typeof openMicrophoneAhead, signal?: AbortSignal): Promise<void> {
    this.watch();
    const permission = await this.#media.microphonePermission(this.#refreshSoon);
    const isUsed = this.#openings + this.#microphones.size > 0;
    if (permission !== 'granted' || this.#closed || isUsed || signal?.aborted) return;
    this.#ahead?.release();
    this.#ahead = open({
      media: this.#media,
      clock: this.#settings.environment.clock,
      constraints: this.constraints(),
      onChange: () => this.#update(),
    });
    signal?.addEventListener('abort', this.#ahead.release);
  }

  /** Closes the microphone that no call has taken. */
  releaseAhead(): void {
    this.#ahead?.release();
  }

  takeAhead(constraints: MediaTrackConstraints): TakenAhead | undefined {
    return this.#ahead?.take(constraints);
  }

  async requestPermission({
    signal,
    timeoutMs = ASK_MS,
  }: WaitOptions = {}): Promise<MicrophonePermission> {
    this.watch();
    const { clock } = this.#settings.environment;
    const microphone = new CallMicrophone({
      media: this.#media,
      clock,
      source: this,
      permissionMs: timeoutMs,
      recoverMs: 0,
      input: 'microphone',
      replaceTrack: async () => undefined,
      onProblem: () => undefined,
    });
    try {
      await bounded({ clock, signal }, () => microphone.open());
    } catch (error) {
      if (!isDialerError(error) || error.code.startsWith('state/')) throw error;
      if (this.#permission === 'unknown' && error.code === 'media/permission-denied')
        return 'denied';
    } finally {
      microphone.release();
      await this.#refresh();
    }
    return this.#permission;
  }

  async selectInput(deviceId: string, options: WaitOptions = {}): Promise<void> {
    await this.#select(options, async () => {
      const input = this.#find(this.#devices.inputs, deviceId);
      const before = this.#chosen;
      this.#chosen = { ...before, input };
      try {
        await Promise.all([...this.#microphones].map((microphone) => microphone.reopen()));
      } catch (error) {
        this.#chosen = before;
        throw error;
      }
    });
  }

  async selectOutput(deviceId: string, options: WaitOptions = {}): Promise<void> {
    if (!this.canSelectOutput) throw new DialerError('media/output-unsupported');
    await this.#select(options, async () => {
      const output =
        deviceId === 'default' ? undefined : this.#find(this.#devices.outputs, deviceId);
      try {
        await Promise.all([...this.#players].map((player) => player.setOutput(output?.id)));
      } catch (cause) {
        throw new DialerError('media/device-not-found', { cause });
      }
      this.#chosen = { ...this.#chosen, output };
    });
  }

  setProcessor(processor: AudioProcessor | undefined): void {
    this.#processor = processor;
    for (const microphone of this.#microphones) microphone.reprocess().catch(() => undefined);
  }

  async unlock(): Promise<boolean> {
    const retried = [...this.#players].map((player) => player.retry());
    const results = await Promise.all([this.#media.unlock(), ...retried]);
    return results.every(Boolean);
  }

  /** Takes part in the choice of the speaker. Returns the function that ends it. */
  addPlayer(player: SoundPlayer): () => void {
    this.#players.add(player);
    return () => this.#players.delete(player);
  }

  opening(done: Promise<unknown>): void {
    this.#openings += 1;
    // In the turn of the click the list is read once, not twice.
    if (this.#stopWatching) void this.#refresh();
    else this.watch();
    const ended = (failed: boolean) => {
      this.#openings -= 1;
      this.#hasFailed = failed;
      // What no call took is of other wishes.
      this.#ahead?.release();
      // Names come with the first permission.
      void this.#refresh();
    };
    done.then(
      () => ended(false),
      // One that nobody waits for any more says nothing new.
      (error) => ended(!isDialerError(error, 'state/aborted') || this.#hasFailed),
    );
  }

  changed(microphone: CallMicrophone): void {
    this.#microphones.add(microphone);
    this.#update();
  }

  closed(microphone: CallMicrophone): void {
    this.#microphones.delete(microphone);
    if (this.#microphones.size === 0) this.#meter.stop();
    this.#update();
  }

  nextChance(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#chances.add(resolve);
      signal.addEventListener('abort', () => this.#chances.delete(resolve), { once: true });
    });
  }

  /** Watches no more. */
  close(): void {
    this.#closed = true;
    this.#ahead?.release();
    this.#stopWatching?.();
    this.#stopTimer?.();
    this.#meter.stop();
    if (this.#stopWatching) this.#media.close();
  }

  #find(list: readonly AudioDevice[], id: string): AudioDevice {
    const device = list.find((one) => one.id === id);
    if (!device && id !== 'default') throw new DialerError('media/device-not-found');
    return device ?? { id, label: '' };
  }

  async #select(
    { signal, timeoutMs = SELECT_MS }: WaitOptions,
    task: () => Promise<void>,
  ): Promise<void> {
    this.watch();
    const { clock, storage } = this.#settings.environment;
    await bounded({ clock, signal, timeoutMs }, async () => {
      await this.#refresh();
      await task();
    });
    if (this.#settings.options.rememberDevices) {
      writeChosen(storage, this.#chosen, this.#settings.logger);
    }
    this.#update();
  }

  readonly #refreshSoon = (): void => {
    if (this.#closed) return;
    this.#stopTimer ??= this.#settings.environment.clock.setTimer(() => {
      this.#stopTimer = undefined;
      void this.#refresh();
    }, COALESCE_MS);
  };

  async #refresh(): Promise<void> {
    const [devices, permission] = await Promise.all([
      listDevices(this.#media),
      this.#media.microphonePermission(this.#refreshSoon),
    ]);
    if (this.#closed) return;
    const before = this.#devices;
    const named = before.inputs.some(({ label }) => label);
    const between = (one: DeviceList, other: DeviceList) =>
      named
        ? [...missingIn(one.inputs, other.inputs), ...missingIn(one.outputs, other.outputs)]
        : [];
    const added = between(devices, before);
    const removed = between(before, devices);
    const hope =
      added.length > 0 ||
      permission !== this.#permission ||
      devices.inputs.length > before.inputs.length;
    const outputBefore = this.outputId;
    this.#devices = devices;
    this.#permission = permission;
    this.#update(added, removed);
    if (this.outputId !== outputBefore) {
      for (const player of this.#players) player.setOutput(this.outputId).catch(() => undefined);
    }
    if (!hope) return;
    for (const tell of this.#chances) tell();
    this.#chances.clear();
    for (const microphone of this.#microphones) void microphone.recover();
  }

  #read(): AudioSnapshot {
    const { inputs, outputs } = this.#devices;
    const microphone = [...this.#microphones].find(({ live }) => live);
    const usedId = microphone?.track?.getSettings().deviceId;
    return Object.freeze({
      permission: this.#permission,
      inputs,
      outputs,
      input: inputs.find(({ id }) => id === usedId) ?? findDevice(inputs, this.#chosen.input),
      output: findDevice(outputs, this.#chosen.output),
      canSelectOutput: this.#stopWatching !== undefined && this.canSelectOutput,
      microphoneLive: microphone !== undefined || this.#ahead?.live === true,
      asking: this.#openings > 0 && this.#permission === 'prompt',
    });
  }

  #update(added: readonly AudioDevice[] = [], removed: readonly AudioDevice[] = []): void {
    const audio = this.#read();
    if (JSON.stringify(audio) === JSON.stringify(this.#snapshot)) return;
    this.#snapshot = audio;
    if (!this.#closed) this.#settings.onChange({ audio, added, removed });
  }
}
