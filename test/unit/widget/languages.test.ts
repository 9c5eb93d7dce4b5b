import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { transformSync } from 'esbuild';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { type EverdialTexts, en } from '../../../src/widget/languages/en.js';
import { es } from '../../../src/widget/languages/es.js';
import {
  chooseLanguage,
  direction,
  duration,
  LANGUAGES,
  type LanguageCode,
  loadLanguage,
} from '../../../src/widget/languages/index.js';

type Key = keyof EverdialTexts;

const KEYS = Object.keys(en) as Key[];
const OTHERS = LANGUAGES.filter((code) => code !== 'en');

/** Words that are spelt as in English. */
const SAME_AS_ENGLISH: Readonly<Partial<Record<LanguageCode, readonly Key[]>>> = {
  de: ['devices'],
  es: ['devices'],
  fr: ['devices'],
};

/** Under an icon: two lines of about twelve characters. */
const CONTROLS: readonly Key[] = [
  'mute',
  'unmute',
  'hold',
  'resume',
  'keypad',
  'hideKeypad',
  'devices',
];

/** On a button: about 24 characters. */
const ACTIONS: readonly Key[] = [
  'call',
  'callNow',
  'hangup',
  'cancel',
  'redial',
  'close',
  'retry',
  'agree',
  'notNow',
  'usePhone',
  'backToCall',
  'chooseMicrophone',
  'turnOnSound',
  'copyReport',
  'testSound',
  'details',
];

const placeholders = (text: string): string[] => (text.match(/\{\w*\}/g) ?? []).sort();

/** Characters as a person counts them: a Devanagari letter and its vowel sign are one. */
const letters = (text: string): number => [...new Intl.Segmenter().segment(text)].length;

/** Letters of Japanese and Chinese are as wide as two Latin ones. */
const width = (code: LanguageCode, text: string): number =>
  letters(text) * (code === 'ja' || code === 'zh' ? 2 : 1);

/** The keys whose text breaks a rule, with the text: what a failing test shows. */
const breaking = (
  texts: EverdialTexts,
  keys: readonly Key[],
  isBroken: (text: string, key: Key) => boolean,
): string[] =>
  keys.filter((key) => isBroken(texts[key], key)).map((key) => `${key}: ${texts[key]}`);

