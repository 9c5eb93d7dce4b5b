import type { LevelMeter, MediaEnvironment } from '../core/environment.js';

/** A level meter for a track that may be replaced by another one. It measures nothing before it is read. */
export interface TrackMeter {
  /** Level of the track that was read last, 0 to 1; `undefined` while none was. */
  readonly level: number | undefined;
  /** Level of this track now, from now on the one that is measured. */
  read(track: MediaStreamTrack | undefined): number;
  /** Measures no more, until it is read again. */
  stop(): void;
}

/** @param media - Whose meters are used; a function, so that it is not looked at before it is needed. */
export function createTrackMeter(media: () => Pick<MediaEnvironment, 'measureLevel'>): TrackMeter {
  let measured: MediaStreamTrack | undefined;
  let meter: LevelMeter | undefined;
  const stop = () => {
    meter?.stop();
    meter = undefined;
    measured = undefined;
  };
  return {
    get level() {
      return meter?.level;
    },
    read(track) {
      if (track !== measured) {
        stop();
        measured = track;
        meter = track && media().measureLevel(track);
      }
      return meter?.level ?? 0;
    },
    stop,
  };
}
