import { describe, expect, test } from 'vitest';
import * as numbers from '../../../../src/numbers/index.js';
import { en } from '../../../../src/widget/languages/en.js';
import { DialPadState } from '../../../../src/widget/works/dial-pad-state.js';

function pad(country: string | undefined = 'US') {
  let changes = 0;
  const state = new DialPadState(() => {
    changes += 1;
  });
  state.useNumbers(numbers, country);
  const model = (listOpen = false) => state.model(en, 'en', listOpen);
  return { state, model, changes: () => changes };
}

describe('before the plans of the countries have come', () => {
  test('typing is kept, at most 64 characters, and nothing can be dialled', () => {
    const state = new DialPadState(() => undefined);
    state.add('4');
    state.add('1');
    expect(state.value).toBe('41');
    expect(state.number).toBeUndefined();
    expect(state.written('+12025550100')).toBe('+12025550100');
    expect(state.model(en, 'en', true)).toMatchObject({
      value: '41',
      callingCode: '',
      help: '',
      invalid: false,
      callable: false,
      countries: [],
      active: undefined,
    });
    state.type('1'.repeat(100));
    expect(state.value).toHaveLength(64);
  });

  test('what was typed is formatted when they come', () => {
    const state = new DialPadState(() => undefined);
    state.type('2025550100');
    state.useNumbers(numbers, 'US');
    expect(state.value).toBe('(202) 555-0100');
    expect(state.number).toBe('+12025550100');
  });
});

describe('typing', () => {
  test('formats and tells each change', () => {
    const { state, model, changes } = pad();
    const before = changes();
    for (const key of '4155550123') state.add(key);
    expect(changes()).toBe(before + 10);
    expect(model()).toMatchObject({
      value: '(415) 555-0123',
      callable: true,
      help: 'United States',
      invalid: false,
      country: 'US',
      callingCode: '+1',
    });
    expect(state.number).toBe('+14155550123');
  });

  test('the key that deletes takes a digit each time, down to nothing', () => {
    const { state } = pad();
    state.type('+44 20 7946 0100');
    const lengths: number[] = [];
    for (let left = 12; left >= 0; left -= 1) {
      lengths.push(state.value.replace(/\D/g, '').length);
      state.erase();
    }
    expect(lengths).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(state.value).toBe('');
  });

  test('digits to send after the answer stand behind the number', () => {
    const { state } = pad();
    state.type('+1 202 555 0100 ext. 42');
    expect(state.number).toBe('+12025550100,,42');
  });

  test('the name of the country called, not the chosen one', () => {
    const { state, model } = pad('US');
    state.type('+442079460100');
    expect(model()).toMatchObject({ help: 'United Kingdom', invalid: false, country: 'US' });
  });
});

describe('what is wrong', () => {
  test('too short is said only once somebody thinks that it is complete', () => {
    const { state, model } = pad();
    state.type('202555');
    expect(model()).toMatchObject({ help: 'United States', invalid: false, callable: false });
    state.check();
    expect(model()).toMatchObject({
      help: 'This number is too short for United States.',
      invalid: true,
    });
    state.add('0');
    expect(model().invalid).toBe(false);
  });

  test.each([
    ['20255501001234', en.tooLong.replace('{country}', 'United States')],
    ['911', en.emergency],
    ['611', en.shortCode],
    ['hello', en.notANumber],
    ['1234567890', en.notInUse.replace('{country}', 'United States')],
    ['+1 900 555 0123', en.premium],
  ])('%s', (typed, help) => {
    const { state, model } = pad();
    state.type(typed);
    expect(model()).toMatchObject({ help, invalid: true });
  });

  test('a dear number can be called, the others not', () => {
    const { state, model } = pad();
    state.type('+19005550123');
    expect(model().callable).toBe(true);
    for (const typed of ['911', '611', 'hello', '202', '']) {
      state.type(typed);
      expect([typed, model().callable, state.number]).toEqual([typed, false, undefined]);
    }
  });

  test('nothing typed is nothing wrong, even when checked', () => {
    const { state, model } = pad();
    state.check();
    expect(model()).toMatchObject({ help: '', invalid: false, callable: false });
  });
});

