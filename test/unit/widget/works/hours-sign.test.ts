import { testEnvironment } from 'everdial/testing';
import { describe, expect, test } from 'vitest';
import { h } from '../../../../src/widget/dom/h.js';
import { de } from '../../../../src/widget/languages/de.js';
import { en } from '../../../../src/widget/languages/en.js';
import { HoursSign } from '../../../../src/widget/works/hours-sign.js';
import { readSettings } from '../../../../src/widget/works/settings.js';

const settings = (hours: string, more: Record<string, string> = {}) =>
  readSettings(h('div', { hours, 'time-zone': 'UTC', ...more }), () => undefined);

/** The clock stands at Thursday, 1 January 2026, 0:00 UTC. */
async function hang(hours: string, more: Record<string, string> = {}) {
  const { clock } = testEnvironment();
  let changes = 0;
  const unreadable: string[] = [];
  const sign = new HoursSign(
    clock,
    () => {
      changes += 1;
    },
    (text) => unreadable.push(text),
  );
  const read = async (text: string) => {
    sign.read(settings(text, more));
    await sign.ready;
  };
  await read(hours);
  return { clock, sign, read, unreadable, changes: () => changes };
}

const HOUR_MS = 3_600_000;

describe('the sign', () => {
  test('without hours is always open and sets no timer', async () => {
    const { clock, sign, changes } = await hang('');
    expect(sign.open).toBe(true);
    expect([sign.opens(en, settings('')), sign.openUntil(en)]).toEqual(['', '']);
    expect([clock.pendingTimers, changes()]).toEqual([0, 0]);
  });

  test('hours that can not be read close nothing and are told', async () => {
    const { clock, sign, unreadable } = await hang('whenever');
    expect(unreadable).toEqual(['whenever']);
    expect(sign.open).toBe(true);
    expect(sign.openUntil(en)).toBe('');
    expect(clock.pendingTimers).toBe(0);
  });

  test('says when it opens, in the language', async () => {
    const { sign, changes } = await hang('Mo-Fr 09:00-18:00');
    expect(changes()).toBe(1);
    expect(sign.open).toBe(false);
    expect(sign.opens(en, settings('', { lang: 'en' }))).toBe('Opens Thursday at 9:00');
    expect(sign.opens(de, settings('', { lang: 'de' }))).toBe('Öffnet Donnerstag um 9:00 Uhr');
    expect(sign.openUntil(en)).toBe('');
  });

  test('names the right weekday, Sunday and Saturday too', async () => {
    for (const [day, name] of [
      ['Su', 'Sunday'],
      ['Sa', 'Saturday'],
    ]) {
      const { sign } = await hang(`${day} 09:00-18:00`);
      expect(sign.opens(en, settings(''))).toBe(`Opens ${name} at 9:00`);
    }
  });

  test('turns by itself', async () => {
    const { clock, sign, changes } = await hang('Th 01:00-02:00');
    await clock.advance(HOUR_MS - 30_000);
    expect([sign.open, changes()]).toEqual([false, 1]);
    await clock.advance(45_000);
    expect([sign.open, changes()]).toEqual([true, 2]);
    expect(sign.openUntil(en)).toBe('Open until 2:00');
    expect(sign.opens(en, settings(''))).toBe('');
    await clock.advance(HOUR_MS);
    expect(sign.open).toBe(false);
    expect(sign.opens(en, settings(''))).toBe('Opens Thursday at 1:00');
  });

  test('always open says nothing of an end', async () => {
    const { sign } = await hang('Mo-Su 00:00-24:00');
    expect(sign.open).toBe(true);
    expect(sign.openUntil(en)).toBe('');
  });

  test('in the zone of the shop', async () => {
    const { sign } = await hang('Th 09:00-18:00', { 'time-zone': 'Asia/Tokyo' });
    expect(sign.open).toBe(true);
    expect(sign.openUntil(en)).toBe('Open until 18:00');
  });

  test('other hours replace the old ones, with one timer; none take it away', async () => {
    const { clock, sign, read } = await hang('Mo 09:00-18:00');
    expect(sign.open).toBe(false);
    await read('Th 00:00-01:00');
    expect(sign.open).toBe(true);
    expect(clock.pendingTimers).toBe(1);
    await read('Th 00:00-01:00');
    expect(clock.pendingTimers).toBe(1);
    await read('Mo 09:00-18:00');
    expect(sign.open).toBe(false);
    await read('');
    expect(sign.open).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  test('of two readings the last one counts', async () => {
    const { clock, sign } = await hang('');
    sign.read(settings('Mo 09:00-18:00'));
    sign.read(settings('Th 00:00-01:00'));
    await sign.ready;
    await clock.advance(0);
    expect(sign.open).toBe(true);
    expect(clock.pendingTimers).toBe(1);
  });

  test('is ready once the hours are read, and tells only when it opens or closes', async () => {
    const { clock, sign, changes } = await hang('');
    sign.read(settings('Th 01:00-02:00'));
    expect([sign.open, changes()]).toEqual([true, 0]);
    await sign.ready;
    expect([sign.open, changes()]).toEqual([false, 1]);
    await clock.advance(HOUR_MS / 2);
    expect(changes()).toBe(1);
  });

  test('stopped before it has read sets no timer', async () => {
    const { clock, sign, changes } = await hang('');
    sign.read(settings('Mo 09:00-18:00'));
    const { ready } = sign;
    sign.stop();
    await ready;
    await clock.advance(0);
    expect([clock.pendingTimers, changes()]).toEqual([0, 0]);
  });

  test('stop ends its timer', async () => {
    const { clock, sign } = await hang('Mo 09:00-18:00');
    sign.stop();
    expect(clock.pendingTimers).toBe(0);
  });
});
