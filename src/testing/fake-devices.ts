/** A device that is not there. */
export interface FakeDevice {
  /** As `MediaDeviceInfo.deviceId`. */
  readonly id: string;
  /** Its name. */
  readonly label: string;
  /** Microphone or speaker. */
  readonly kind: 'audioinput' | 'audiooutput';
}

/** The devices of a fake browser. */
export interface FakeDevices {
  /** As `enumerateDevices`: before the permission, browsers tell only that there are devices of a kind. */
  list(
    permitted: boolean,
  ): readonly Pick<MediaDeviceInfo, 'deviceId' | 'groupId' | 'kind' | 'label'>[];
  /**
   * The microphone that fits the constraints.
   * @throws DOMException `NotFoundError`, `OverconstrainedError`.
   */
  find(constraints: MediaTrackConstraints | undefined): FakeDevice;
  /** @throws DOMException `NotReadableError` when the device is busy, `NotFoundError` when it has gone meanwhile. */
  assertReadable(id: string): void;
  /** @throws DOMException `NotFoundError` when it is no speaker of ours. */
  assertOutput(id: string | undefined): void;
  /** Adds a device and tells of it. */
  plugIn(device: FakeDevice): void;
  /** Removes a device, without telling; false if there is none. */
  unplug(id: string): boolean;
  /** Makes a device busy or free. */
  setBusy(id: string, busy: boolean): void;
  /** Adds a listener; returns the function that removes it. */
  onChange(listener: () => void): () => void;
  /** Tells the listeners. */
  tellChange(): void;
}

/** Makes the devices: at first one microphone and one speaker, both with the id `default`. */
export function createFakeDevices(): FakeDevices {
  let devices: readonly FakeDevice[] = [
    { id: 'default', label: 'Fake microphone', kind: 'audioinput' },
    { id: 'default', label: 'Fake speaker', kind: 'audiooutput' },
  ];
  const busy = new Set<string>();
  const listeners = new Set<() => void>();
  const ofKind = (kind: FakeDevice['kind']) => devices.filter((device) => device.kind === kind);
  const tellChange = () => {
    for (const listener of [...listeners]) listener();
  };
  return {
    list(permitted) {
      if (permitted) {
        return devices.map(({ id, label, kind }) => ({ deviceId: id, groupId: '', kind, label }));
      }
      const kinds = new Set(devices.map(({ kind }) => kind));
      return [...kinds].map((kind) => ({ deviceId: '', groupId: '', kind, label: '' }));
    },
    find(constraints) {
      const microphones = ofKind('audioinput');
      const { exact, ideal } = wantedIds(constraints?.deviceId);
      const [first] = microphones;
      if (!first) throw new DOMException('Requested device not found', 'NotFoundError');
      const named = microphones.find(({ id }) => exact.includes(id));
      if (exact.length > 0 && !named) {
        throw Object.assign(new DOMException('', 'OverconstrainedError'), {
          constraint: 'deviceId',
        });
      }
      return named ?? microphones.find(({ id }) => ideal.includes(id)) ?? first;
    },
    assertReadable(id) {
      if (busy.has(id)) throw new DOMException('Could not start audio source', 'NotReadableError');
      if (!ofKind('audioinput').some((device) => device.id === id)) {
        throw new DOMException('Requested device not found', 'NotFoundError');
      }
    },
    assertOutput(id) {
      // The empty id is the default speaker, as for `setSinkId`.
      if (!id || ofKind('audiooutput').some((device) => device.id === id)) return;
      throw new DOMException('Requested device not found', 'NotFoundError');
    },
    plugIn(device) {
      devices = [...devices, device];
      tellChange();
    },
    unplug(id) {
      const before = devices.length;
      devices = devices.filter((device) => device.id !== id);
      return devices.length < before;
    },
    setBusy(id, isBusy) {
      if (isBusy) busy.add(id);
      else busy.delete(id);
    },
    onChange(listener) {
      const call = () => listener();
      listeners.add(call);
      return () => {
        listeners.delete(call);
      };
    },
    tellChange,
  };
}

const listOf = (value: string | string[] | undefined): readonly string[] =>
  value === undefined ? [] : [value].flat();

function wantedIds(wanted: ConstrainDOMString | undefined) {
  if (wanted === undefined || typeof wanted === 'string' || Array.isArray(wanted)) {
    return { exact: [], ideal: listOf(wanted) };
  }
  return { exact: listOf(wanted.exact), ideal: listOf(wanted.ideal) };
}
