import { describe, expect, test } from 'vitest';
import { NOTHING_LEFT, useDialerLab } from './dialer-lab.js';

const NUMBER = '+12025550143';

describe('a carrier that can not be reached before its call was handed over', () => {
  const it = useDialerLab();

  test.each([
    ['refuses connections', { tcp: 'refuse' }],
    ['resets connections', { tcp: 'reset' }],
    ['swallows connections', { tcp: 'black-hole' }],
    ['never answers the upgrade', { upgrade: 'hold' }],
    ['answers the upgrade with 503', { upgrade: 503 }],
    ['never answers the login', { login: 'silent' }],
    ['refuses the login', { login: 'reject' }],
    ['drops the login', { login: 'drop' }],
  ] as const)('Telnyx %s: the same call over Twilio, one ring', async (_name, fault) => {
    Object.assign(it.lab.telnyx.faults, fault);
    await it.lab.telnyx.settled();
    const phone = it.lab.network.phone(NUMBER);
    const { page, resources, pageErrors } = await it.open(['telnyx', 'twilio']);

    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));

    expect(await page.evaluate(() => globalThis.everdialPage.call.route)).toBe('twilio');
    expect(await page.evaluate(() => [...globalThis.everdialPage.events])).toEqual([
      '(switched)',
      'connecting',
      'ringing',
      'answered',
      'active',
    ]);
    await phone.waitFor('tone');
    expect(it.lab.network.rings(NUMBER)).toBe(1);
    expect(it.lab.telnyx.invites).toEqual([]);

    await page.evaluate(() => globalThis.everdialPage.dialer.close());
    await expect.poll(() => resources()).toMatchObject(NOTHING_LEFT);
    expect(pageErrors).toEqual([]);
  });

  test('Twilio first and refused: the same call over Telnyx, one ring', async () => {
    it.lab.twilio.faults.tcp = 'refuse';
    const phone = it.lab.network.phone(NUMBER);
    const { page, pageErrors } = await it.open(['twilio', 'telnyx']);

    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));

    expect(await page.evaluate(() => globalThis.everdialPage.call.route)).toBe('telnyx');
    await phone.waitFor('tone');
    expect(it.lab.network.rings(NUMBER)).toBe(1);
    expect(pageErrors).toEqual([]);
  });

  test.each([
    ['Telnyx', ['telnyx/us-east', 'telnyx', 'twilio'], 'telnyx'],
    ['Twilio', ['twilio/ashburn', 'twilio', 'telnyx'], 'twilio'],
  ] as const)(
    'another region of %s comes before the other carrier',
    async (_name, routes, used) => {
      const phone = it.lab.network.phone(NUMBER);
      const { page, pageErrors } = await it.open(routes);

      await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
      await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));

      expect(await page.evaluate(() => globalThis.everdialPage.call.route)).toBe(used);
      await phone.waitFor('tone');
      expect(it.lab.network.rings(NUMBER)).toBe(1);
      const health = await page.evaluate(() =>
        globalThis.everdialPage.dialer.routes.map((route) => [route.route, route.health]),
      );
      expect(health.at(-1)).toEqual([routes[0], 'cooling-down']);
      expect(pageErrors).toEqual([]);
    },
  );

  test('both down: the call ends with what was tried, and nobody was rung', async () => {
    it.lab.telnyx.faults.tcp = 'refuse';
    it.lab.twilio.faults.tcp = 'refuse';
    await it.lab.telnyx.settled();
    const { page, resources } = await it.open(['telnyx', 'twilio']);

    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    const outcome = await page.evaluate(() =>
      globalThis.everdialPage.call.when('ended').then(({ cause, error, attempts }) => ({
        cause,
        code: error?.code,
        attempts: attempts.map(({ route, phase }) => [route, phase]),
      })),
    );

    expect(outcome).toEqual({
      cause: 'provider-failed',
      code: 'failover/exhausted',
      attempts: [
        ['telnyx', 'unsent'],
        ['twilio', 'unsent'],
      ],
    });
    expect(it.lab.network.rings(NUMBER)).toBe(0);
    await page.evaluate(() => globalThis.everdialPage.dialer.close());
    await expect.poll(() => resources()).toMatchObject(NOTHING_LEFT);
  });
});
