import { afterEach, describe, expect, it } from 'vitest';
import type { Measurement } from '../../../src/core/environment.js';
import { Dialer } from '../../../src/dialer/dialer.js';
import { measureMarks } from '../../../src/dialer/run/measure-marks.js';
import { Timeline } from '../../../src/dialer/timeline.js';
import { completeEnvironment } from '../../../src/media/browser-environment.js';
import { testEnvironment } from '../../../src/testing/index.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';
import { SAYS, type Script, scripted } from '../failover/scripted-provider.js';
import { NUMBER } from './dialer-stage.js';

const TOKEN = 'secret-token';

/** A Dialer of which everything that is measured is noted. */
function measuring(script: Script = {}) {
  const provider = scripted({ onHangup: (leg) => leg.say(SAYS.confirmed), ...script });
  const measured: Measurement[] = [];
  const environment = Object.assign(testEnvironment(), {
    measure: (measurement: Measurement) => void measured.push(measurement),
  });
  const other = scripted({ route: 'second', onHangup: (leg) => leg.say(SAYS.confirmed) });
  const dialer = new Dialer({
    providers: [provider, other],
    getToken: () => TOKEN,
    failover: () => ({ action: 'next' }),
    logLevel: 'silent',
    environment,
  });
  return { provider, other, measured, dialer, environment, clock: environment.clock };
}

describe('what is measured of a call', () => {
  it('is each moment once, from the click on', async () => {
    const { provider, measured, dialer, clock } = measuring();
    await clock.advance(12_345);
    const call = dialer.dial(NUMBER);
    await clock.advance(250);
    provider.leg.say(SAYS.sent);
    await clock.advance(3_000);
    provider.leg.say(SAYS.rings, SAYS.rings);
    await clock.advance(1_000);
    provider.leg.say(SAYS.answered, SAYS.flows, SAYS.flows);
    await clock.until(call.hangup());
    expect(
      measured
        .map(({ name, startMs, endMs }) => [name, startMs, endMs - startMs] as const)
        .sort(([one, , oneMs], [other, , otherMs]) => oneMs - otherMs || one.localeCompare(other)),
    ).toEqual([
      ['everdial: microphone', 12_345, 0],
      ['everdial: sdk-loaded', 12_345, 0],
      ['everdial: signalling-open', 12_345, 0],
      ['everdial: sent', 12_345, 250],
      ['everdial: ringing', 12_345, 3_250],
      ['everdial: answered', 12_345, 4_250],
      ['everdial: ended', 12_345, 4_250],
      ['everdial: first-packet', 12_345, 4_250],
    ]);
    const detailOf = (mark: string) =>
      measured.find(({ name }) => name === `everdial: ${mark}`)?.detail;
    expect(detailOf('ringing')).toEqual({
      callId: call.id,
      attempt: 1,
      overBudget: true,
      devtools: { track: 'everdial', color: 'error' },
    });
    expect(detailOf('sent')).toMatchObject({ overBudget: false, devtools: { color: 'primary' } });
  });

  it('holds neither number nor token', async () => {
    const { provider, measured, dialer, clock } = measuring({
      token: 'required',
      login: (context) => context.getToken(),
    });
    const call = dialer.dial(`${NUMBER},,42#`, {
      from: '+14155550111',
      params: { note: 'private' },
    });
    await clock.advance(100);
    provider.leg.say(SAYS.sent, { type: 'identified', providerCallId: 'vendor-7' });
    provider.leg.say(SAYS.rings, SAYS.answered, SAYS.flows);
    await clock.until(call.hangup());
    const text = JSON.stringify(measured);
    expect(measured.map(({ name }) => name)).toContain('everdial: token');
    for (const secret of [TOKEN, NUMBER, '4155550', '42#', 'private']) {
      expect(text).not.toContain(secret);
    }
  });

  it('is told of each attempt apart', async () => {
    const { provider, other, measured, dialer, clock } = measuring();
    const call = dialer.dial(NUMBER);
    await clock.advance(0);
    provider.leg.say(SAYS.sent, { ...SAYS.lost, final: true });
    await clock.advance(100);
    other.leg.say(SAYS.sent);
    await clock.until(call.hangup());
    const sent = measured.filter(({ name }) => name === 'everdial: sent');
    expect(sent.map(({ startMs, endMs, detail }) => ({ startMs, endMs, ...detail }))).toMatchObject(
      [
        { callId: call.id, attempt: 1, startMs: 0, endMs: 0 },
        { callId: call.id, attempt: 2, startMs: 0, endMs: 100 },
      ],
    );
  });

  it('includes what happened before the code that measures was there', () => {
    const clock = createSimulatedClock();
    const timeline = new Timeline(clock);
    timeline.mark('microphone', 0);
    const measured: string[] = [];
    measureMarks(timeline, 'call-1', { measure: ({ name }) => measured.push(name) });
    expect(measured).toEqual(['everdial: microphone']);
    timeline.mark('sent', 1);
    expect(measured).toEqual(['everdial: microphone', 'everdial: sent']);
  });

  it('is nothing where the environment shows nothing', () => {
    const timeline = new Timeline(createSimulatedClock());
    expect(() => {
      measureMarks(timeline, 'call-1', {});
      timeline.mark('sent', 1);
    }).not.toThrow();
  });
});

describe('the browser’s own tools', () => {
  const names = ['everdial: ringing', 'everdial: sent'];
  afterEach(() => {
    for (const name of names) performance.clearMeasures(name);
  });

  it('show the newest of each name only', () => {
    const { measure } = completeEnvironment();
    measure?.({ name: 'everdial: sent', startMs: 5, endMs: 6, detail: { callId: 'one' } });
    measure?.({ name: 'everdial: ringing', startMs: 10, endMs: 30, detail: { callId: 'one' } });
    measure?.({ name: 'everdial: ringing', startMs: 100, endMs: 150, detail: { callId: 'two' } });
    expect(
      performance
        .getEntriesByName('everdial: ringing')
        .map(({ startTime, duration, entryType }) => [startTime, duration, entryType]),
    ).toEqual([[100, 50, 'measure']]);
    expect(
      (performance.getEntriesByName('everdial: ringing')[0] as PerformanceMeasure).detail,
    ).toEqual({ callId: 'two' });
    expect(performance.getEntriesByName('everdial: sent')).toHaveLength(1);
  });
});
