/** Tones, meters and their one context, as a real Chromium plays them. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowserLab } from '../../lab/browser/browser-lab.js';

const ENTRY = 'test/browser/media/media-page.ts';
/** For facts that come when a busy machine gets to them. */
const PATIENCE = { timeout: 10_000 };

const states = (page: Page) => page.evaluate(() => [...globalThis.mediaPage.states]);
const ring = (page: Page) =>
  page.evaluate(() => globalThis.mediaPage.play(globalThis.mediaPage.tones.ringback('US')));

describe('sound', () => {
  const it = useBrowserLab(ENTRY);

  /** Country, what is played, for how long it is listened to, and what must be heard. */
  const TONES = [
    ['ringback', 'US', 8.5, [440, 480], [2000, 4000, 2000]],
    ['ringback', 'GB', 3.7, [400, 450], [400, 200, 400, 2000, 400, 200]],
    ['ringback', 'DE', 7, [425], [1000, 4000, 1000]],
    ['ringback', 'IN', 2, [375, 400, 425], [400, 200, 400]],
    ['ringback', 'JP', 5, [384, 400, 416], [1000, 2000, 1000]],
    ['busy', 'US', 4, [480, 620], [500, 500, 500, 500, 500]],
    ['congestion', 'BR', 1.6, [425], [250, 250, 750, 250]],
  ] as const;

  test('tones have the frequencies and the rhythm of their country', async () => {
    const { page } = await it.openPage();
    for (const [kind, country, seconds, frequencies, cadence] of TONES) {
      const heard = await page.evaluate(
        ([which, where, duration]) =>
          globalThis.mediaPage.render(globalThis.mediaPage.tones[which](where), duration),
        [kind, country, seconds] as const,
      );
      const name = `${kind} ${country}`;
      expect([name, heard.frequenciesHz.length]).toEqual([name, frequencies.length]);
      for (const [index, hertz] of frequencies.entries()) {
        expect(Math.abs((heard.frequenciesHz[index] ?? 0) - hertz), name).toBeLessThanOrEqual(2);
      }
      for (const [index, ms] of cadence.entries()) {
        expect(Math.abs((heard.cadenceMs[index] ?? 0) - ms), name).toBeLessThanOrEqual(25);
      }
      expect(heard.peak, name).toBeGreaterThan(0.1);
      expect(heard.peak, name).toBeLessThan(0.16);
    }
  });

  test.each([
    ['1', [697, 1209]],
    ['0', [941, 1336]],
    ['#', [941, 1477]],
    ['D', [941, 1633]],
  ] as const)('the key %s is heard once', async (key, frequencies) => {
    const { page } = await it.openPage();
    const heard = await page.evaluate((digit) => {
      const tone = globalThis.mediaPage.tones.digit(digit);
      return tone && globalThis.mediaPage.render(tone, 0.6);
    }, key);
    expect(heard?.frequenciesHz).toHaveLength(2);
    for (const [index, hertz] of frequencies.entries()) {
      // Within 1.5 %: what a receiver must take (ITU-T Q.24).
      expect(Math.abs((heard?.frequenciesHz[index] ?? 0) / hertz - 1)).toBeLessThan(0.015);
    }
    expect(heard?.cadenceMs).toHaveLength(1);
    expect(Math.abs((heard?.cadenceMs[0] ?? 0) - 120)).toBeLessThanOrEqual(25);
  });

  test('a tone that is stopped fades without a click', async () => {
    const { page } = await it.openPage();
    const [whole, stopped] = await page.evaluate(async () => {
      const { render, tones } = globalThis.mediaPage;
      const tone = tones.ringback('US');
      return [await render(tone, 1), await render(tone, 1, 0.504)];
    });
    expect(stopped?.cadenceMs).toHaveLength(1);
    expect(Math.abs((stopped?.cadenceMs[0] ?? 0) - 510)).toBeLessThan(25);
    // No step is larger than those of the tone itself.
    expect(stopped?.step).toBeLessThan((whole?.step ?? 0) * 1.05);
  });

  test('a tone reaches the speakers until it is stopped; then the context sleeps', async () => {
    const { page, pageErrors } = await it.openPage();
    await page.evaluate(() =>
      globalThis.mediaPage.play({ frequenciesHz: [1000], cadenceMs: [], level: 0.2 }),
    );
    const heard = () => page.evaluate(() => globalThis.mediaPage.heard());
    await expect.poll(async () => (await heard()).frequency, PATIENCE).toBeCloseTo(1000, -1);
    expect(await states(page)).toEqual(['running']);
    await page.evaluate(() => globalThis.mediaPage.stopTones());
    await expect.poll(() => states(page), PATIENCE).toEqual(['suspended']);
    expect((await heard()).frequency).toBe(0);
    expect(pageErrors).toEqual([]);
  });

  test('tones, digits and meters share one context', async () => {
    const { page } = await it.openPage();
    await page.evaluate(() => {
      const { play, tones, meter } = globalThis.mediaPage;
      meter(0.5);
      play(tones.ringback('US'));
      for (const key of '123#') {
        const tone = tones.digit(key);
        if (tone) play(tone);
      }
    });
    expect(await states(page)).toHaveLength(1);
    await page.evaluate(() => globalThis.mediaPage.stopTones());
    await page.waitForTimeout(1_000);
    // The meter still needs it.
    expect(await states(page)).toEqual(['running']);
    await page.evaluate(() => globalThis.mediaPage.stopMeter());
    await expect.poll(() => states(page), PATIENCE).toEqual(['suspended']);
    // Let go and taken up again in one turn.
    await ring(page);
    await page.evaluate(() => globalThis.mediaPage.stopTones());
    await page.evaluate(() => {
      const { meter, stopMeter, play, tones } = globalThis.mediaPage;
      meter(0.5);
      stopMeter();
      play(tones.ringback('US'));
    });
    await expect.poll(() => states(page), PATIENCE).toEqual(['running']);
    await page.waitForTimeout(300);
    expect(await states(page)).toEqual(['running']);
  });

  test.each([0.5, 0.1])('a meter reads a sine of amplitude %d, and silence', async (amplitude) => {
    const { page } = await it.openPage();
    await page.evaluate((value) => globalThis.mediaPage.meter(value), amplitude);
    const level = () => page.evaluate(() => globalThis.mediaPage.level());
    await expect
      .poll(async () => Math.abs((await level()) / amplitude - 1), PATIENCE)
      .toBeLessThan(0.05);
    await page.evaluate(() => globalThis.mediaPage.setEnabled(false));
    await expect.poll(level, PATIENCE).toBe(0);
    await page.evaluate(() => globalThis.mediaPage.setEnabled(true));
    await expect.poll(level, PATIENCE).toBeGreaterThan(amplitude / 2);
    await page.evaluate(() => globalThis.mediaPage.stopMeter());
    expect(await level()).toBe(0);
  });

  test('a tone for another speaker goes there, the others stay', async () => {
    const { page } = await it.openPage();
    const other = await page.evaluate(async () => {
      await navigator.mediaDevices.getUserMedia({ audio: true });
      const devices = await navigator.mediaDevices.enumerateDevices();
      const speaker = devices.filter(({ kind }) => kind === 'audiooutput').at(-1);
      globalThis.mediaPage.play(
        { frequenciesHz: [1000], cadenceMs: [], level: 0.2 },
        speaker?.deviceId,
      );
      return speaker?.deviceId ?? '';
    });
    expect(other).not.toBe('');
    const elements = () => page.evaluate(() => globalThis.mediaPage.elements());
    await expect
      .poll(async () => (await elements()).map(({ sinkId }) => sinkId), PATIENCE)
      .toEqual([other]);
    expect((await elements())[0]?.frequency).toBeCloseTo(1000, -1);
    // Nothing of it on the context's own speaker.
    expect((await page.evaluate(() => globalThis.mediaPage.heard())).frequency).toBe(0);
    await page.evaluate(() => globalThis.mediaPage.stopTones());
    await expect.poll(elements, PATIENCE).toEqual([]);

    // The same speaker for all needs no element.
    await page.evaluate(async (id) => {
      await globalThis.mediaPage.setSink(id);
      globalThis.mediaPage.play({ frequenciesHz: [600], cadenceMs: [], level: 0.2 }, id);
    }, other);
    await expect
      .poll(
        async () => (await page.evaluate(() => globalThis.mediaPage.heard())).frequency,
        PATIENCE,
      )
      .toBeCloseTo(600, -1);
    expect(await elements()).toEqual([]);
    const refused = await page.evaluate(() =>
      globalThis.mediaPage.setSink('nowhere').then(
        () => 'taken',
        (error: DOMException) => error.name,
      ),
    );
    expect(refused).toBe('NotFoundError');
  });

  test('a context that somebody closed is replaced', async () => {
    const { page } = await it.openPage();
    await ring(page);
    await page.evaluate(() => globalThis.mediaPage.closeContext());
    await ring(page);
    await expect.poll(() => states(page), PATIENCE).toEqual(['closed', 'running']);
    await expect
      .poll(
        async () => (await page.evaluate(() => globalThis.mediaPage.heard())).decibels,
        PATIENCE,
      )
      .toBeGreaterThan(-60);
  });

  test('the sound of an address plays, and one that is none is refused', async () => {
    const { page } = await it.openPage();
    const seen = await page.evaluate(async () => {
      // 0.1 s of silence, 8 bit, 8 kHz.
      const wav = new Uint8Array(44 + 800).fill(128);
      const view = new DataView(wav.buffer);
      const text = (at: number, value: string) =>
        [...value].forEach((letter, index) => {
          view.setUint8(at + index, letter.charCodeAt(0));
        });
      text(0, 'RIFF');
      view.setUint32(4, 836, true);
      text(8, 'WAVEfmt ');
      view.setUint32(16, 16, true);
      view.setUint16(20, 1, true);
      view.setUint16(22, 1, true);
      view.setUint32(24, 8000, true);
      view.setUint32(28, 8000, true);
      view.setUint16(32, 1, true);
      view.setUint16(34, 8, true);
      text(36, 'data');
      view.setUint32(40, 800, true);
      const address = URL.createObjectURL(new Blob([wav], { type: 'audio/wav' }));
      const { playSound } = globalThis.mediaPage;
      const stop = await playSound(address, true, undefined);
      stop();
      const refusal = await playSound('/blank', true, undefined).catch(
        (error: DOMException) => error.name,
      );
      return { stops: typeof stop, refusal };
    });
    expect(seen).toEqual({ stops: 'function', refusal: 'NotSupportedError' });
  });
});

