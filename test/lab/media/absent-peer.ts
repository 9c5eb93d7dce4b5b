import type { MediaPeer } from '../types.js';

/** A media peer without any media, for tests of signalling and of phones alone; keeps what it was told. */
export class AbsentPeer implements MediaPeer {
  onDigit: ((digit: string) => void) | undefined;
  readonly packetsReceived = 0;
  readonly connected = false;
  /** What was asked of it, in order, such as `play {"tone":1400}`. */
  readonly asked: string[] = [];
  /** What it claims to hear. */
  hears = { frequency: 0, level: 0, packets: 0 };

  async answer(offer: string): Promise<string> {
    if (offer === 'broken') throw new Error('No audio in the offer');
    return `answer to ${offer}`;
  }

  async offer(): Promise<string> {
    return 'offer of the lab';
  }

  async accept(answer: string): Promise<void> {
    this.asked.push(`accept ${answer}`);
  }

  async addCandidate(candidate: { candidate: string } | undefined): Promise<void> {
    this.asked.push(`candidate ${candidate?.candidate ?? 'end'}`);
  }

  play(source: object | string): void {
    this.asked.push(`play ${JSON.stringify(source)}`);
  }

  block(direction: string): void {
    this.asked.push(`block ${direction}`);
  }

  heard(): { frequency: number; level: number; packets: number } {
    return this.hears;
  }

  recording(): Int16Array {
    return new Int16Array();
  }

  async close(): Promise<void> {
    this.asked.push('close');
  }
}
