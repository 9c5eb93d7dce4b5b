import { describe, expect, test } from 'vitest';
import type { AudioSnapshot, Call, CallOutcome, TimelineMark } from '../../../../src/index.js';
import { DialerError } from '../../../../src/index.js';
import { h } from '../../../../src/widget/dom/h.js';
import { ar } from '../../../../src/widget/languages/ar.js';
import { en } from '../../../../src/widget/languages/en.js';
import { drawLine } from '../../../../src/widget/panel/line.js';
import { SCENES } from '../../../../src/widget/scene.js';
import { detailsOf } from '../../../../src/widget/works/details-of.js';
import {
  clockTime,
  isConversation,
  type ModelFacts,
  modelOf,
} from '../../../../src/widget/works/model-of.js';
import { readSettings } from '../../../../src/widget/works/settings.js';

const callThat = (more: Partial<Call> = {}): Call =>
  ({
    muted: false,
    held: false,
    quality: 'good',
    durationMs: 0,
    timeline: [],
    capabilities: { hold: 'native', digits: 'rtp' },
    ...more,
  }) as unknown as Call;

const outcome = (more: Partial<CallOutcome> = {}): CallOutcome =>
  ({
    cause: 'provider-failed',
    attempts: [],
    media: { released: true, tracks: 1, liveTracks: 0 },
    ...more,
  }) as unknown as CallOutcome;

const over = (more: Partial<CallOutcome>, call: Partial<Call> = {}) =>
  callThat({ outcome: outcome(more), ...call });

const tried = (...routes: string[]) =>
  routes.map((route) => ({ route })) as unknown as CallOutcome['attempts'];

const marks = (...list: (readonly [TimelineMark['name'], number])[]): TimelineMark[] =>
  list.map(([name, atMs]) => ({ name, atMs, attempt: 1, overBudget: false }));

function model({
  attributes = {},
  ...more
}: Partial<ModelFacts> & { attributes?: Record<string, string> } = {}) {
  return modelOf({
    shape: 'floating',
    scene: 'idle',
    view: undefined,
    texts: en,
    settings: readSettings(h('div', attributes), () => undefined),
    call: undefined,
    to: attributes['to'] ?? '',
    failure: undefined,
    audio: undefined,
    openUntil: '',
    digits: '',
    rated: undefined,
    browser: 'chrome',
    details: detailsOf(undefined, undefined, undefined, false, en, 'en'),
    dialPad: undefined,
    ...more,
  });
}

test.each([
  [0, '00:00'],
  [999, '00:00'],
  [1_000, '00:01'],
  [167_000, '02:47'],
  [3_599_999, '59:59'],
  [3_600_000, '1:00:00'],
  [36_061_000, '10:01:01'],
])('%i ms are %s', (ms, expected) => {
  expect(clockTime(ms)).toBe(expected);
  expect(model({ call: callThat({ durationMs: ms }) }).time).toBe(expected);
});

test('conversation is what has a timer', () => {
  expect(SCENES.filter(isConversation)).toEqual([
    'talking',
    'muted',
    'held',
    'remotehold',
    'reconnecting',
    'poor',
    'silent',
    'micoff',
    'nothing',
    'playback',
  ]);
});

describe('name and number', () => {
  test.each([
    [{ to: '+12025550100' }, '+12025550100', '', 'tel:+12025550100'],
    [{ to: '+12025550100', name: 'Support' }, 'Support', '+12025550100', 'tel:+12025550100'],
    [{ to: 'ref:a', name: 'Support' }, 'Support', '', undefined],
    [{ to: 'ref:a' }, 'Call', '', undefined],
    [{ to: 'ref:a', phone: '+44 20 7946 0100' }, '+44 20 7946 0100', '', 'tel:+442079460100'],
    [{ to: '+12025550100', 'no-phone-link': '' }, '+12025550100', '', undefined],
    [{ to: '+12025550100,,1#', name: 'A' }, 'A', '+12025550100,,1#', 'tel:+12025550100,,1%23'],
    [{}, 'Call', '', undefined],
  ])('%j', (attributes, name, number, phoneLink) => {
    const made = model({ attributes });
    expect([made.name, made.number, made.phoneLink]).toEqual([name, number, phoneLink]);
    expect(made.words['name']).toBe(name);
  });

  test('a number that was typed is shown and offered', () => {
    const made = model({ to: '+44 20 7946 0100' });
    expect([made.name, made.phoneLink]).toEqual(['+44 20 7946 0100', 'tel:+442079460100']);
  });
});

test('the language gives its direction', () => {
  expect(model().direction).toBe('ltr');
  expect(model({ attributes: { lang: 'ar' }, texts: ar })).toMatchObject({
    lang: 'ar',
    direction: 'rtl',
  });
});

describe('can be closed', () => {
  const running = callThat();
  const done = over({ cause: 'completed' });
  test.each([
    ['floating', 'idle', undefined, true],
    ['floating', 'talking', running, true],
    ['panel', 'idle', undefined, false],
    ['panel', 'offline', undefined, false],
    ['panel', 'talking', running, false],
    ['panel', 'consent', undefined, true],
    ['panel', 'ended', done, true],
    ['agent', 'ended', done, true],
    ['agent', 'ringing', running, false],
    ['panel', 'service', undefined, true],
  ] as const)('%s %s', (shape, scene, call, expected) => {
    expect(model({ shape, scene, call }).closable).toBe(expected);
  });
});

