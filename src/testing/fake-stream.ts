import { FakeEventTarget } from './fake-event-target.js';
import { nextFakeId } from './fake-id.js';

/** A stream that is not there, of fake tracks or any others. */
export class FakeStream extends FakeEventTarget {
  readonly id = nextFakeId('stream');
  onaddtrack: ((event: Event) => void) | null = null;
  onremovetrack: ((event: Event) => void) | null = null;
  readonly #tracks: Set<MediaStreamTrack>;

  /** @param tracks - What it holds at first. */
  constructor(tracks: readonly MediaStreamTrack[]) {
    super();
    this.#tracks = new Set(tracks);
  }

  get active(): boolean {
    return this.getTracks().some(({ readyState }) => readyState === 'live');
  }

  getTracks(): MediaStreamTrack[] {
    return [...this.#tracks];
  }

  getAudioTracks(): MediaStreamTrack[] {
    return this.getTracks().filter(({ kind }) => kind === 'audio');
  }

  getVideoTracks(): MediaStreamTrack[] {
    return this.getTracks().filter(({ kind }) => kind === 'video');
  }

  getTrackById(id: string): MediaStreamTrack | null {
    return this.getTracks().find((track) => track.id === id) ?? null;
  }

  addTrack(track: MediaStreamTrack): void {
    this.#tracks.add(track);
  }

  removeTrack(track: MediaStreamTrack): void {
    this.#tracks.delete(track);
  }

  clone(): MediaStream {
    return asStream(new FakeStream(this.getTracks().map((track) => track.clone())));
  }
}

/** A fake stream under the platform's type. */
export const asStream = (stream: FakeStream): MediaStream => stream as unknown as MediaStream;
