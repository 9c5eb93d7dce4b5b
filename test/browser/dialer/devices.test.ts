import { describe, expect, test } from 'vitest';
import { NOTHING_LEFT, useDialerLab } from './dialer-lab.js';

const NUMBER = '+12025550142';

describe.each(['telnyx', 'twilio'] as const)('devices in a call over %s', (carrier) => {
  const it = useDialerLab();

  const connect = async () => {
    const phone = it.lab.network.phone(NUMBER);
    const opened = await it.open([carrier]);
    await opened.page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await opened.page.evaluate(() =>
      globalThis.everdialPage.call.when('active').then(() => undefined),
    );
    const hears = (frequency: number) =>
      expect
        .poll(() => Math.round(phone.heard(200).frequency / 50) * 50, { timeout: 8_000 })
        .toBe(frequency);
    await hears(700);
    return { ...opened, phone, hears };
  };

  test('another microphone is heard at the phone, and the call goes on', async () => {
    const { page, setMicrophone, hears, resources } = await connect();
    await setMicrophone({ tone: 1000 });
    await page.evaluate(() => {
      const { audio } = globalThis.everdialPage.dialer;
      const device = audio.inputs.find(({ label }) => label === 'Fake Audio Input 1');
      return audio.selectInput(device?.id ?? 'not found');
    });
    await hears(1000);
    expect(await page.evaluate(() => globalThis.everdialPage.call.state)).toBe('active');
    await setMicrophone({ tone: 500 });
    await page.evaluate(() => globalThis.everdialPage.dialer.audio.selectInput('default'));
    await hears(500);
    const media = await page.evaluate(() =>
      globalThis.everdialPage.call.hangup().then((outcome) => outcome.media),
    );
    expect(media).toEqual({ released: true, tracks: 3, liveTracks: 0 });
    await page.evaluate(() => globalThis.everdialPage.dialer.close());
    await expect.poll(() => resources()).toMatchObject(NOTHING_LEFT);
  });

  test('a muted call stays muted on another microphone', async () => {
    const { page, setMicrophone, phone, hears } = await connect();
    await page.evaluate(() => globalThis.everdialPage.call.mute());
    await setMicrophone({ tone: 1000 });
    await page.evaluate(() => globalThis.everdialPage.dialer.audio.selectInput('default'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(phone.heard(300).level).toBeLessThan(0.005);
    await page.evaluate(() => globalThis.everdialPage.call.mute(false));
    await hears(1000);
  });

  test('a microphone whose track ends is replaced by itself', async () => {
    const { page, setMicrophone, hears } = await connect();
    await setMicrophone({ tone: 1000 });
    const problem = await page.evaluate(async () => {
      const { call } = globalThis.everdialPage;
      const told = new Promise<string | undefined>((resolve) => {
        call.on('problem-changed', (event) => resolve(event.problem?.code), { once: true });
      });
      globalThis.everdialLab.loseMicrophone();
      return told;
    });
    expect(problem).toBe('media/device-lost');
    await hears(1000);
    expect(await page.evaluate(() => globalThis.everdialPage.call.state)).toBe('active');
  });

  test('tells quality, security and levels from the statistics', async () => {
    const { page } = await connect();
    const seen = await page.evaluate(async () => {
      const { call } = globalThis.everdialPage;
      const sample = await new Promise<object>((resolve) => {
        let count = 0;
        call.on('quality-sample', (event) => {
          count += 1;
          if (count === 3) resolve(event.sample);
        });
      });
      const levels: number[][] = [];
      for (let index = 0; index < 5; index += 1) {
        const { input, output } = call.levels();
        levels.push([input, output]);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const security = await call.security();
      const { qualitySummary } = await call.hangup();
      return { sample, levels: levels.at(-1), security, qualitySummary };
    });
    expect(seen.sample).toMatchObject({ lossPercent: 0, relayed: false, candidateType: 'host' });
    expect(seen.sample).toHaveProperty('codec', expect.stringMatching(/^(opus|pcmu)$/i));
    expect(Number(Reflect.get(seen.sample, 'mos'))).toBeGreaterThan(4);
    for (const level of seen.levels ?? []) expect(level).toBeGreaterThan(0.01);
    expect(seen.security).toMatchObject({ verified: true, path: 'direct' });
    expect(seen.security.srtpCipher).toMatch(/AES/);
    expect(seen.security.dtlsVersion).toMatch(/^DTLS 1\.[23]$/);
    expect(seen.security.localFingerprint).toMatch(/^sha-256 ([0-9A-F]{2}:){31}/);
    expect(seen.qualitySummary).toMatchObject({ lossPercent: 0 });
  });
});

describe.each(['telnyx', 'twilio'] as const)('the truth about sound over %s', (carrier) => {
  const it = useDialerLab();

  /** Milliseconds from the answer to the first problem, and its code; then whether it clears. */
  const firstProblem = async (page: Awaited<ReturnType<typeof it.open>>['page']) =>
    page.evaluate(
      () =>
        new Promise<{ code: string; afterMs: number }>((resolve) => {
          const { call } = globalThis.everdialPage;
          call.on('problem-changed', ({ problem }) => {
            if (problem) resolve({ code: problem.code, afterMs: call.durationMs });
          });
        }),
    );

  test.each([
    ['media/not-receiving', { sound: 'to-callee' }],
    ['media/far-end-silent', { plays: 'silence' }],
  ] as const)('%s', async (code, behaviour) => {
    const phone = it.lab.network.phone(NUMBER);
    phone.behaviour = behaviour;
    const { page } = await it.open([carrier]);
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    const problem = await firstProblem(page);
    expect(problem.code).toBe(code);
    // People pause, and a line at rest is not quite silent: that the far side says nothing takes longer to tell.
    expect(problem.afterMs).toBeLessThan(code === 'media/not-receiving' ? 4_500 : 12_000);
  });

  test('sound that stops is told, and no more when it is back', async () => {
    const phone = it.lab.network.phone(NUMBER);
    const { page } = await it.open([carrier]);
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));
    phone.calls[0]?.call.media.block('to-browser');
    expect((await firstProblem(page)).code).toBe('media/not-receiving');
    phone.calls[0]?.call.media.block('none');
    await expect
      .poll(() => page.evaluate(() => globalThis.everdialPage.call.problem?.code), {
        timeout: 5_000,
      })
      .toBeUndefined();
  });

  test('a track that somebody else disables is told', async () => {
    const { page } = await it.open([carrier]);
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await page.evaluate(async () => {
      await globalThis.everdialPage.call.when('active');
      const [connection] = globalThis.everdialLab.peerConnections();
      const track = connection?.getSenders()[0]?.track;
      if (track) track.enabled = false;
    });
    expect((await firstProblem(page)).code).toBe('media/microphone-muted');
  });

  test('a disabled track of the application is silent, and told', async () => {
    const phone = it.lab.network.phone(NUMBER);
    const { page } = await it.open([carrier]);
    await page.evaluate(async (to) => {
      const input = await navigator.mediaDevices.getUserMedia({ audio: true });
      globalThis.everdialPage.dial(to, { input });
      const { call } = globalThis.everdialPage;
      await call.when('active');
      for (const track of input.getAudioTracks()) track.enabled = false;
    }, NUMBER);
    expect((await firstProblem(page)).code).toBe('media/microphone-muted');
    await expect.poll(() => phone.heard(200).level, { timeout: 5_000 }).toBeLessThan(0.005);
  });

  test('a microphone that gives only silence is told', async () => {
    const { page } = await it.open([carrier], {}, { microphone: { tone: 0 } });
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    const { code, afterMs } = await firstProblem(page);
    expect(code).toBe('media/silent-microphone');
    expect(afterMs).toBeLessThan(5_000);
  });

  test('packets that do not leave are told', async () => {
    const { page } = await it.open([carrier]);
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await page.evaluate(async () => {
      await globalThis.everdialPage.call.when('active');
      const [connection] = globalThis.everdialLab.peerConnections();
      await connection?.getSenders()[0]?.replaceTrack(null);
    });
    expect((await firstProblem(page)).code).toBe('media/not-sending');
  });

  test('a lossy line is told as poor quality, with its reason', async () => {
    const phone = it.lab.network.phone(NUMBER);
    const { page } = await it.open([carrier]);
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));
    const changed = page.evaluate(
      () =>
        new Promise<unknown[]>((resolve) => {
          globalThis.everdialPage.call.on('quality-changed', ({ quality, reasons }) => {
            if (quality === 'poor') resolve([quality, ...reasons]);
          });
        }),
    );
    phone.calls[0]?.call.media.impair?.({ loss: 0.15, jitterMs: 60 });
    const [quality, ...reasons] = await changed;
    expect(quality).toBe('poor');
    expect(reasons).toContain('loss');
  });
});
