import { afterEach, describe, expect, test } from 'vitest';
import { h } from '../../../../src/widget/dom/h.js';
import { readSettings } from '../../../../src/widget/works/settings.js';

afterEach(() => document.documentElement.removeAttribute('lang'));

function read(attributes: Record<string, string | true> = {}, place?: HTMLElement) {
  const element = h('ever-dial', attributes);
  place?.append(element);
  const wrong: (readonly [string, readonly string[]])[] = [];
  const settings = readSettings(element, (name, possible) => wrong.push([name, possible]));
  return { settings, wrong };
}

test('without attributes: the usual values, and nothing is wrong', () => {
  expect(read()).toEqual({
    settings: {
      to: '',
      name: '',
      phone: '',
      tokenUrl: '',
      site: '',
      providers: [],
      label: '',
      variant: 'button',
      size: '',
      position: 'bottom-right',
      language: 'en',
      country: undefined,
      hours: '',
      timeZone: undefined,
      consentRequired: false,
      consentText: '',
      keypad: true,
      devices: true,
      shortcuts: true,
      phoneLink: true,
    },
    wrong: [],
  });
});

test('every attribute arrives', () => {
  const { settings, wrong } = read({
    to: ' +12025550100 ',
    name: 'Support',
    phone: '+44 20 7946 0100',
    'token-url': '/tokens',
    site: 'shop',
    providers: ' telnyx  twilio,sandbox ',
    label: 'Talk',
    variant: 'agent',
    size: 'small',
    position: 'top-left',
    theme: 'dark',
    lang: 'de-AT',
    country: 'gb',
    hours: 'Mo 09:00-10:00',
    'time-zone': 'Europe/London',
    'consent-required': true,
    'consent-text': 'May we?',
    'no-keypad': true,
    'no-devices': true,
    'no-shortcuts': true,
    'no-phone-link': true,
  });
  expect(wrong).toEqual([]);
  expect(settings).toEqual({
    to: '+12025550100',
    name: 'Support',
    phone: '+44 20 7946 0100',
    tokenUrl: '/tokens',
    site: 'shop',
    providers: ['telnyx', 'twilio', 'sandbox'],
    label: 'Talk',
    variant: 'agent',
    size: 'small',
    position: 'top-left',
    language: 'de',
    country: 'GB',
    hours: 'Mo 09:00-10:00',
    timeZone: 'Europe/London',
    consentRequired: true,
    consentText: 'May we?',
    keypad: false,
    devices: false,
    shortcuts: false,
    phoneLink: false,
  });
});

describe('a value that is not possible', () => {
  test('counts as missing and is told, each attribute once', () => {
    const { settings, wrong } = read({
      variant: 'modal',
      size: 'huge',
      position: 'left',
      theme: 'night',
      country: 'Germany',
    });
    expect(settings).toMatchObject({
      variant: 'button',
      size: '',
      position: 'bottom-right',
      country: undefined,
    });
    expect(wrong.map(([name]) => name).sort()).toEqual([
      'country',
      'position',
      'size',
      'theme',
      'variant',
    ]);
    expect(Object.fromEntries(wrong)['variant']).toEqual([
      'button',
      'floating',
      'panel',
      'bar',
      'agent',
    ]);
  });

  test.each(['', '  '])('but %j is the usual one', (value) => {
    const { settings, wrong } = read({ variant: value, theme: value, country: value });
    expect(settings.variant).toBe('button');
    expect(wrong).toEqual([]);
  });
});

describe('the time zone', () => {
  test.each(['Europe/Paris', 'UTC', 'America/Argentina/Buenos_Aires'])('%s is known', (name) => {
    const { settings, wrong } = read({ 'time-zone': name });
    expect([settings.timeZone, wrong]).toEqual([name, []]);
  });

  test.each(['Mars/Olympus', 'Paris', 'Europe/', '<b>'])('%s is told and not used', (name) => {
    const { settings, wrong } = read({ 'time-zone': name });
    expect(settings.timeZone).toBeUndefined();
    expect(wrong.map(([attribute]) => attribute)).toEqual(['time-zone']);
  });
});

describe('yes and no', () => {
  const NAMES = [
    ['consent-required', 'consentRequired', true],
    ['no-keypad', 'keypad', false],
    ['no-devices', 'devices', false],
    ['no-shortcuts', 'shortcuts', false],
    ['no-phone-link', 'phoneLink', false],
  ] as const;

  test.each(NAMES)('%s', (attribute, key, whenOn) => {
    expect(read().settings[key]).toBe(!whenOn);
    expect(read({ [attribute]: '' }).settings[key]).toBe(whenOn);
    expect(read({ [attribute]: 'true' }).settings[key]).toBe(whenOn);
    expect(read({ [attribute]: attribute }).settings[key]).toBe(whenOn);
    expect(read({ [attribute]: 'false' }).settings[key]).toBe(!whenOn);
  });
});

describe('the number for an ordinary phone', () => {
  test('is what is called', () => {
    expect(read({ to: '+12025550100' }).settings.phone).toBe('+12025550100');
  });

  test('but not a reference', () => {
    expect(read({ to: 'ref:support' }).settings).toMatchObject({ to: 'ref:support', phone: '' });
    expect(read({ to: 'ref:support', phone: '+12025550101' }).settings.phone).toBe('+12025550101');
  });
});

describe('the language', () => {
  test('is its own, else that of what is around it, else English', () => {
    const place = h('div', { lang: 'fr-CA' });
    expect(read({}, place).settings.language).toBe('fr');
    expect(read({ lang: 'ar' }, place).settings.language).toBe('ar');
    expect(read({ lang: 'tlh' }, place).settings.language).toBe('en');
  });

  test('of the page counts', () => {
    document.documentElement.lang = 'ja';
    expect(read({}, document.body).settings.language).toBe('ja');
    document.body.replaceChildren();
  });
});