describe('how long it rang and lasted', () => {
  test.each([
    [marks(['ringing', 1_000], ['ended', 31_400]), '30'],
    [marks(['early-media', 2_000], ['ended', 5_000]), '3'],
    [marks(['early-media', 1_000], ['ringing', 2_000], ['ended', 5_000]), '3'],
    [marks(['sent', 1_000], ['acknowledged', 2_000], ['ended', 32_000]), '30'],
    [marks(['sent', 1_000], ['ended', 32_000]), '31'],
    [marks(['sent', 1_000], ['acknowledged', 2_000], ['ringing', 5_000], ['ended', 15_000]), '10'],
    [marks(['ringing', 2_000]), '0'],
    [marks(['ended', 2_000]), '0'],
  ])('%j', (timeline, seconds) => {
    expect(model({ call: callThat({ timeline }) }).words['seconds']).toBe(seconds);
  });

  test('in words', () => {
    const words = (durationMs: number) =>
      model({ call: callThat({ durationMs }) }).words['duration']?.replace(/\s/g, ' ');
    expect(words(252_000)).toBe('4 min 12 sec');
    // As the time beside it: a second counts when it is over.
    expect(words(252_999)).toBe('4 min 12 sec');
    expect(words(999)).toBe('0 sec');
  });
});

describe('the sentence', () => {
  test('most scenes have one only', () => {
    for (const scene of SCENES) {
      if (scene === 'service' || scene === 'unreachable') continue;
      expect(model({ scene, call: over({}) }).sentence, scene).toBeUndefined();
    }
  });

  test('of the site for consent', () => {
    const made = (text: string) =>
      model({ scene: 'consent', attributes: { 'consent-text': text } }).sentence;
    expect(made('May we record?')).toBe('May we record?');
    expect(made('')).toBeUndefined();
  });

  test.each(['network', 'media-failed', 'provider-failed', 'timeout'] as const)(
    'of %s, over one line',
    (cause) => {
      const unreachable = (attempts: CallOutcome['attempts']) =>
        model({ scene: 'unreachable', call: over({ cause, attempts }) }).sentence;
      expect(unreachable([])).toBe(en[`ended.${cause}`]);
      expect(unreachable(tried('a'))).toBe(en[`ended.${cause}`]);
      // The same line with a fresh token is one line.
      expect(unreachable(tried('a', 'a'))).toBe(en[`ended.${cause}`]);
      expect(unreachable(tried('a', 'b'))).toBe(en['ended.two-lines']);
      expect(unreachable(tried('a', 'a', 'b'))).toBe(en['ended.two-lines']);
    },
  );

  test('where calling is not possible: too many, or the fault is here', () => {
    const service = (more: Partial<ModelFacts>) => model({ scene: 'service', ...more }).sentence;
    expect(service({ failure: 'config/invalid-option' })).toBe(en['ended.unauthorized']);
    expect(service({ failure: 'support/no-webrtc' })).toBe(en.noBrowser);
    expect(service({ failure: 'call/limit-reached' })).toBe(en['ended.quota']);
    expect(service({ call: over({ cause: 'unauthorized' }) })).toBe(en['ended.unauthorized']);
    expect(service({ call: over({ cause: 'quota' }) })).toBe(en['ended.quota']);
    const error = new DialerError('call/limit-reached');
    expect(service({ call: over({ cause: 'blocked', error }) })).toBe(en['ended.quota']);
  });
});

describe('controls', () => {
  const controls = (more: Parameters<typeof model>[0]) => Object.fromEntries(model(more).controls);

  test('before the answer: mute and devices, the others wait', () => {
    const made = controls({ scene: 'ringing', call: callThat() });
    expect(made).toEqual({
      mute: 'off',
      keypad: 'unavailable',
      devices: 'off',
      hold: 'unavailable',
    });
    expect(Object.keys(made)).toEqual(['mute', 'keypad', 'devices', 'hold']);
  });

  test('in the call all of them, as the carrier can', () => {
    expect(controls({ scene: 'talking', call: callThat() })).toEqual({
      mute: 'off',
      keypad: 'off',
      devices: 'off',
      hold: 'off',
    });
    const capabilities = { hold: false, digits: false } as Call['capabilities'];
    expect(controls({ scene: 'talking', call: callThat({ capabilities }) })).toMatchObject({
      keypad: 'unavailable',
      hold: 'unavailable',
    });
  });

  test('as it is: muted, held, open', () => {
    const call = callThat({ muted: true, held: true });
    expect(controls({ scene: 'held', call, view: 'keypad' })).toEqual({
      mute: 'on',
      keypad: 'on',
      devices: 'off',
      hold: 'on',
    });
    expect(controls({ scene: 'talking', call, view: 'devices' })['devices']).toBe('on');
  });

  test('the site leaves some out', () => {
    const attributes = { 'no-keypad': '', 'no-devices': '' };
    expect(Object.keys(controls({ attributes }))).toEqual(['mute', 'hold']);
  });
});

