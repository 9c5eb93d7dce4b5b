import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openingAt, readHours } from '../../../../src/widget/works/opening-hours.js';

/** In a week that begins on Sunday, 4 January 2026. */
const at = (day: number, time: string): Date =>
  new Date(`2026-01-${String(4 + day).padStart(2, '0')}T${time}:00Z`);

const look = (hours: string, moment: Date, timeZone = 'UTC') => {
  const spans = readHours(hours);
  if (!spans) throw new Error(`Unreadable: ${hours}`);
  return openingAt(spans, moment, timeZone);
};

const OFFICE = 'Mo-Fr 09:00-18:00; Sa 10:00-14:00';

describe('an ordinary week', () => {
  test.each<[string, Date, boolean, number, string]>([
    ['Monday before', at(1, '08:59'), false, 1, '9:00'],
    ['Monday at nine', at(1, '09:00'), true, 1, '18:00'],
    ['Wednesday noon', at(3, '12:00'), true, 3, '18:00'],
    ['Friday to the minute', at(5, '17:59'), true, 5, '18:00'],
    ['Friday at six', at(5, '18:00'), false, 6, '10:00'],
    ['Saturday', at(6, '13:00'), true, 6, '14:00'],
    ['Saturday evening, over the end of the week', at(6, '20:00'), false, 1, '9:00'],
    ['Sunday', at(0, '00:00'), false, 1, '9:00'],
  ])('%s', (_, moment, open, day, time) => {
    expect(look(OFFICE, moment)).toEqual({ open, changes: { day, time } });
  });
});

test('several times a day', () => {
  const hours = 'Mo,We 09:00-12:00, 13:30-17:00';
  expect(look(hours, at(1, '12:15'))).toEqual({
    open: false,
    changes: { day: 1, time: '13:30' },
  });
  expect(look(hours, at(3, '16:00')).open).toBe(true);
  expect(look(hours, at(2, '10:00'))).toEqual({ open: false, changes: { day: 3, time: '9:00' } });
});

test('lists and ranges of days, also over the end of the week', () => {
  const open = (hours: string) =>
    [0, 1, 2, 3, 4, 5, 6].filter((day) => look(hours, at(day, '12:00')).open);
  expect(open('Fr-Mo 10:00-14:00')).toEqual([0, 1, 5, 6]);
  expect(open('Mo-Tu,Th,Sa-Su 10:00-14:00')).toEqual([0, 1, 2, 4, 6]);
  expect(open('We 10:00-14:00')).toEqual([3]);
  expect(open('We-We 10:00-14:00')).toEqual([3]);
});

describe('past midnight', () => {
  test('belongs to the next day', () => {
    const hours = 'Fr 20:00-02:00';
    expect(look(hours, at(5, '23:00'))).toEqual({ open: true, changes: { day: 6, time: '2:00' } });
    expect(look(hours, at(6, '01:59')).open).toBe(true);
    expect(look(hours, at(6, '02:00')).open).toBe(false);
    expect(look(hours, at(5, '01:00')).open).toBe(false);
  });

  test('and on Saturday to the next week', () => {
    const hours = 'Sa 22:00-03:00';
    expect(look(hours, at(6, '23:30'))).toEqual({ open: true, changes: { day: 0, time: '3:00' } });
    expect(look(hours, at(0, '02:59'))).toEqual({ open: true, changes: { day: 0, time: '3:00' } });
    expect(look(hours, at(0, '03:00')).open).toBe(false);
  });

  test('times that touch are one', () => {
    const hours = 'Mo 20:00-24:00; Tu 00:00-06:00';
    expect(look(hours, at(1, '21:00'))).toEqual({ open: true, changes: { day: 2, time: '6:00' } });
  });

  test('a close at 24:00 is midnight of the next day', () => {
    expect(look('Mo 20:00-24:00', at(1, '23:59'))).toEqual({
      open: true,
      changes: { day: 2, time: '0:00' },
    });
  });
});

test.each(['Mo-Su 00:00-24:00', 'Mo-Su 00:00-00:00', 'Su-Sa 12:00-12:00'])(
  'never closes: %s',
  (hours) => {
    for (const day of [0, 3, 6]) {
      expect(look(hours, at(day, '00:00'))).toEqual({ open: true, changes: undefined });
      expect(look(hours, at(day, '23:59'))).toEqual({ open: true, changes: undefined });
    }
  },
);

test('one whole day', () => {
  expect(look('Tu 00:00-24:00', at(2, '00:00'))).toEqual({
    open: true,
    changes: { day: 3, time: '0:00' },
  });
  expect(look('Tu 00:00-24:00', at(1, '23:59')).open).toBe(false);
});

