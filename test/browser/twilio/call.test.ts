import { expect, test } from 'vitest';
import { eventually, PATIENT, useAdapterLab } from './twilio-lab.js';

const it = useAdapterLab();
const NUMBER = '+12025550100';

test('a call rings, is answered, carries sound both ways and digits, and leaves nothing behind', async () => {
  const phone = it.lab.network.phone(NUMBER);
  const page = await it.page();
  expect(await page.open()).toBe('open');
  await page.talk();
  await page.until('remote-stream');

  expect(await page.types()).toEqual([
    'peer-connection',
    'sent',
    'identified',
    'progress',
    'answered',
    'remote-stream',
  ]);
  expect(await page.until('progress')).toMatchObject({ ringing: true, earlyMedia: false });
  expect(await page.until('answered')).toMatchObject({ evidence: 'signalling' });
  expect((await page.until('identified'))['providerCallId']).toMatch(/^CA[0-9a-f]{32}$/);
  await eventually(() => page.run('heardHz')).toBeCloseTo(1400, -2);
  expect((await phone.waitFor('tone', PATIENT)).frequency).toBeCloseTo(700, -2);
  expect((await page.run('stats')).codec).toBe('audio/opus');

  for (const digit of '12#A') expect(await page.run('sendDigit', digit, 120)).toBe('sent');
  await phone.waitFor('digit', { ...PATIENT, nth: 4 });
  const digits = phone.history.filter(({ type }) => type === 'digit');
  expect(digits.map(({ digit }) => digit).join('')).toBe('12#A');

  await page.run('hangup');
  expect(await page.until('ended')).toMatchObject({ by: 'local', final: false });
  await phone.waitFor('hung-up');
  await page.expectClean();
  expect(page.consoleErrors).toEqual([]);
});
