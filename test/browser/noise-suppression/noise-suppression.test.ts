/** The example `examples/noise-suppression`, in a real Chromium under a strict policy, judged by the phone. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBrowserLab } from '../../lab/browser/browser-lab.js';
import { PAGES_ROOT, PROJECT_ROOT } from '../../lab/root.js';
import type { ProcessorName } from './suppression-page.js';

const NUMBER = '+12025550142';
const PATIENCE = { timeout: 25_000, interval: 250 };
const NOISE = { noise: 0.2, voice: 0 };
const VOICE_IN_NOISE = { noise: 0.2, voice: 3 };
const LOUD_VOICE = { noise: 0.05, voice: 8 };

/** The same page under a Content-Security-Policy. Returns its address. */
async function underPolicy(address: string, policy: string): Promise<string> {
  const page = await (await fetch(address)).text();
  const strict = new URL('strict.html', address);
  await writeFile(
    PAGES_ROOT + strict.pathname.replace('/pages/', ''),
    page.replace('<head>', `<head><meta http-equiv="content-security-policy" content="${policy}">`),
  );
  return strict.href;
}

describe('noise suppression', () => {
  const it = useBrowserLab('test/browser/noise-suppression/suppression-page.ts');

  beforeAll(async () => {
    const from = `${PROJECT_ROOT}node_modules/@sapphi-red/web-noise-suppressor/dist/`;
    await mkdir(`${PAGES_ROOT}noise`, { recursive: true });
    for (const file of ['rnnoise/workletProcessor.js', 'rnnoise.wasm', 'rnnoise_simd.wasm']) {
      await copyFile(from + file, `${PAGES_ROOT}noise/${file.split('/').at(-1)}`);
    }
  });

  const connect = async (
    processor?: ProcessorName,
    remote?: ProcessorName,
    scripts = "'self' 'wasm-unsafe-eval'",
  ) => {
    const phone = it.lab.network.phone(NUMBER);
    const { url } = it.lab.telnyx;
    const opened = await it.openPage({
      url: await underPolicy(
        it.url,
        [
          "default-src 'none'",
          `script-src ${scripts}`,
          'media-src mediastream:',
          `connect-src 'self' ${url} ${url.replace('ws', 'http')}`,
        ].join('; '),
      ),
    });
    const { page } = opened;
    await page.waitForFunction(() => globalThis.suppressionPage !== undefined);
    await page.evaluate(([host, own, far]) => globalThis.suppressionPage.create(host, own, far), [
      url,
      processor,
      remote,
    ] as const);
    await page.evaluate((sound) => globalThis.suppressionPage.hear(sound), NOISE);
    await page.evaluate((to) => globalThis.suppressionPage.dial(to), NUMBER);
    await page.evaluate(() => globalThis.suppressionPage.call.when('active').then(() => undefined));
    /** Decibels of what the phone hears. */
    const loudness = () => Math.round(20 * Math.log10(Math.max(1e-5, phone.heard(1_000).level)));
    return { ...opened, phone, loudness };
  };

  test('takes noise away, leaves the voice, and is free as soon as it is not needed', {
    timeout: 120_000,
  }, async () => {
    const { page, loudness } = await connect();
    await expect.poll(loudness, PATIENCE).toBeGreaterThan(-40);
    const noisy = loudness();

    await page.evaluate(() => globalThis.suppressionPage.process('remove-noise'));
    // How much goes, and how soon, is RNNoise's and the machine's; two thirds of the power are no accident.
    await expect.poll(loudness, PATIENCE).toBeLessThan(noisy - 5);

    await page.evaluate((sound) => globalThis.suppressionPage.hear(sound), VOICE_IN_NOISE);
    await expect.poll(loudness, PATIENCE).toBeGreaterThan(noisy - 5);
    await page.evaluate((sound) => globalThis.suppressionPage.hear(sound), NOISE);

    const nodes = () => page.evaluate(() => globalThis.suppressionPage.nodes);
    expect(await nodes()).toEqual({ made: 1, destroyed: 0 });
    await page.evaluate(() => globalThis.suppressionPage.process(undefined));
    await expect.poll(loudness, PATIENCE).toBeGreaterThan(noisy - 3);
    await expect.poll(nodes, PATIENCE).toEqual({ made: 1, destroyed: 1 });

    await page.evaluate(() => globalThis.suppressionPage.process('remove-noise'));
    await expect.poll(nodes, PATIENCE).toEqual({ made: 2, destroyed: 1 });
    const media = await page.evaluate(() =>
      globalThis.suppressionPage.call.hangup().then((outcome) => outcome.media),
    );
    expect(media).toMatchObject({ released: true, liveTracks: 0 });
    expect(await nodes()).toEqual({ made: 2, destroyed: 2 });
  });

  test('takes noise away from what is heard here, too', async () => {
    const { page, phone } = await connect(undefined, 'remove-noise');
    // The phone sends back what it hears: the noise of the room.
    phone.calls[0]?.call.media.play('echo');
    const levels = () => page.evaluate(() => globalThis.suppressionPage.farLevels());
    /** How much of what arrives is played. */
    const share = async () => {
      const { received, played } = await levels();
      return received < 0.02 ? 1 : played / received;
    };
    // Noise that came through a telephone is less like that which RNNoise has learnt: 6 dB.
    await expect.poll(share, PATIENCE).toBeLessThan(0.6);
    const { played } = await levels();
    await page.evaluate((sound) => globalThis.suppressionPage.hear(sound), LOUD_VOICE);
    await expect.poll(async () => (await levels()).played, PATIENCE).toBeGreaterThan(2 * played);
    await page.evaluate(() => globalThis.suppressionPage.call.hangup().then(() => undefined));
    expect(await page.evaluate(() => globalThis.suppressionPage.nodes)).toEqual({
      made: 1,
      destroyed: 1,
    });
  });

  test.each([
    ['throws', 'broken', "'self' 'wasm-unsafe-eval'"],
    ['may not run WebAssembly', 'remove-noise', "'self'"],
  ] as const)(
    'a processor that %s: the plain microphone is heard, and it is told',
    async (_, name, scripts) => {
      const { page, loudness } = await connect(name, undefined, scripts);
      await expect.poll(loudness, PATIENCE).toBeGreaterThan(-40);
      const seen = await page.evaluate(() => {
        const { call } = globalThis.suppressionPage;
        return { state: call.state, problem: call.problem?.code };
      });
      expect(seen).toEqual({ state: 'active', problem: 'media/processor-failed' });
    },
  );
});