describe('the country', () => {
  test('another one reads the same digits anew', () => {
    const { state, model } = pad('US');
    state.type('02079460100');
    expect(state.number).toBeUndefined();
    state.chooseCountry('GB');
    expect(model()).toMatchObject({ country: 'GB', callingCode: '+44', value: '020 7946 0100' });
    expect(state.number).toBe('+442079460100');
  });

  test('that the person chose stays when the plans come again', () => {
    const { state, model } = pad('US');
    state.chooseCountry('GB');
    state.useNumbers(numbers, 'US');
    expect(model().country).toBe('GB');
  });

  test('that the page changes later has effect, and has not undone what was typed', () => {
    const { state, model } = pad('US');
    state.type('02079460100');
    state.useNumbers(numbers, 'GB');
    expect(model()).toMatchObject({ country: 'GB', value: '020 7946 0100', callable: true });
    state.useNumbers(numbers, undefined);
    expect(model().country).toBe('GB');
  });

  test('that comes again does not forget that the number was checked', () => {
    const { state, model } = pad('US');
    state.type('202555');
    state.check();
    for (const country of ['US', undefined]) {
      state.useNumbers(numbers, country);
      expect(model().invalid).toBe(true);
    }
  });

  test('none given: what the browser suggests', () => {
    const state = new DialPadState(() => undefined);
    state.useNumbers(numbers, undefined);
    expect(state.model(en, 'en', false).country).toBe(numbers.guessCountry());
  });
});

describe('the list of countries', () => {
  const codes = (model: { countries: readonly { code: string }[] }) =>
    model.countries.map(({ code }) => code);

  test('is empty until it is open, then whole and at the chosen country', () => {
    const { model } = pad('GB');
    expect(model(false)).toMatchObject({ countries: [], active: undefined });
    expect(model(true).countries).toEqual(numbers.listCountries('en'));
    expect(model(true).active).toBe('GB');
  });

  test.each([
    ['ger', ['DZ', 'DE', 'NE', 'NG']],
    ['GERMANY', ['DE']],
    ['cote', ['CI']],
    [' côte ', ['CI']],
    ['+49', ['DE']],
    ['49', ['DE']],
    ['gb', ['GB']],
    ['nowhere', []],
  ])('search for %j', (search, expected) => {
    const { state, model } = pad();
    state.search(search);
    expect(codes(model(true)).sort()).toEqual([...expected].sort());
    expect(model(true).search).toBe(search);
    expect(model(true).active).toBe(codes(model(true))[0]);
  });

  test('arrows move line by line and stop at the ends', () => {
    const { state, model } = pad('GB');
    const all = codes(model(true));
    const at = all.indexOf('GB');
    state.move(1, 'en');
    expect(model(true).active).toBe(all[at + 1]);
    state.move(-2, 'en');
    expect(model(true).active).toBe(all[at - 1]);
    state.move(-1_000, 'en');
    expect(model(true).active).toBe(all[0]);
    state.move(1_000, 'en');
    expect(model(true).active).toBe(all.at(-1));
  });

  test('a choice ends the search', () => {
    const { state, model } = pad();
    state.search('ger');
    state.move(1, 'en');
    state.chooseCountry('DE');
    expect(model(true)).toMatchObject({ search: '', active: 'DE', country: 'DE' });
  });

  test('an empty list has nothing to stand on', () => {
    const { state } = pad();
    state.search('nowhere');
    state.move(1, 'en');
    expect(state.active('en')).toBeUndefined();
  });
});

test('numbers are written as people write them, references are left alone', () => {
  const { state } = pad();
  expect(state.written('+14155550123')).toBe(numbers.formatNumber('+14155550123'));
  expect(state.written('ref:support')).toBe('ref:support');
  expect(state.written('')).toBe('');
});
