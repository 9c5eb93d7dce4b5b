import { expect, test } from 'vitest';
import { NOTHING_LEFT } from '../lab/browser/browser-lab.js';
import { useElementLab } from './element-lab.js';

const NUMBER = '+12025550143';
const lab = useElementLab();
const element = `<ever-dial to="${NUMBER}" name="Example Co" providers="telnyx twilio" token-url="/voice-token"></ever-dial>`;

test.each(['telnyx', 'twilio'] as const)(
  'a call over %s through the element: one ring, sound both ways, and an honest receipt',
  async (carrier) => {
    const phone = lab.lab.network.phone(NUMBER);
    const page = await lab.openElement(element.replace('telnyx twilio', carrier));
    await page.dial().click();
    await page.until('talking');
    expect((await phone.waitFor('tone')).frequency).toBeCloseTo(700, -1);
    expect((await page.remoteTone()).frequency).toBeCloseTo(1400, -1);
    await page.press('keypad');
    await page.page.keyboard.type('42#');
    await expect
      .poll(() =>
        phone.history
          .filter(({ type }) => type === 'digit')
          .map((event) => Reflect.get(event, 'digit')),
      )
      .toEqual(['4', '2', '#']);
    await page.press('hangup');
    await page.until('ended');
    await expect.poll(() => page.said()).toContain('Your microphone is off.');
    expect(lab.lab.network.rings(NUMBER)).toBe(1);
    expect(await page.resources()).toMatchObject({ liveTracks: 0, peerConnections: 0 });
  },
);

test('a carrier that can not be reached: another line is tried, which is said, and the phone rings once', async () => {
  lab.lab.telnyx.faults.login = 'silent';
  // So that the other line takes long enough to be told.
  lab.lab.twilio.faults.delayMs = 250;
  const phone = lab.lab.network.phone(NUMBER);
  const page = await lab.openElement(element);
  await page.dial().click();
  await page.until('switching');
  await expect
    .poll(() => page.said())
    .toBe('Trying another line… Their phone has not rung yet. You don’t need to do anything.');
  await page.until('talking');
  await phone.waitFor('tone');
  expect(lab.lab.network.rings(NUMBER)).toBe(1);
  await page.press('details');
  await expect
    .poll(() => page.dial().locator('[part=details]').textContent())
    .toContain('Twilio · another line');
});

test('both carriers down: what is said is what the phone knows', async () => {
  lab.lab.telnyx.faults.tcp = 'refuse';
  lab.lab.twilio.faults.tcp = 'refuse';
  await Promise.all([lab.lab.telnyx.settled(), lab.lab.twilio.settled()]);
  const page = await lab.openElement(element);
  await page.dial().click();
  await page.until('unreachable');
  await expect.poll(() => page.said()).toContain('We tried two lines. Their phone did not ring.');
  expect(lab.lab.network.rings(NUMBER)).toBe(0);
  expect(await page.dial().locator('[part~=phone-link]').getAttribute('href')).toBe(
    `tel:${NUMBER}`,
  );
  await expect.poll(() => page.resources()).toMatchObject(NOTHING_LEFT);
});

test('a phone that may have rung: the person is told so, and nothing calls again by itself', async () => {
  Object.assign(lab.lab.telnyx.faults, { invite: 'swallow', bye: 'swallow' });
  const page = await lab.openElement(element.replace('telnyx twilio', 'telnyx'));
  await page.dial().click();
  await page.until('unknown');
  await expect.poll(() => page.said()).toContain('Their phone may have rung.');
  await page.page.waitForTimeout(1_000);
  expect(lab.lab.network.rings(NUMBER)).toBeLessThanOrEqual(1);
  expect((await page.events()).filter((type) => type === 'before-call')).toHaveLength(1);
});
