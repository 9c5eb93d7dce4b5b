import { describe, expect, test } from 'vitest';
import { type AdapterPage, eventually, PATIENT, useAdapterLab } from './twilio-lab.js';

const it = useAdapterLab();
const NUMBER = '+12025550100';
const phone = () => it.lab.network.phone(NUMBER);
const level = () => phone().heard(200).level;
const hertz = () => Math.round(phone().heard(200).frequency / 100) * 100;

describe('the microphone', () => {
  test('of somebody who was muted before the answer stays muted when the SDK starts to send', async () => {
    const page = await it.page();
    await page.open();
    await page.talk({ muted: true });
    await eventually(() => phone().heard().packets).toBeGreaterThan(20);
    expect(await page.run('copiesAreEnabled')).toBe(false);
    expect(level()).toBeLessThan(0.005);
    await page.expectClean();
  });

  test.each([
    ['muted while it rings', false, true],
    ['unmuted while it rings', true, false],
  ])('of somebody who is %s is so when the call is answered', async (_what, before, after) => {
    const page = await it.page();
    await page.open();
    const ringing = it.lab.network.phone('+12025550107');
    await page.run('dial', { to: ringing.number, muted: before });
    await page.until('progress');
    await page.run('setMuted', after);
    ringing.answer();
    await page.until('answered');
    await eventually(() => ringing.heard().packets).toBeGreaterThan(20);
    expect(await page.run('copiesAreEnabled')).toBe(!after);
    await eventually(() => ringing.heard(200).level > 0.005).toBe(!after);
  });

  test('is not opened again when the list of devices changes, nor stopped (trap 11)', async () => {
    const page = await it.page();
    await page.page.evaluate(() => {
      const { mediaDevices } = navigator;
      const enumerate = mediaDevices.enumerateDevices.bind(mediaDevices);
      let asked = 0;
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      Object.assign(globalThis, { opened: 0 });
      mediaDevices.getUserMedia = async (constraints) => {
        Object.assign(globalThis, { opened: Reflect.get(globalThis, 'opened') + 1 });
        return open(constraints);
      };
      mediaDevices.enumerateDevices = async () => {
        const list = await enumerate();
        asked += 1;
        await new Promise((resolve) => setTimeout(resolve, 200));
        return asked === 1
          ? []
          : list.map((device) => ({ ...device.toJSON(), label: `${device.label} ${asked}` }));
      };
    });
    await page.open();
    await page.talk();
    await phone().waitFor('tone', PATIENT);
    await page.page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')));
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await page.page.evaluate(() => Reflect.get(globalThis, 'opened'))).toBe(1);
    expect(await page.run('copiesAreLive')).toBe(true);
    expect(hertz()).toBe(700);
    await page.expectClean();
  });

  test('is replaced by another one and by none', async () => {
    const page = await it.page();
    await page.open();
    await page.talk();
    await phone().waitFor('tone', PATIENT);
    await page.run('replaceTrack', 1_000);
    await eventually(hertz).toBe(1_000);
    await page.run('replaceTrack', undefined);
    await eventually(level).toBeLessThan(0.005);
  });

  test('is not needed to listen', async () => {
    const page = await it.page();
    await page.open();
    await page.talk({ listenOnly: true });
    await page.until('remote-stream');
    await eventually(() => page.run('heardHz')).toBeCloseTo(1400, -2);
    await page.expectClean();
    // Not even the SDK's own, which it would never close.
    expect((await page.resources()).audioContexts).toBe(0);
  });
});

/** Counts what the SDK plays aloud. */
const watchPlaying = ({ page }: AdapterPage, canChooseSpeaker: boolean) =>
  page.evaluate((keep) => {
    const loud = new Set<HTMLMediaElement>();
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      loud.add(this);
      return play.call(this);
    };
    if (!keep) Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
    Object.assign(globalThis, {
      loudElements: () =>
        [...loud].filter((element) => {
          const { srcObject, muted } = element;
          return !muted && srcObject instanceof MediaStream && srcObject.active;
        }).length,
    });
  }, canChooseSpeaker);

describe('the far side is not played by the SDK: the Dialer does', () => {
  test.each([
    ['where a speaker can be chosen', true],
    ['where it can not, and the SDK shows its element to nobody', false],
  ])('%s', async (_where, canChooseSpeaker) => {
    const page = await it.page();
    await watchPlaying(page, canChooseSpeaker);
    await page.open();
    await page.talk();
    await page.until('remote-stream');
    await eventually(() => page.run('heardHz')).toBeCloseTo(1400, -2);
    expect(await page.page.evaluate(() => Reflect.get(globalThis, 'loudElements')())).toBe(0);
    await page.expectClean();
  });
});

test("hold is asked of the application's server, where it has one (trap 16)", async () => {
  const page = await it.page();
  await page.open({ serverHold: true });
  await page.talk();
  await page.run('setHeld', true);
  await page.run('setHeld', false);
  const { providerCallId } = (await page.until('identified')) as { providerCallId?: string };
  expect(await page.page.evaluate(() => globalThis.twilioPage.holds)).toEqual([
    { held: true, callId: 'call-1', providerCallId },
    { held: false, callId: 'call-1', providerCallId },
  ]);
});