describe('the time zone', () => {
  test('is that of the shop, over the change of the day', () => {
    // Sunday 23:30 in London is Monday 8:30 in Tokyo.
    expect(look('Mo 08:00-09:00', at(0, '23:30'), 'Asia/Tokyo').open).toBe(true);
    expect(look('Mo 08:00-09:00', at(0, '23:30'), 'Europe/London').open).toBe(false);
    // Saturday there is Sunday here: the week is theirs.
    expect(look('Sa 18:00-20:00', at(0, '02:30'), 'America/Los_Angeles').open).toBe(true);
    expect(look('Mo 05:00-06:00', at(1, '00:00'), 'Asia/Kathmandu').open).toBe(true);
  });

  test('follows summer time', () => {
    const open = (iso: string) => look('Mo-Su 09:00-10:00', new Date(iso), 'America/New_York').open;
    // The clocks go forward on 8 March 2026 and back on 1 November.
    expect(open('2026-03-07T14:30:00Z')).toBe(true);
    expect(open('2026-03-08T14:30:00Z')).toBe(false);
    expect(open('2026-03-08T13:30:00Z')).toBe(true);
    expect(open('2026-10-31T13:30:00Z')).toBe(true);
    expect(open('2026-11-01T13:30:00Z')).toBe(false);
    expect(open('2026-11-01T14:30:00Z')).toBe(true);
  });

  test('is the visitor’s where none is named', () => {
    const spans = readHours(OFFICE) ?? [];
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    for (const hour of ['03:00', '11:00', '20:00']) {
      expect(openingAt(spans, at(2, hour))).toEqual(openingAt(spans, at(2, hour), timeZone));
    }
  });
});

test.each([
  '',
  ' ',
  '9-5',
  '24/7',
  'Mo',
  '09:00-18:00',
  'Mo-Fr',
  'Mo-Fr 9-18',
  'Mo-Fr 09:00',
  ';',
  'Mo-Fr 09:75-18:00',
  'Mo-Fr 09:00-17:60',
  'Mo-We-Fr 09:00-18:00',
  'Mo-Xx 09:00-18:00',
  'Monday 09:00-18:00',
  'mo-fr 09:00-18:00',
  'Mo-Fr 25:00-26:00',
  'Mo-Fr 09:00-24:01',
  'Mo-Fr 09:00-18:00 PH off',
  'Mo-Fr 09:00-18:00; closed',
  'Mo-, 09:00-18:00',
  '<b>Mo</b> 09:00-18:00',
])('can not be read: %j', (hours) => {
  expect(readHours(hours)).toBeUndefined();
});

test('blanks do not matter, nor a single digit for the hour', () => {
  expect(readHours('  Mo - Fr   9:00 - 18:00 ;Sa 10:00-14:00 ')).toEqual(readHours(OFFICE));
});

test('a semicolon may end them', () => {
  expect(readHours(`${OFFICE};`)).toEqual(readHours(OFFICE));
  expect(readHours(`${OFFICE} ; `)).toEqual(readHours(OFFICE));
});

test.each([
  ['Mo', ' ', 'x'],
  ['Mo 09:00', ' ', 'x'],
  ['Mo', '-', ''],
  ['Mo 1', '1', ''],
  ['', 'Mo,', '9'],
])('reading is quick, however long it is: %j, %j …, %j', (before, middle, after) => {
  const text = before + middle.repeat(50_000) + after;
  const startedMs = performance.now();
  expect(readHours(text)).toBeUndefined();
  // One that takes the square of the length would need minutes.
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});

describe('whatever the hours are', () => {
  const days = fc
    .subarray(['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'], { minLength: 1 })
    .map((list) => list.join(','));
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const hours = fc
    .array(
      fc.tuple(days, time, time).map(([on, from, to]) => `${on} ${from}-${to}`),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((rules) => rules.join('; '));
  const minute = fc.integer({ min: 0, max: 7 * 24 * 60 - 1 });
  const WEEK = 7 * 24 * 60;
  const momentOf = (ofWeek: number): Date => new Date(at(0, '00:00').getTime() + ofWeek * 60_000);

  test('the change is a change, and the first one', () => {
    fc.assert(
      fc.property(hours, minute, (text, now) => {
        const { open, changes } = look(text, momentOf(now));
        const [hour = 0, rest = 0] = (changes?.time ?? '').split(':').map(Number);
        const then = changes ? changes.day * 24 * 60 + hour * 60 + rest : now;
        const until = changes ? (then - now + WEEK) % WEEK : WEEK;
        if (changes) expect(look(text, momentOf(then)).open).toBe(!open);
        // Looking at every minute of a week would take long.
        for (let passed = 0; passed < until; passed += 1 + Math.floor(until / 25)) {
          expect(look(text, momentOf((now + passed) % WEEK)).open).toBe(open);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('never throws, at any moment and in any zone', () => {
    const zone = fc.constantFrom('UTC', 'America/St_Johns', 'Pacific/Apia', 'Europe/Lisbon');
    const moment = fc.date({
      min: new Date('1990-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(hours, moment, zone, (text, when, timeZone) => {
        const { open, changes } = look(text, when, timeZone);
        if (!changes) expect(open).toBe(true);
        else {
          expect(changes.day).toBeOneOf([0, 1, 2, 3, 4, 5, 6]);
          expect(changes.time).toMatch(/^(1?\d|2[0-3]):[0-5]\d$/);
        }
      }),
    );
  });

  test('what is no hours is read as nothing or as something, never with an error', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^(Mo|Tu|Su|-|,|;|:| |[0-9]){0,20}$/));
    fc.assert(
      fc.property(text, minute, (written, now) => {
        const spans = readHours(written);
        if (spans) openingAt(spans, momentOf(now), 'UTC');
      }),
      { numRuns: 500 },
    );
  });
});