describe.each(LANGUAGES)('the words in %s', async (code) => {
  const texts = await loadLanguage(code);
  const find = (keys: readonly Key[], isBroken: (text: string, key: Key) => boolean): string[] =>
    breaking(texts, keys, isBroken);

  test('are those of English', () => {
    expect(Object.keys(texts).sort()).toEqual([...KEYS].sort());
  });

  test('keep the placeholders', () => {
    for (const key of KEYS) {
      expect(placeholders(texts[key]), key).toEqual(placeholders(en[key]));
      expect(texts[key].replace(/\{\w+\}/g, ''), key).not.toMatch(/[{}]/);
    }
  });

  test('are never empty, padded or doubly spaced', () => {
    expect(find(KEYS, (text) => text.trim() !== text || text === '' || /\s\s/.test(text))).toEqual(
      [],
    );
  });

  test('have three steps for every browser, each of them a sentence', () => {
    for (const key of KEYS.filter((name) => name.startsWith('steps.'))) {
      const lines = texts[key].split('\n');
      expect(lines, key).toHaveLength(3);
      for (const line of lines) expect(line, key).toMatch(/\S[.。।]$/u);
    }
  });

  test('name the button of the last step as it is written on the button', () => {
    const steps = KEYS.filter((key) => key.startsWith('steps.'));
    expect(find(steps, (text) => !text.split('\n')[2]?.includes(texts.retry))).toEqual([]);
  });

  test('never shout and never use ASCII quotes or three dots', () => {
    expect(find(KEYS, (text) => /[!！¡"']|\.\.\./u.test(text))).toEqual([]);
  });

  test('use Latin digits only', () => {
    expect(find(KEYS, (text) => /\p{Nd}/u.test(text.replace(/[0-9]/g, '')))).toEqual([]);
  });

  test('have headlines of seven words or of that shortness', () => {
    const titles = KEYS.filter((key) => key.startsWith('title.'));
    expect(find(titles, (text) => text.split(/\s/).length > 7 || width(code, text) > 42)).toEqual(
      [],
    );
  });

  test('fit below the controls and on the buttons', () => {
    expect(
      find(CONTROLS, (text) => text.split(' ').some((word) => width(code, word) > 12)),
    ).toEqual([]);
    expect(find(CONTROLS, (text) => width(code, text) > 24)).toEqual([]);
    expect(find(ACTIONS, (text) => width(code, text) > 24)).toEqual([]);
  });

  test('end sentences and only those with a full stop', () => {
    const sentences = KEYS.filter((key) => /^(text|ended|say)\./.test(key) && /[.]$/.test(en[key]));
    expect(find(sentences, (text) => !/[.。।]$/u.test(text))).toEqual([]);
    const titles = KEYS.filter((key) => key.startsWith('title.'));
    expect(find(titles, (text) => /[.。।]$/u.test(text))).toEqual([]);
  });

  test('cost at most 3.5 kB', () => {
    const source = readFileSync(`src/widget/languages/${code}.ts`, 'utf8');
    const { code: script } = transformSync(source, {
      loader: 'ts',
      minify: true,
      format: 'esm',
      charset: 'utf8',
    });
    expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(3500);
  });
});

test.each(OTHERS)('nothing is left in English in %s', async (code) => {
  const texts = await loadLanguage(code);
  const same = KEYS.filter((key) => texts[key] === en[key]);
  // `ended.completed` is a placeholder and nothing else.
  expect(same).toEqual([...(SAME_AS_ENGLISH[code] ?? []), 'ended.completed']);
});

test('the weekday and the time stand as people say them', async () => {
  const day = (code: LanguageCode): string =>
    new Intl.DateTimeFormat(code, { weekday: 'long', timeZone: 'UTC' }).format(
      Date.UTC(2024, 0, 1),
    );
  const sentences = Object.fromEntries(
    await Promise.all(
      LANGUAGES.map(async (code) => {
        const { opens } = await loadLanguage(code);
        return [code, opens.replace('{day}', day(code)).replace('{time}', '9:00')] as const;
      }),
    ),
  );
  expect(sentences).toEqual({
    en: 'Opens Monday at 9:00',
    ar: 'نفتح يوم الاثنين الساعة 9:00',
    de: 'Öffnet Montag um 9:00 Uhr',
    es: 'Abre el lunes a las 9:00',
    fr: 'Ouvre lundi à 9:00',
    hi: 'सोमवार को 9:00 बजे खुलेगा',
    ja: '月曜日 9:00 から受付',
    pt: 'Abre segunda-feira às 9:00',
    zh: '星期一 9:00 开始服务',
  });
});

test('Arabic isolates a phone number, so that its groups keep their order', async () => {
  const texts = await loadLanguage('ar');
  const keys = KEYS.filter((key) => en[key].includes('{number}'));
  expect(keys.length).toBeGreaterThan(0);
  expect(breaking(texts, keys, (text) => !text.includes('\u2066{number}\u2069'))).toEqual([]);
});

test('French sets its spaces before the signs that need them', async () => {
  const texts = await loadLanguage('fr');
  const broken = /[^\u00a0]:|[^\u202f][?;]|«[^\u00a0]|[^\u00a0]»/u;
  expect(breaking(texts, KEYS, (text) => broken.test(text))).toEqual([]);
});

test('a missing word fails the build', () => {
  const { call: _missing, ...rest } = es;
  // @ts-expect-error
  const incomplete: EverdialTexts = rest;
  // @ts-expect-error
  const misspelt: EverdialTexts = { ...es, 'title.bussy': 'Ocupado' };
  expect(Object.keys(incomplete)).toHaveLength(KEYS.length - 1);
  expect(Object.keys(misspelt)).toHaveLength(KEYS.length + 1);
  expectTypeOf(es).toEqualTypeOf<EverdialTexts>();
});

describe('chooseLanguage', () => {
  test.each<[string | undefined, LanguageCode]>([
    ['en', 'en'],
    ['de', 'de'],
    ['DE', 'de'],
    ['pt-BR', 'pt'],
    ['pt-PT', 'pt'],
    ['zh-Hant', 'zh'],
    ['zh-Hans-CN', 'zh'],
    ['ar-EG', 'ar'],
    ['ar-EG-u-nu-arab', 'ar'],
    ['es-419', 'es'],
    ['cmn', 'zh'],
    ['fi', 'en'],
    ['haw', 'en'],
    ['toString', 'en'],
    ['__proto__', 'en'],
    ['de_DE', 'en'],
    ['', 'en'],
    [' ', 'en'],
    ['-', 'en'],
    ['*', 'en'],
    ['x-klingon', 'en'],
    ['<b>de</b>', 'en'],
    [undefined, 'en'],
  ])('%j gives %s', (wanted, expected) => {
    expect(chooseLanguage(wanted)).toBe(expected);
  });

  test('a tag without end is not one', () => {
    expect(chooseLanguage('de-'.repeat(10_000))).toBe('en');
  });
});

test('only Arabic runs from right to left', () => {
  expect(LANGUAGES.filter((code) => direction(code) === 'rtl')).toEqual(['ar']);
});

describe('duration', () => {
  test.each<[LanguageCode, string]>([
    ['en', '4 min 12 sec'],
    ['de', '4 Min. 12 Sek.'],
    ['fr', '4 min 12 s'],
    ['ar', '4 د 12 ث'],
    ['hi', '4 मि॰ 12 से॰'],
    ['ja', '4 分 12 秒'],
  ])('in %s', (code, expected) => {
    expect(duration(code, 252).replace(/[\u00a0\u202f]/g, ' ')).toBe(expected);
  });

  test('leaves out the minutes when there are none', () => {
    expect(duration('en', 59.9)).toBe('59 sec');
    expect(duration('en', 60)).toBe('1 min 0 sec');
    expect(duration('en', 0)).toBe('0 sec');
    expect(duration('en', -3)).toBe('0 sec');
  });
});
