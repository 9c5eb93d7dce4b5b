import { describe, expect, test } from 'vitest';
import type { GatewayFaults } from '../../lab/types.js';
import { NOTHING_LEFT, useDialerLab } from './dialer-lab.js';

const NUMBER = '+12025550143';

describe('a carrier that can not be reached before its call was handed over', () => {
  const it = useDialerLab();

  const FAULTS = {
    'refuses connections': { tcp: 'refuse' },
    'resets connections': { tcp: 'reset' },
    'swallows connections': { tcp: 'black-hole' },
    'never answers the upgrade': { upgrade: 'hold' },
    'answers the upgrade with 503': { upgrade: 503 },
    'never answers the login': { login: 'silent' },
    'refuses the login': { login: 'reject' },
    'drops the login': { login: 'drop' },
  } as const satisfies Record<string, Partial<GatewayFaults>>;
  type Fault = keyof typeof FAULTS;
  const all = Object.keys(FAULTS) as Fault[];

  test.each([
    ...all.map((fault) => ['telnyx', fault, 'twilio'] as const),
    ...all.map((fault) => ['sip', fault, 'twilio'] as const),
    ['telnyx', 'refuses connections', 'sip'],
    ['telnyx', 'never answers the login', 'sip'],
    ['twilio', 'swallows connections', 'sip'],
    ['twilio', 'refuses the login', 'sip'],
  ] as const)('%s %s: the same call over %s, one ring', async (first, fault, second) => {
    Object.assign(it.lab[first].faults, FAULTS[fault]);
    await it.lab[first].settled();
    const phone = it.lab.network.phone(NUMBER);
    const { page, resources, pageErrors } = await it.open([first, second]);

    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));

    expect(await page.evaluate(() => globalThis.everdialPage.call.route)).toBe(second);
    expect(await page.evaluate(() => [...globalThis.everdialPage.events])).toEqual([
      '(switched)',
      'connecting',
      'ringing',
      'answered',
      'active',
    ]);
    await phone.waitFor('tone');
    expect(it.lab.network.rings(NUMBER)).toBe(1);
    expect(it.lab[first].invites).toEqual([]);

    await page.evaluate(() => globalThis.everdialPage.dialer.close());
    await expect.poll(() => resources()).toMatchObject(NOTHING_LEFT);
    expect(pageErrors).toEqual([]);
  });

  test.each([
    ['telnyx', 'refuses connections', 'twilio', 'refuses the login', 'sip'],
    ['sip', 'refuses the login', 'telnyx', 'drops the login', 'twilio'],
    ['twilio', 'answers the upgrade with 503', 'sip', 'never answers the upgrade', 'telnyx'],
  ] as const)(
    'three in a row: %s %s, %s %s, the same call over %s, one ring',
    async (first, itsFault, second, otherFault, third) => {
      Object.assign(it.lab[first].faults, FAULTS[itsFault]);
      Object.assign(it.lab[second].faults, FAULTS[otherFault]);
      await Promise.all([it.lab[first].settled(), it.lab[second].settled()]);
      const phone = it.lab.network.phone(NUMBER);
      const { page, pageErrors } = await it.open([first, second, third]);

      await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
      await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));

      expect(await page.evaluate(() => globalThis.everdialPage.call.route)).toBe(third);
      await phone.waitFor('tone');
      expect(it.lab.network.rings(NUMBER)).toBe(1);
      expect([...it.lab[first].invites, ...it.lab[second].invites]).toEqual([]);
      expect(pageErrors).toEqual([]);
    },
  );

  test('SIP refuses the INVITE, which proves that nobody was rung: the same call over Twilio, one ring', async () => {
    it.lab.sip.faults.invite = 'error';
    const phone = it.lab.network.phone(NUMBER);
    const { page } = await it.open(['sip', 'twilio']);

    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));

    expect(await page.evaluate(() => globalThis.everdialPage.call.route)).toBe('twilio');
    await phone.waitFor('tone');
    expect(it.lab.sip.invites).toHaveLength(1);
    expect(it.lab.network.rings(NUMBER)).toBe(1);
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
