import { describe, expect, test } from 'vitest';
import { NOTHING_LEFT, useDialerLab } from './dialer-lab.js';

const NUMBER = '+12025550142';
const PHONE_TONE = 1400;
const PAGE_TONE = 700;

describe.each(['telnyx', 'twilio', 'sip'] as const)('a call over %s', (carrier) => {
  const it = useDialerLab();

  test('rings, is answered, carries sound and digits both ways, and leaves nothing behind', async () => {
    const phone = it.lab.network.phone(NUMBER);
    phone.behaviour = { rings: true, answerAfterMs: 400, plays: { tone: PHONE_TONE } };
    const { page, remoteTone, resources, consoleErrors, pageErrors } = await it.open([carrier]);

    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));

    expect((await remoteTone()).frequency).toBeCloseTo(PHONE_TONE, -2);
    expect((await phone.waitFor('tone')).frequency).toBeCloseTo(PAGE_TONE, -2);

    await page.evaluate(() => globalThis.everdialPage.call.sendDigits('123#'));
    await phone.waitFor('digit', { nth: 4 });
    const digits = phone.history.filter(({ type }) => type === 'digit');
    expect(digits.map(({ digit }) => digit).join('')).toBe('123#');

    const outcome = await page.evaluate(async () => {
      const { call, ...rest } = await globalThis.everdialPage.call.hangup().then((end) => ({
        ...end,
        call: undefined,
      }));
      return rest;
    });
    expect(outcome).toMatchObject({ cause: 'completed', by: 'local' });
    expect(outcome.media).toEqual({ released: true, tracks: 1, liveTracks: 0 });
    await phone.waitFor('hung-up');
    expect(it.lab.network.rings(NUMBER)).toBe(1);
    expect(it.lab.network.everRangTwice()).toBe(false);

    await page.evaluate(() => globalThis.everdialPage.dialer.close());
    await expect.poll(() => resources()).toMatchObject(NOTHING_LEFT);
    expect(await page.evaluate(() => [...globalThis.everdialPage.events])).toEqual([
      'connecting',
      'ringing',
      'answered',
      'active',
      'ending',
      'ended',
    ]);
    expect({ consoleErrors, pageErrors }).toEqual({ consoleErrors: [], pageErrors: [] });
  });

  test('hears that the far side hung up', async () => {
    const phone = it.lab.network.phone(NUMBER);
    const { page, resources } = await it.open([carrier]);
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));

    phone.hangUp();

    const outcome = await page.evaluate(() =>
      globalThis.everdialPage.call
        .when('ended')
        .then(({ cause, by, confirmed, media }) => ({ cause, by, confirmed, media })),
    );
    expect(outcome).toEqual({
      cause: 'completed',
      by: 'remote',
      confirmed: true,
      media: { released: true, tracks: 1, liveTracks: 0 },
    });
    await page.evaluate(() => globalThis.everdialPage.dialer.close());
    await expect.poll(() => resources()).toMatchObject(NOTHING_LEFT);
  });

  test('is silent at the phone while muted, and heard again afterwards', async () => {
    const phone = it.lab.network.phone(NUMBER);
    const { page } = await it.open([carrier]);
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await phone.waitFor('tone');

    await page.evaluate(() => globalThis.everdialPage.call.mute());
    await expect.poll(() => phone.heard(200).level, { timeout: 5_000 }).toBeLessThan(0.005);
    await page.evaluate(() => globalThis.everdialPage.call.mute(false));
    await expect
      .poll(() => Math.round(phone.heard(200).frequency / 100) * 100, { timeout: 5_000 })
      .toBe(PAGE_TONE);
  });

  test('cancelled while it rings: the phone stops ringing', async () => {
    const phone = it.lab.network.phone(NUMBER);
    phone.behaviour = { rings: true, answerAfterMs: undefined };
    const { page, resources } = await it.open([carrier]);
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await phone.waitFor('ring-start');
    await expect
      .poll(() => page.evaluate(() => globalThis.everdialPage.call.state))
      .toBe('ringing');

    const { cause, by } = await page.evaluate(() =>
      globalThis.everdialPage.call.hangup().then(({ cause, by }) => ({ cause, by })),
    );

    expect({ cause, by }).toEqual({ cause: 'cancelled', by: 'local' });
    await phone.waitFor('ring-end');
    expect(it.lab.network.liveCalls).toBe(0);
    await page.evaluate(() => globalThis.everdialPage.dialer.close());
    await expect.poll(() => resources()).toMatchObject(NOTHING_LEFT);
  });

  test.each([
    ['+12025550101', 'busy'],
    ['+12025550103', 'rejected'],
    ['+12025550104', 'invalid-number'],
    ['+12025550105', 'provider-failed'],
  ])('%s ends as %s', async (number, expected) => {
    const { page } = await it.open([carrier]);
    await page.evaluate((to) => globalThis.everdialPage.dial(to), number);
    const { cause, confirmed } = await page.evaluate(() =>
      globalThis.everdialPage.call
        .when('ended')
        .then(({ cause, confirmed }) => ({ cause, confirmed })),
    );
    expect({ cause, confirmed }).toEqual({ cause: expected, confirmed: true });
  });
});