test.each([
  ['poor', 1],
  ['fair', 2],
  ['good', 3],
] as const)('quality %s has %i bars', (quality, bars) => {
  expect(model({ call: callThat({ quality }) }).quality).toBe(bars);
});

test('a quality that nobody has measured is not shown', () => {
  const bars = (quality: Call['quality']) => {
    const made = model({ scene: 'talking', call: callThat({ quality }) });
    return [made.quality, drawLine(made).querySelectorAll('.bars').length];
  };
  expect(bars('unknown')).toEqual([undefined, 0]);
  expect(bars('good')).toEqual([3, 1]);
  expect(model({ scene: 'talking' }).quality).toBeUndefined();
});

test('the receipt says what was counted, and nothing before the end', () => {
  const receipt = (released: boolean) =>
    model({ call: over({ media: { released, tracks: 1, liveTracks: released ? 0 : 1 } }) }).receipt;
  expect([receipt(true), receipt(false)]).toEqual(['off', 'on']);
  expect(model({ call: callThat() }).receipt).toBeUndefined();
  expect(model().receipt).toBeUndefined();
});

describe('devices', () => {
  const audio = (more: Partial<AudioSnapshot>): AudioSnapshot => ({
    permission: 'granted',
    inputs: [
      { id: 'default', label: 'Built-in' },
      { id: 'headset', label: '' },
    ],
    outputs: [{ id: 'loud', label: 'Speaker' }],
    input: undefined,
    output: undefined,
    canSelectOutput: true,
    microphoneLive: false,
    asking: false,
    ...more,
  });

  test('the first is picked unless another was', () => {
    expect(model({ audio: audio({}) }).devices).toEqual({
      inputs: [
        { id: 'default', label: 'Built-in', picked: true },
        { id: 'headset', label: '', picked: false },
      ],
      outputs: [{ id: 'loud', label: 'Speaker', picked: true }],
    });
    const { inputs } = model({ audio: audio({ input: { id: 'headset', label: '' } }) }).devices;
    expect(inputs.map(({ picked }) => picked)).toEqual([false, true]);
  });

  test('no speakers where the browser offers no choice, nothing without a Dialer', () => {
    expect(model({ audio: audio({ canSelectOutput: false }) }).devices.outputs).toEqual([]);
    expect(model().devices).toEqual({ inputs: [], outputs: [] });
  });
});

describe('details', () => {
  const details = (
    call: Partial<Call> | undefined,
    more: { sample?: unknown; security?: unknown; copied?: boolean; language?: string } = {},
  ) =>
    detailsOf(
      call && callThat(call),
      more.sample as Parameters<typeof detailsOf>[1],
      more.security as Parameters<typeof detailsOf>[2],
      more.copied ?? false,
      en,
      more.language ?? 'en',
    );

  test('nothing is claimed before it is known', () => {
    expect(details(undefined)).toEqual({
      carrier: '',
      encrypted: undefined,
      quality: undefined,
      mos: undefined,
      delay: undefined,
      loss: undefined,
      data: undefined,
      copied: false,
    });
    expect(details({ quality: 'unknown' }).quality).toBeUndefined();
  });

  test('the carrier by its own name, on the first line or another one', () => {
    const timeline = (attempt: number) => [
      { name: 'sent' as const, atMs: 1, attempt, overBudget: false },
    ];
    expect(details({ provider: 'telnyx', timeline: timeline(1) }).carrier).toBe(
      'Telnyx · first line',
    );
    expect(details({ provider: 'twilio', timeline: timeline(2) }).carrier).toBe(
      'Twilio · another line',
    );
    expect(details({ provider: 'acme' }).carrier).toBe('acme · first line');
  });

  test('what was measured, in the language’s way with Latin digits', () => {
    const sample = { mos: 4.23, rttMs: 84.4, lossPercent: 0.26, usedMegabytes: 1.94 };
    const plain = (value: object) => JSON.parse(JSON.stringify(value).replace(/\u00a0/g, ' '));
    expect(plain(details({}, { sample }))).toMatchObject({
      mos: '4.2 / 4.5',
      delay: '84 ms',
      loss: '0.3%',
      data: '1.9 MB',
    });
    expect(plain(details({}, { sample, language: 'de' }))).toMatchObject({ mos: '4,2 / 4,5' });
    expect(details({}, { sample, language: 'ar' }).mos).toMatch(/4.2 \/ 4.5/);
    expect(details({}, { sample: { ...sample, rttMs: undefined } }).delay).toBeUndefined();
  });

  test('encryption, quality, and that the report was copied', () => {
    expect(details({}, { security: { verified: true } }).encrypted).toBe(true);
    expect(details({}, { security: { verified: false } }).encrypted).toBe(false);
    expect(details({ quality: 'poor' }).quality).toBe('weak');
    expect(details({ quality: 'fair' }).quality).toBe('fair');
    expect(details({}, { copied: true }).copied).toBe(true);
  });
});
