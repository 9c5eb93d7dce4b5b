import type { Clock } from '../../../src/core/environment.js';

/** How statistics are answered: with them, with an error, never. */
export type StatsAnswer = 'tells' | 'rejects' | 'hangs';

/** A peer connection with 50 packets a second each way, whose sound goes on with the clock. */
export class FakeConnection {
  connectionState: RTCPeerConnectionState = 'connected';
  localDescription: { readonly sdp: string } | null = null;
  remoteDescription: { readonly sdp: string } | null = null;
  answer: StatsAnswer = 'tells';
  receives = true;
  sends = true;
  plays = true;
  /** Level of the microphone; `undefined`: the browser does not tell. */
  input: number | undefined = 0.1;
  output = 0.1;
  /** Level in the header of the newest packet; `undefined`: there is none. */
  headerLevel: number | undefined;
  rttMs = 40;
  /** Of the packets that should arrive, 0 to 1. */
  loss = 0;
  trackId = 'microphone';
  transport: object = {};
  /** Calls of getStats, and most of them at once. */
  reads = 0;
  mostAtOnce = 0;

  readonly #clock: Clock;
  #atOnce = 0;
  #lastMs: number;
  #counted = { in: 0, out: 0, lost: 0, samples: 0, heard: 0, spoken: 0, seconds: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastMs = clock.monotonicNow();
  }

  /** Counts until now. Call it before a change. */
  go(change: Partial<Omit<FakeConnection, 'go'>> = {}): void {
    const seconds = (this.#clock.monotonicNow() - this.#lastMs) / 1000;
    this.#lastMs = this.#clock.monotonicNow();
    const counted = this.#counted;
    if (this.receives) {
      counted.in += 50 * seconds * (1 - this.loss);
      counted.lost += 50 * seconds * this.loss;
    }
    if (this.sends) counted.out += 50 * seconds;
    if (this.plays) {
      counted.samples += 48_000 * seconds;
      counted.heard += this.output ** 2 * seconds;
    }
    counted.spoken += (this.input ?? 0) ** 2 * seconds;
    counted.seconds += seconds;
    Object.assign(this, change);
  }

  async getStats(): Promise<ReadonlyMap<string, object>> {
    this.reads += 1;
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    try {
      // As in a browser, it takes a turn.
      await Promise.resolve();
      if (this.answer === 'rejects') throw new DOMException('closed', 'InvalidStateError');
      if (this.answer === 'hangs') {
        this.#atOnce -= 1;
        await new Promise(() => undefined);
      }
    } finally {
      this.#atOnce -= 1;
    }
    this.go();
    const counted = this.#counted;
    const entries = [
      {
        type: 'inbound-rtp',
        kind: 'audio',
        packetsReceived: Math.round(counted.in),
        bytesReceived: 80 * Math.round(counted.in),
        headerBytesReceived: 12 * Math.round(counted.in),
        packetsLost: Math.round(counted.lost),
        jitter: 0.004,
        totalSamplesReceived: Math.round(counted.samples),
        audioLevel: this.output,
        totalAudioEnergy: counted.heard,
        totalSamplesDuration: counted.samples / 48_000,
      },
      {
        type: 'outbound-rtp',
        kind: 'audio',
        packetsSent: Math.round(counted.out),
        bytesSent: 80 * Math.round(counted.out),
        headerBytesSent: 12 * Math.round(counted.out),
      },
      { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: this.rttMs / 1000 },
      { type: 'transport', ...this.transport },
      {
        type: 'media-source',
        kind: 'audio',
        trackIdentifier: this.trackId,
        ...(this.input === undefined
          ? {}
          : {
              audioLevel: this.input,
              totalAudioEnergy: counted.spoken,
              totalSamplesDuration: counted.seconds,
            }),
      },
    ];
    return new Map(entries.map((entry, index) => [String(index), entry]));
  }

  getReceivers(): readonly object[] {
    const source = { audioLevel: this.headerLevel, timestamp: this.#clock.monotonicNow() };
    const getSynchronizationSources = () => (this.headerLevel === undefined ? [] : [source]);
    return [{ track: { kind: 'audio' }, getSynchronizationSources }];
  }
}
