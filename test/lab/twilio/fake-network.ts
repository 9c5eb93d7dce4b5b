import type { MediaPeer, NetworkLeg, Trunk, TrunkCall, TrunkListener } from '../types.js';

/** One call that a {@link FakeTrunk} was given, with what the gateway told it since. */
export interface FakeLeg {
  readonly call: TrunkCall;
  /** The gateway's side, to be driven by the test. */
  readonly listener: TrunkListener;
  /** What the gateway said, such as `hangup` and `digit 1`. */
  readonly said: string[];
  /** When set, the next hang-up loses against an answer: the phone is taken in that very moment. */
  glare: boolean;
}

/** A phone network in which nothing happens by itself, for tests of the wire protocol alone. */
export class FakeTrunk implements Trunk {
  readonly legs: FakeLeg[] = [];

  place(call: TrunkCall, listener: TrunkListener): NetworkLeg & { over: boolean } {
    const said: string[] = [];
    const leg: FakeLeg = { call, listener, said, glare: false };
    this.legs.push(leg);
    return {
      hangup() {
        said.push('hangup');
        this.over = !leg.glare;
        if (!leg.glare) return;
        leg.glare = false;
        listener.answered();
      },
      over: false,
      digit: (digit) => said.push(`digit ${digit}`),
      hold: (held) => said.push(held ? 'hold' : 'unhold'),
    };
  }
}

/** A media peer without media: answers each offer with a text that names it. */
export class FakeMediaPeer implements MediaPeer {
  readonly offers: string[] = [];
  accepted: string | undefined;
  closed = false;
  onDigit: ((digit: string) => void) | undefined;
  readonly packetsReceived = 0;
  readonly connected = false;

  async answer(offer: string): Promise<string> {
    if (offer === 'broken') throw new Error('No audio in the offer');
    this.offers.push(offer);
    return `answer to ${offer}`;
  }

  async offer(): Promise<string> {
    return 'offer of the lab';
  }

  async accept(answer: string): Promise<void> {
    this.accepted = answer;
  }

  async addCandidate(): Promise<void> {}

  play(): void {}

  block(): void {}

  heard(): { frequency: number; level: number; packets: number } {
    return { frequency: 0, level: 0, packets: 0 };
  }

  recording(): Int16Array {
    return new Int16Array();
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}
