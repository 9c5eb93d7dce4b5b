import { FakeEventTarget } from './fake-event-target.js';
import { nextFakeId } from './fake-id.js';

/** What a {@link FakeTrack} was captured from. */
export interface FakeSource {
  /** Id of the device, as in `MediaDeviceInfo.deviceId`. */
  readonly id: string;
  /** Name of the device, which is the track's label. */
  readonly label: string;
}

/** An audio track that is not there: state and events of a `MediaStreamTrack`, no sound. Works without DOM. */
export class FakeTrack extends FakeEventTarget {
  readonly id = nextFakeId('track');
  readonly kind = 'audio';
  readonly label: string;
  enabled = true;
  contentHint = '';
  onended: ((event: Event) => void) | null = null;
  onmute: ((event: Event) => void) | null = null;
  onunmute: ((event: Event) => void) | null = null;
  /** Where it comes from. */
  readonly source: FakeSource;
  readonly #live: Set<FakeTrack>;
  #muted = false;

  /** @param live - Holds every track, original or clone, as long as it is live. */
  constructor(source: FakeSource, live: Set<FakeTrack>) {
    super();
    this.source = source;
    this.label = source.label;
    this.#live = live;
    live.add(this);
  }

  get readyState(): MediaStreamTrackState {
    return this.#live.has(this) ? 'live' : 'ended';
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** Ends it without an event, as the platform does. */
  stop(): void {
    this.#live.delete(this);
  }

  clone(): MediaStreamTrack {
    const clone = new FakeTrack(this.source, this.#live);
    clone.enabled = this.enabled;
    clone.contentHint = this.contentHint;
    clone.#muted = this.#muted;
    // A clone of a track that has ended has ended, too.
    if (this.readyState === 'ended') clone.stop();
    return asTrack(clone);
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.source.id, channelCount: 1, sampleRate: 48_000 };
  }

  getConstraints(): MediaTrackConstraints {
    return {};
  }

  getCapabilities(): MediaTrackCapabilities {
    return { deviceId: this.source.id };
  }

  async applyConstraints(): Promise<void> {}

  /** The source is gone: ended, with its event. */
  end(): void {
    if (!this.#live.delete(this)) return;
    this.dispatchEvent(new Event('ended'));
  }

  /** The source falls silent, or comes back, as by the mute switch of a headset. */
  setMuted(muted: boolean): void {
    if (this.#muted === muted || this.readyState === 'ended') return;
    this.#muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }
}

/** A fake track under the platform's type. */
export const asTrack = (track: FakeTrack): MediaStreamTrack => track as unknown as MediaStreamTrack;
