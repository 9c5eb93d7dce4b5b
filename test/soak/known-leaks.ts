import type { Sample } from './sample.js';

/** Something that a vendor's SDK leaves behind, known and with its reason. It is counted apart, never hidden. */
export interface KnownLeak {
  /** The package. */
  readonly owner: string;
  readonly name: string;
  /** Where in a sample it is counted. */
  readonly in: 'timers' | 'listeners' | 'marks' | 'audioNodes';
  readonly what: RegExp;
  /** The most that is left by one call, on average. */
  readonly perCall: number;
  /** Why it is left, and why that does no more harm than that. */
  readonly because: string;
}

/** Every leak that is known. What is not listed here must be back where it was. */
export const KNOWN_LEAKS: readonly KnownLeak[] = [
  {
    owner: '@telnyx/webrtc',
    name: 'marks of calls that were not answered',
    in: 'marks',
    what: /^mark$/,
    perCall: 8,
    because: 'it clears the marks of a call only when it has collected all of them',
  },
  {
    owner: '@telnyx/webrtc',
    name: 'devicechange listeners of calls that ended soon',
    in: 'listeners',
    what: /^mediaDevices devicechange$/,
    perCall: 0.2,
    because:
      'MediaDeviceCollector.stop() before its list of devices is read, and it listens after that',
  },
];

/** How many of these a sample has. */
export const countLeak = (leak: KnownLeak, sample: Sample): number =>
  sample[leak.in]
    .filter(({ owner, what }) => owner === leak.owner && leak.what.test(what))
    .reduce((sum, { count }) => sum + count, 0);
