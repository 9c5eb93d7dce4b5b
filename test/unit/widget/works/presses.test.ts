import { Dialer } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { testEnvironment } from 'everdial/testing';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as numbers from '../../../../src/numbers/index.js';
import { h } from '../../../../src/widget/dom/h.js';
import { en } from '../../../../src/widget/languages/en.js';
import type { Act } from '../../../../src/widget/panel/panel-model.js';
import { sceneOf } from '../../../../src/widget/scene-of.js';
import { CallDesk } from '../../../../src/widget/works/call-desk.js';
import { DialPadState } from '../../../../src/widget/works/dial-pad-state.js';
import { LazyParts } from '../../../../src/widget/works/lazy-parts.js';
import { PanelMemory } from '../../../../src/widget/works/panel-memory.js';
import { perform } from '../../../../src/widget/works/presses.js';
import { readSettings } from '../../../../src/widget/works/settings.js';

const TO = '+12025550100';
const open: CallDesk[] = [];

afterEach(() => {
  for (const desk of open.splice(0)) desk.stop();
  vi.restoreAllMocks();
});

/** Tells which speaker it was to play on instead of playing. */
class SilentParts extends LazyParts {
  readonly played: (string | undefined)[] = [];

  override async testSound(speaker: string | undefined): Promise<void> {
    this.played.push(speaker);
  }
}

function furnish({ goesOn = true, consent = false } = {}) {
  const environment = testEnvironment();
  const { clock, media } = environment;
  const line = sandbox();
  const dialer = new Dialer({ providers: [line], environment, logLevel: 'error' });
  const element = h('div', { 'consent-required': consent });
  const settings = () => readSettings(element, () => undefined);
  const did: string[] = [];
  let changes = 0;
  const onChange = () => void changes++;
  const desk = new CallDesk({
    element,
    clock,
    pageDialer: () => dialer,
    settings,
    dialOptions: () => ({}),
    onChange,
    onSample: () => undefined,
  });
  open.push(desk);
  const dialPad = new DialPadState(onChange);
  dialPad.useNumbers(numbers, 'US');
  const memory = new PanelMemory();
  const parts = new SilentParts(onChange);
  const press = (act: Act, value = '') =>
    perform(
      { act, value },
      {
        element,
        clock,
        desk,
        dialPad,
        parts,
        memory,
        settings,
        start: () => did.push('start'),
        begin: (to, again) => did.push(again ? `begin ${to} again` : `begin ${to}`),
        setOpen: (shown) => did.push(shown ? 'open' : 'small'),
        goesOn: () => goesOn,
        show: (view) => {
          did.push(`show ${view}`);
          memory.view = view;
        },
        onChange,
      },
    );
  const talk = async () => {
    memory.begin(TO);
    const call = await desk.start(TO);
    await clock.advance(3_000);
    if (call?.state !== 'active') throw new Error('No call');
    return call;
  };
  return {
    clock,
    media,
    line,
    dialer,
    element,
    desk,
    dialPad,
    memory,
    parts,
    did,
    press,
    talk,
    changes: () => changes,
  };
}

