import { expect, test } from 'vitest';
import { shortenGathering } from '../../../../src/providers/sip/gathering.js';
import { createSimulatedClock } from '../../../../src/testing/simulated-clock.js';

/** As much of a peer connection as is touched; the test finds its candidates. */
class FakeConnection extends EventTarget {
  iceGatheringState = 'new';
  signalingState = 'stable';

  gather(state: string): void {
    this.iceGatheringState = state;
    this.dispatchEvent(new Event('icegatheringstatechange'));
  }

  find(candidate: object | null): void {
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate }));
  }

  close(): void {
    this.signalingState = 'closed';
    this.dispatchEvent(new Event('signalingstatechange'));
  }
}

const HOST = { type: 'host' };
const SRFLX = { type: 'srflx' };

function stage(enough: string) {
  const clock = createSimulatedClock();
  const connection = new FakeConnection();
  const late: unknown[] = [];
  let ends = 0;
  // The library's own listener: an event without a candidate is the end.
  connection.addEventListener('icecandidate', (event) => {
    if (!(event as RTCPeerConnectionIceEvent).candidate) ends += 1;
  });
  shortenGathering(connection as unknown as RTCPeerConnection, {
    clock,
    limitMs: 500,
    isEnough: ({ type }) => type === enough,
    late: (candidate) => late.push(candidate),
  });
  return { clock, connection, late, ends: () => ends };
}

test('ends with the first candidate that is enough; those after it are late', async () => {
  const { clock, connection, late, ends } = stage('srflx');
  connection.gather('gathering');
  connection.find(HOST);
  await clock.advance(100);
  expect(ends()).toBe(0);
  connection.find(SRFLX);
  connection.find(HOST);
  await clock.advance(0);
  expect(ends()).toBe(1);
  connection.find(SRFLX);
  expect(late).toEqual([SRFLX]);
  await clock.advance(1_000);
  expect([ends(), clock.pendingTimers]).toEqual([1, 0]);
});

test('ends when the time is over, with whatever is there, even nothing', async () => {
  const { clock, connection, ends } = stage('relay');
  await clock.advance(10_000);
  connection.gather('gathering');
  await clock.advance(499);
  expect(ends()).toBe(0);
  await clock.advance(1);
  expect(ends()).toBe(1);
});

test('a second round, after an ICE restart, is cut short as well', async () => {
  const { clock, connection, ends } = stage('host');
  for (const round of [1, 2]) {
    connection.gather('gathering');
    connection.find(HOST);
    await clock.advance(0);
    expect(ends()).toBe(round);
    connection.gather('complete');
  }
});

test('the browser’s own end is an end', async () => {
  const { clock, connection, late, ends } = stage('relay');
  connection.gather('gathering');
  connection.find(null);
  await clock.advance(500);
  expect([late, ends()]).toEqual([[], 2]);
});

test('a connection that is closed leaves no timer', async () => {
  const { clock, connection } = stage('relay');
  connection.gather('gathering');
  connection.close();
  expect(clock.pendingTimers).toBe(0);
});
