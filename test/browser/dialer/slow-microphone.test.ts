import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { NOTHING_LEFT, useDialerLab } from './dialer-lab.js';

/** Rings after 50 ms, is answered 300 ms later. */
const NUMBER = '+12025550142';
/** Rings until told. */
const RINGS = '+12025550107';

/** From now on the microphone takes so long, and then fails if a name is given. */
const slowDown = (page: Page, ms: number, failure?: string) =>
  page.evaluate(
    ([delayMs, name]) => {
      const { mediaDevices } = navigator;
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (constraints) => {
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        if (name) throw new DOMException('No', name);
        return open(constraints);
      };
    },
    [ms, failure] as const,
  );

describe.each(['telnyx', 'twilio', 'sip'] as const)(
  'a microphone that is slow, over %s',
  (carrier) => {
    const it = useDialerLab();

    const ready = async () => {
      const opened = await it.open([carrier]);
      await opened.page.evaluate(() => globalThis.everdialPage.dialer.warmUp());
      return opened;
    };
    const rings = (to: string) =>
      it.lab.network.history(to).filter(({ type }) => type === 'ring-start').length;
    const dial = (page: Page, to: string) =>
      page.evaluate((number) => globalThis.everdialPage.dial(number), to);

    test('does not keep the phone from ringing, and is heard as soon as it is there', async () => {
      const phone = it.lab.network.phone(NUMBER);
      const { page, resources } = await ready();
      await slowDown(page, 1_500);
      await dial(page, NUMBER);
      await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));
      const early = await page.evaluate(() => globalThis.everdialPage.call.timeline);
      expect(early.map(({ name }) => name)).not.toContain('microphone');
      expect(phone.heard(200).level).toBeLessThan(0.005);
      await expect
        .poll(() => Math.round(phone.heard(200).frequency / 50) * 50, { timeout: 8_000 })
        .toBe(700);
      const { timeline, media } = await page.evaluate(() => globalThis.everdialPage.call.hangup());
      const at = (name: string) => timeline.find((mark) => mark.name === name)?.atMs ?? Number.NaN;
      expect(at('ringing')).toBeLessThan(at('microphone'));
      expect(media).toEqual({ released: true, tracks: 1, liveTracks: 0 });
      expect(rings(NUMBER)).toBe(1);
      await page.evaluate(() => globalThis.everdialPage.dialer.close());
      await expect.poll(() => resources()).toMatchObject(NOTHING_LEFT);
    });

    test('and muted before it comes stays muted', async () => {
      const phone = it.lab.network.phone(NUMBER);
      const { page } = await ready();
      await slowDown(page, 1_000);
      await dial(page, NUMBER);
      await page.evaluate(() => globalThis.everdialPage.call.mute());
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            const look = () =>
              globalThis.everdialPage.call.timeline.some(({ name }) => name === 'microphone')
                ? setTimeout(resolve, 500)
                : setTimeout(look, 20);
            look();
          }),
      );
      expect(phone.heard(300).level).toBeLessThan(0.005);
      await page.evaluate(() => globalThis.everdialPage.call.mute(false));
      await expect
        .poll(() => Math.round(phone.heard(200).frequency / 50) * 50, { timeout: 8_000 })
        .toBe(700);
    });

    test('and fails ends the call: the phone stops ringing, and no other carrier is tried', async () => {
      const other = carrier === 'twilio' ? 'telnyx' : 'twilio';
      const { page, resources } = await it.open([carrier, other]);
      await page.evaluate(() => globalThis.everdialPage.dialer.warmUp());
      await slowDown(page, 700, 'NotReadableError');
      await dial(page, RINGS);
      const { cause, error, attempts } = await page.evaluate(async () => {
        const outcome = await globalThis.everdialPage.call.when('ended');
        return {
          cause: outcome.cause,
          error: outcome.error?.code,
          attempts: outcome.attempts.map(({ route, phase }) => [route, phase]),
        };
      });
      expect([cause, error, attempts]).toEqual([
        'no-device',
        'media/device-in-use',
        [[carrier, 'progress']],
      ]);
      await expect.poll(() => it.lab.network.history(RINGS).at(-1)?.type).toBe('cancelled');
      expect(rings(RINGS)).toBe(1);
      await page.evaluate(() => globalThis.everdialPage.dialer.close());
      await expect.poll(() => resources()).toMatchObject(NOTHING_LEFT);
    });
  },
);