describe('calls', () => {
  test('Call and Call again', () => {
    const { did, memory, press } = furnish();
    memory.to = TO;
    press('call');
    press('again');
    expect(did).toEqual(['start', `begin ${TO}`]);
  });

  test('Try again gives the old call up', () => {
    const { did, memory, press } = furnish();
    memory.to = TO;
    press('retry');
    expect(did).toEqual([`begin ${TO} again`]);
  });

  test('Agree goes on', async () => {
    const { desk, press } = furnish({ consent: true });
    const starting = desk.start(TO);
    press('agree');
    expect((await starting)?.to).toBe(TO);
  });

  test('Hang up ends the call and leaves the panel as it is', async () => {
    const { clock, did, press, talk } = furnish();
    const call = await talk();
    press('hangup');
    await clock.advance(1_000);
    expect([call.outcome?.cause, did]).toEqual(['completed', []]);
  });

  test('Hang up before there is a call, or after it, closes', async () => {
    const { clock, desk, did, element, line, press, talk } = furnish();
    const asking = new AbortController();
    let goOn: () => void = () => undefined;
    element.addEventListener(
      'everdial:before-call',
      (event) => {
        (event as CustomEvent).detail.waitUntil(
          new Promise<void>((resolve) => {
            goOn = resolve;
          }),
        );
      },
      { signal: asking.signal },
    );
    const starting = desk.start(TO);
    press('hangup');
    goOn();
    expect(await starting).toBeUndefined();
    await clock.advance(5_000);
    expect([did, line.history]).toEqual([['small'], []]);
    asking.abort();
    const call = await talk();
    await clock.until(call.hangup());
    press('hangup');
    expect(did).toEqual(['small', 'small']);
  });

  test.each(['not-now', 'cancel', 'close'] as const)('%s ends everything', async (act) => {
    const { clock, desk, did, memory, press, talk } = furnish();
    const call = await talk();
    memory.view = 'details';
    press(act);
    await clock.advance(1_000);
    expect(call.outcome?.cause).toBe('completed');
    expect([sceneOf(desk.facts), memory.view, did]).toEqual(['idle', undefined, ['small']]);
  });

  test('made small, a call goes on; what only waits is given up', async () => {
    const goesOn = furnish();
    const call = await goesOn.talk();
    goesOn.press('minimise');
    await goesOn.clock.advance(1_000);
    expect([call.outcome, goesOn.did]).toEqual([undefined, ['small']]);

    const waits = furnish({ goesOn: false });
    const other = await waits.talk();
    waits.press('minimise');
    await waits.clock.advance(1_000);
    expect([other.outcome?.cause, waits.did]).toEqual(['completed', ['small']]);
  });

  test('opened again', () => {
    const { did, press } = furnish();
    press('expand');
    expect(did).toEqual(['open']);
  });
});

describe('controls', () => {
  test('mute and hold turn over what is the case', async () => {
    const { clock, press, talk } = furnish();
    const call = await talk();
    press('mute');
    expect(call.muted).toBe(true);
    press('mute');
    expect(call.muted).toBe(false);
    await clock.until(press('hold') as Promise<void>);
    expect(call.held).toBe(true);
    await clock.until(press('hold') as Promise<void>);
    expect(call.held).toBe(false);
  });

  test.each(['keypad', 'devices', 'details', 'country'] as const)('%s opens and closes', (act) => {
    const { did, press } = furnish();
    press(act);
    press(act);
    expect(did).toEqual([`show ${act}`, 'show undefined']);
  });

  test('one view takes the place of another', () => {
    const { did, press } = furnish();
    press('keypad');
    press('devices');
    press('back');
    expect(did).toEqual(['show keypad', 'show devices', 'show undefined']);
  });

  test('the button of a notice opens the microphones and never closes them', () => {
    const { did, press } = furnish();
    press('choose-microphone');
    press('choose-microphone');
    expect(did).toEqual(['show devices', 'show devices']);
  });

  test('without a call nothing happens, and nothing fails', () => {
    const { did, press } = furnish();
    for (const act of ['mute', 'hold', 'turn-on-sound', 'input'] as const) press(act);
    expect(did).toEqual([]);
  });
});

describe('the keypad', () => {
  test('in a call sends tones and remembers them', async () => {
    const { clock, line, memory, press, talk } = furnish();
    await talk();
    memory.view = 'keypad';
    for (const key of '12#') press('key', key);
    press('key', '+');
    await clock.advance(2_000);
    expect(memory.digits).toBe('12#');
    const sent = line.history.filter(({ event }) => event === 'digit');
    expect(sent.map(({ digit }) => digit)).toEqual(['1', '2', '#']);
  });

  test('before a call writes the number, and erases it', () => {
    const { dialPad, memory, press } = furnish();
    for (const key of '2025550100') press('key', key);
    expect(dialPad.number).toBe('+12025550100');
    expect(memory.digits).toBe('');
    press('erase');
    expect(dialPad.value).toBe('(202) 555-010');
    press('type', '+44 20 7946 0100');
    expect(dialPad.number).toBe('+442079460100');
  });

  test('a number that is left is checked', () => {
    const { dialPad, press } = furnish();
    press('type', '202');
    expect(dialPad.model(en, 'en', false).invalid).toBe(false);
    press('check');
    expect(dialPad.model(en, 'en', false).invalid).toBe(true);
  });
});

