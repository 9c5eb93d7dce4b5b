import type { MediaEnvironment } from '../core/environment.js';
import type { AudioDevice } from './audio.js';

/** The microphones and speakers there are. */
export interface DeviceList {
  readonly inputs: readonly AudioDevice[];
  readonly outputs: readonly AudioDevice[];
}

/** Reads what is there. Without permission browsers give empty ids and names; some name all but one thing only. */
export async function listDevices(media: MediaEnvironment): Promise<DeviceList> {
  const all = await media.enumerateDevices().catch(() => []);
  const ofKind = (wanted: MediaDeviceKind) =>
    all
      .filter(({ kind }) => kind === wanted)
      .map(({ deviceId: id, label }) => Object.freeze({ id, label }));
  return {
    inputs: ofKind('audioinput'),
    outputs: media.canSelectOutput ? ofKind('audiooutput').filter(({ id }) => id !== '') : [],
  };
}

/**
 * The device that was chosen, as it is now: with the same id, or with the same name where ids have changed, as they do
 * when site data is cleared. `undefined` when it is not there.
 */
export function findDevice(
  list: readonly AudioDevice[],
  chosen: AudioDevice | undefined,
): AudioDevice | undefined {
  if (!chosen) return undefined;
  return (
    list.find(({ id }) => id === chosen.id) ??
    list.find(({ id, label }) => id !== 'default' && label !== '' && label === chosen.label)
  );
}

/** What is in the first list and not in the second. */
export function missingIn(
  list: readonly AudioDevice[],
  other: readonly AudioDevice[],
): readonly AudioDevice[] {
  return list.filter(({ id, label }) => id && label && !findDevice(other, { id, label }));
}