describe('before the first click', () => {
  const it = useBrowserLab(ENTRY, { autoplay: false });

  test('there is no sound, and no exception; the click brings it', async () => {
    const { page, context, pageErrors } = await it.openPage();
    const cdp = await context.newCDPSession(page);
    /** `page.evaluate` counts as a gesture; this does not. */
    const run = async (expression: string): Promise<unknown> => {
      const { result } = await cdp.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
        userGesture: false,
      });
      return result.value;
    };
    await run('mediaPage.play(mediaPage.tones.ringback("US"))');
    expect(await run('mediaPage.states.join()')).toBe('suspended');
    const [runs, tookMs] = JSON.parse(
      String(
        await run(`(async () => {
          const before = performance.now();
          const runs = await mediaPage.unlock();
          return JSON.stringify([runs, performance.now() - before]);
        })()`),
      ),
    );
    expect(runs).toBe(false);
    expect(tookMs).toBeGreaterThan(900);
    expect(tookMs).toBeLessThan(3_000);
    expect(await run('navigator.userActivation.hasBeenActive')).toBe(false);

    await page.click('button');

    await expect.poll(() => run('mediaPage.clicked'), PATIENCE).toBe(true);
    // The tone that began in silence is heard from its start.
    const heard = await page.evaluate(() => globalThis.mediaPage.heard());
    expect(heard.frequency).toBeGreaterThan(430);
    expect(heard.frequency).toBeLessThan(490);
    await page.evaluate(() => globalThis.mediaPage.stopTones());
    await expect.poll(() => states(page), PATIENCE).toEqual(['suspended']);
    expect(pageErrors).toEqual([]);
  });
});
