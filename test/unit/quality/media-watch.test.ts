import { describe, expect, it } from 'vitest';
import { type MediaStep, watchMedia } from '../../../src/quality/media-watch.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';

/** The part of a peer connection that is looked at. */
class FakeConnection extends EventTarget {
  iceConnectionState: RTCIceConnectionState = 'new';
  connectionState: RTCPeerConnectionState = 'new';
  entries: readonly object[] = [];
  reads = 0;
  listeners = 0;

  async getStats(): Promise<ReadonlyMap<string, object>> {
    this.reads += 1;
    if (this.connectionState === 'closed') throw new DOMException('closed', 'InvalidStateError');
    return new Map(this.entries.map((entry, index) => [String(index), entry]));
  }

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.listeners += 1;
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.listeners -= 1;
    super.removeEventListener(...args);
  }

  ice(state: RTCIceConnectionState): void {
    this.iceConnectionState = state;
    this.dispatchEvent(new Event('iceconnectionstatechange'));
  }

  dtls(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  receive(packetsReceived: number): void {
    this.entries = [{ type: 'outbound-rtp' }, { type: 'inbound-rtp', packetsReceived }];
  }
}

function setUp(prepare: (connection: FakeConnection) => void = () => undefined) {
  const clock = createSimulatedClock();
  const connection = new FakeConnection();
  prepare(connection);
  const steps: (readonly [MediaStep, number])[] = [];
  const stop = watchMedia(connection as unknown as RTCPeerConnection, clock, (step) =>
    steps.push([step, clock.monotonicNow()]),
  );
  return { clock, connection, steps, stop };
}

describe('watching a peer connection', () => {
  it('tells each step once, as it happens, and stops by itself', async () => {
    const { clock, connection, steps } = setUp();
    await clock.advance(40);
    connection.ice('checking');
    connection.ice('connected');
    await clock.advance(40);
    connection.ice('completed');
    connection.dtls('connected');
    await clock.advance(100);
    expect(steps).toEqual([
      ['ice-connected', 40],
      ['dtls-connected', 80],
    ]);
    connection.receive(1);
    await clock.advance(100);
    expect(steps.map(([step]) => step)).toEqual([
      'ice-connected',
      'dtls-connected',
      'first-packet',
    ]);
    expect([clock.pendingTimers, connection.listeners]).toEqual([0, 0]);
  });

  it('believes packets only over a secure path', async () => {
    const { clock, connection, steps } = setUp((each) => each.receive(10));
    connection.ice('connected');
    await clock.advance(500);
    expect(steps.map(([step]) => step)).toEqual(['ice-connected']);
    connection.dtls('connected');
    await clock.advance(100);
    expect(steps.map(([step]) => step).slice(1)).toEqual(['dtls-connected', 'first-packet']);
  });

  it('sees what was there before it came', async () => {
    const { clock, steps } = setUp((connection) => {
      connection.iceConnectionState = 'completed';
      connection.connectionState = 'connected';
      connection.receive(3);
    });
    await clock.advance(0);
    expect(steps).toEqual([
      ['ice-connected', 0],
      ['dtls-connected', 0],
      ['first-packet', 0],
    ]);
  });

  it('says nothing after it was stopped, an answer under way included', async () => {
    const { clock, connection, steps, stop } = setUp((each) => {
      each.connectionState = 'connected';
      each.receive(5);
    });
    const before = steps.length;
    stop();
    stop();
    connection.ice('connected');
    await clock.advance(1000);
    expect(steps).toHaveLength(before);
    expect(clock.pendingTimers).toBe(0);
  });

  it('bears a connection that was closed meanwhile', async () => {
    const { clock, connection, steps, stop } = setUp();
    connection.dtls('connected');
    connection.connectionState = 'closed';
    await clock.advance(500);
    expect(steps.map(([step]) => step)).toEqual(['dtls-connected']);
    stop();
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not read the statistics before there can be packets', async () => {
    const { clock, connection } = setUp();
    await clock.advance(2000);
    expect(connection.reads).toBe(0);
  });
});
