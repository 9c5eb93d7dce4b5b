import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useDialerLab } from '../browser/dialer/dialer-lab.js';
import { type Pulse, startPulse } from './lab/pulse.js';
import { reasonToSkip, suiteName } from './tools.js';

const NUMBER = '+12025550142';
/** The browser's voice processing takes a steady tone for noise. */
const RAW = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const reason = reasonToSkip('sound');

describe.skipIf(reason)(suiteName('real microphones and speakers', reason), () => {
  let pulse: Pulse;
  beforeAll(async () => {
    pulse = await startPulse();
    for (const name of ['Mic_One', 'Mic_Two']) await pulse.plugMicrophone(name);
    for (const name of ['Speaker_One', 'Speaker_Two']) await pulse.plugSpeaker(name);
    await pulse.choose('Mic_One');
    await pulse.choose('Speaker_One');
  });
  afterAll(() => pulse?.close());
  const it = useDialerLab({
    devices: false,
    audible: true,
    get env() {
      return pulse.env;
    },
  });
  beforeEach(() => {
    pulse.speak('Mic_One', 700);
    pulse.speak('Mic_Two', 1200);
  });
  afterEach(() => {
    for (const name of ['Mic_One', 'Mic_Two']) pulse.speak(name, 0);
  });

  const open = async () => {
    const opened = await it.open(['telnyx'], { audio: RAW }, { microphone: 'device' });
    const { page } = opened;
    const phone = it.lab.network.phone(NUMBER);
    const hears = (frequency: number) =>
      expect
        .poll(() => Math.round(phone.heard(200).frequency / 50) * 50, { timeout: 10_000 })
        .toBe(frequency);
    const select = (kind: 'inputs' | 'outputs', label: string) =>
      page.evaluate(
        async ([list, name]) => {
          const { audio } = globalThis.everdialPage.dialer;
          const id = audio[list].find((device) => device.label === name)?.id ?? 'not found';
          await (list === 'inputs' ? audio.selectInput(id) : audio.selectOutput(id));
        },
        [kind, label] as const,
      );
    /** Chromium looks for devices when somebody asks; a real machine tells it. */
    const kick = () =>
      page.evaluate(() => navigator.mediaDevices.enumerateDevices().then(() => undefined));
    const problem = (timeout = 8_000) => ({
      is: (code: string | undefined) =>
        expect
          .poll(() => page.evaluate(() => globalThis.everdialPage.call.problem?.code), { timeout })
          .toBe(code),
    });
    const dial = async () => {
      await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
      await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));
    };
    await page.evaluate(() => globalThis.everdialPage.dialer.audio.requestPermission());
    return { ...opened, phone, hears, select, kick, problem, dial };
  };
  const state = (page: Awaited<ReturnType<typeof open>>['page']) =>
    page.evaluate(() => globalThis.everdialPage.call.state);

  test('are listed by name, and the chosen microphone is the one the phone hears', async () => {
    const { page, select, dial, hears } = await open();
    const names = await page.evaluate(() => {
      const { inputs, outputs } = globalThis.everdialPage.dialer.audio;
      return [...inputs, ...outputs].map(({ label }) => label);
    });
    expect(names).toEqual(
      expect.arrayContaining(['Mic_One', 'Mic_Two', 'Speaker_One', 'Speaker_Two']),
    );
    await select('inputs', 'Mic_Two');
    await dial();
    await hears(1200);
    await select('inputs', 'Mic_One');
    await hears(700);
    expect(await pulse.captures()).toBe(1);
    await page.evaluate(() => globalThis.everdialPage.call.hangup().then(() => undefined));
    await expect.poll(() => pulse.captures()).toBe(0);
  });

  test('a muted call stays muted on another microphone', async () => {
    const { page, select, dial, hears, phone } = await open();
    await dial();
    await hears(700);
    await page.evaluate(() => globalThis.everdialPage.call.mute());
    await select('inputs', 'Mic_Two');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(phone.heard(300).level).toBeLessThan(0.005);
    await page.evaluate(() => globalThis.everdialPage.call.mute(false));
    await hears(1200);
  });

  test('one that is pulled out in a call is replaced, and the person is told', async () => {
    const { page, select, dial, hears, kick, problem } = await open();
    await select('inputs', 'Mic_Two');
    await dial();
    await hears(1200);
    await pulse.unplug('Mic_Two');
    try {
      await kick();
      await problem().is('media/device-lost');
      await hears(700);
      expect(await state(page)).toBe('active');
    } finally {
      await pulse.plugMicrophone('Mic_Two');
    }
  });

  test('a headset that is plugged in is told once, and can be used in the call', async () => {
    const { page, select, dial, hears, kick } = await open();
    await dial();
    await page.evaluate(() => {
      const told: string[][] = [];
      Object.assign(globalThis, { told });
      globalThis.everdialPage.dialer.on('audio-changed', ({ added }) => {
        told.push(added.map(({ label }) => label));
      });
    });
    await pulse.plugMicrophone('Headset');
    pulse.speak('Headset', 1600);
    try {
      await kick();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const told = await page.evaluate(() => Reflect.get(globalThis, 'told') as string[][]);
      expect(told).toHaveLength(1);
      expect(told[0]).toContain('Headset');
      await select('inputs', 'Headset');
      await hears(1600);
    } finally {
      await pulse.unplug('Headset');
    }
  });

  test('one that the system mutes is told, and no more when it is open again', async () => {
    const { dial, hears, problem } = await open();
    await dial();
    await hears(700);
    await pulse.mute('Mic_One', true);
    try {
      await problem(5_000).is('media/microphone-muted');
    } finally {
      await pulse.mute('Mic_One', false);
    }
    await problem().is(undefined);
    await hears(700);
  });

  test('the wrong one, which hears nothing, is told', async () => {
    const { select, dial, problem } = await open();
    pulse.speak('Mic_Two', 0);
    await select('inputs', 'Mic_Two');
    await dial();
    await problem(6_000).is('media/silent-microphone');
    await select('inputs', 'Mic_One');
    await problem().is(undefined);
  });

  test('the far side is heard on the chosen speaker, and on the system’s when that is pulled out', async () => {
    const { select, dial, kick } = await open();
    const plays = (speaker: string, frequency: number) =>
      expect
        .poll(async () => Math.round((await pulse.hear(speaker)) / 50) * 50, { timeout: 10_000 })
        .toBe(frequency);
    await dial();
    await plays('Speaker_One', 1400);
    await select('outputs', 'Speaker_Two');
    await plays('Speaker_Two', 1400);
    await plays('Speaker_One', 0);
    await pulse.unplug('Speaker_Two');
    try {
      await kick();
      await plays('Speaker_One', 1400);
    } finally {
      await pulse.plugSpeaker('Speaker_Two');
    }
  });

  // The last: it takes the server with it.
  test('a crash of the audio server is told, and the call can be ended', async () => {
    const { page, dial, hears, problem } = await open();
    await dial();
    await hears(700);
    await pulse.crash();
    await problem().is('media/device-lost');
    expect(await state(page)).toBe('active');
    const media = await page.evaluate(() =>
      globalThis.everdialPage.call.hangup().then((outcome) => outcome.media),
    );
    expect(media).toMatchObject({ released: true, liveTracks: 0 });
  });
});

describe('a machine without any microphone', () => {
  const it = useDialerLab({ devices: false, env: { PULSE_SERVER: 'unix:/nowhere/native' } });

  test('says so, and nothing is dialled', async () => {
    const { page } = await it.open(['telnyx'], {}, { microphone: 'device' });
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    const outcome = await page.evaluate(() =>
      globalThis.everdialPage.call
        .when('ended')
        .then(({ cause, error }) => ({ cause, code: error?.code, remedy: error?.remedy })),
    );
    expect(outcome).toEqual({
      cause: 'no-device',
      code: 'media/device-not-found',
      remedy: 'Connect a microphone or headset, or choose another one, then call again.',
    });
    expect(it.lab.network.rings(NUMBER)).toBe(0);
  });
});