describe('the list of countries', () => {
  test('search, move, choose the active one', () => {
    const { dialPad, did, memory, press } = furnish();
    press('country');
    press('search', 'ger');
    const first = dialPad.active('en');
    press('move-country', '1');
    const second = dialPad.active('en');
    expect(second).not.toBe(first);
    press('move-country', '-1');
    expect(dialPad.active('en')).toBe(first);
    press('country', 'active');
    press('type', '1');
    expect(did).toEqual(['show country', 'show undefined']);
    expect(memory.view).toBeUndefined();
    press('search', '');
    expect(dialPad.active('en')).toBe(first);
  });

  test('choose one by its code', () => {
    const { dialPad, memory, press } = furnish();
    memory.view = 'country';
    press('country', 'GB');
    press('type', '020 7946 0100');
    expect(dialPad.number).toBe('+442079460100');
    expect(memory.view).toBeUndefined();
  });
});

describe('devices', () => {
  test('are chosen by their id', async () => {
    const { clock, dialer, media, press, talk } = furnish();
    await talk();
    media.plugIn({ kind: 'audioinput', id: 'headset', label: 'Headset' });
    media.plugIn({ kind: 'audiooutput', id: 'loud', label: 'Loud' });
    await clock.advance(2_000);
    await clock.until(press('input', 'headset') as Promise<void>);
    await clock.until(press('output', 'loud') as Promise<void>);
    expect([dialer.audio.input?.id, dialer.audio.output?.id]).toEqual(['headset', 'loud']);
  });

  test('the test sound plays on the chosen speaker', async () => {
    const { clock, media, parts, press, talk } = furnish();
    await talk();
    press('test-sound');
    media.plugIn({ kind: 'audiooutput', id: 'loud', label: 'Loud' });
    await clock.advance(2_000);
    await clock.until(press('output', 'loud') as Promise<void>);
    press('test-sound');
    expect(parts.played).toEqual([undefined, 'loud']);
  });

  test('sound that was held back is turned on', async () => {
    const { clock, desk, media, press } = furnish();
    media.setPlaybackAllowed(false);
    await desk.start(TO);
    await clock.advance(3_000);
    media.setPlaybackAllowed(true);
    expect(await clock.until(press('turn-on-sound') as Promise<boolean>)).toBe(true);
  });
});

describe('the details', () => {
  test('ask what protects the call', async () => {
    const { clock, memory, press, talk, changes } = furnish();
    const call = await talk();
    const before = changes();
    press('details');
    await clock.advance(3_000);
    expect(memory.security).toEqual(await clock.until(call.security()));
    expect(changes()).toBeGreaterThan(before);
  });

  test('the report goes to the clipboard, and that is said for 2 s', async () => {
    const { clock, memory, press, talk } = furnish();
    await talk();
    const written: string[] = [];
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => {
      written.push(text);
    });
    await clock.until(press('copy-report') as Promise<void>);
    const report = JSON.parse(written[0] ?? '');
    expect(report).toHaveProperty('calls');
    expect(memory.copied).toBe(true);
    await clock.advance(1_999);
    expect(memory.copied).toBe(true);
    await clock.advance(1);
    expect(memory.copied).toBe(false);
  });

  test('a clipboard that refuses is not called copied', async () => {
    const { clock, memory, press } = furnish();
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('refused'));
    await expect(clock.until(press('copy-report') as Promise<void>)).rejects.toThrow('refused');
    expect(memory.copied).toBe(false);
  });
});

describe('the mark', () => {
  test('is remembered and told once, with the call', async () => {
    const { element, memory, press, talk } = furnish();
    const call = await talk();
    const told: unknown[] = [];
    element.addEventListener('everdial:rated', (event) => told.push((event as CustomEvent).detail));
    press('rate', 'okay');
    expect(memory.rated).toBe('okay');
    expect(told).toEqual([{ rating: 'okay', call }]);
  });

  test('belongs to a call', () => {
    const { element, press } = furnish();
    const told: unknown[] = [];
    element.addEventListener('everdial:rated', (event) => told.push(event));
    press('rate', 'good');
    expect(told).toEqual([]);
  });
});

test('what belonged to the last call is forgotten with the next one', () => {
  const memory = new PanelMemory();
  memory.view = 'keypad';
  memory.digits = '12';
  memory.rated = 'bad';
  memory.open = true;
  memory.begin(TO);
  expect(memory).toMatchObject({ to: TO, digits: '', open: true });
  expect([memory.view, memory.rated, memory.sample, memory.security]).toEqual(
    Array(4).fill(undefined),
  );
});
