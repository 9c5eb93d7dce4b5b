/** Whether it is open, and when that changes. */
export interface Opening {
  /** Whether it is open now. */
  readonly open: boolean;
  /** When that changes: weekday (0 Sunday … 6 Saturday) and time; `undefined` when it never does. */
  readonly changes: { readonly day: number; readonly time: string } | undefined;
}

const DAYS = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];
const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/** Minutes of the week, from Sunday midnight, in which it is open: from, to. */
type Span = readonly [number, number];

/**
 * Reads opening hours in the notation of schema.org and OpenStreetMap: `Mo-Fr 09:00-18:00; Sa 10:00-14:00`. Days may be ranges and
 * lists, a day may have several times, a time may go past midnight.
 * @returns undefined for what can not be read
 */
export function readHours(text: string): readonly Span[] | undefined {
  const spans: Span[] = [];
  for (const rule of text.split(';').filter((part) => part.trim() !== '')) {
    const at = rule.search(/\d/);
    const days = at > 0 && daysOf(rule.slice(0, at));
    if (!days) return undefined;
    for (const time of rule.slice(at).split(',')) {
      const [, h1, m1, h2, m2] = /^\s*(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)\s*$/.exec(time) ?? [];
      if (m2 === undefined) return undefined;
      const from = Number(h1) * 60 + Number(m1);
      const to = Number(h2) * 60 + Number(m2);
      if (from > DAY_MINUTES || to > DAY_MINUTES || Number(m1) > 59 || Number(m2) > 59) {
        return undefined;
      }
      for (const day of days) {
        const start = day * DAY_MINUTES;
        spans.push([start + from, start + (to > from ? to : to + DAY_MINUTES)]);
      }
    }
  }
  return spans.length > 0 ? spans : undefined;
}

function daysOf(list: string): readonly number[] | undefined {
  const days: number[] = [];
  for (const part of list.split(',')) {
    const names = part.split('-').map((name) => DAYS.indexOf(name.trim()));
    const [first = -1, last = first] = names;
    if (names.length > 2 || first < 0 || last < 0) return undefined;
    for (let day = first; ; day = (day + 1) % 7) {
      days.push(day);
      if (day === last) break;
    }
  }
  return days;
}

/** Whether it is open at this moment, given what {@link readHours} has read. */
export function openingAt(spans: readonly Span[], moment: Date, timeZone?: string): Opening {
  const now = minuteOfWeek(moment, timeZone);
  // A span that goes past Saturday midnight is in the first week as well as in the last.
  const all = spans.flatMap(([from, to]): Span[] => [
    [from - WEEK_MINUTES, to - WEEK_MINUTES],
    [from, to],
    [from + WEEK_MINUTES, to + WEEK_MINUTES],
  ]);
  let end = now;
  for (let found = true; found; ) {
    found = false;
    for (const [from, to] of all) {
      if (from <= end && end < to) {
        end = to;
        found = true;
      }
    }
    if (end - now > WEEK_MINUTES) return { open: true, changes: undefined };
  }
  if (end > now) return { open: true, changes: momentOf(end) };
  const next = Math.min(...all.map(([from]) => from).filter((from) => from > now));
  return { open: false, changes: momentOf(next) };
}

function momentOf(minute: number): { day: number; time: string } {
  const inWeek = ((minute % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES;
  const inDay = inWeek % DAY_MINUTES;
  return {
    day: Math.floor(inWeek / DAY_MINUTES),
    time: `${Math.floor(inDay / 60)}:${String(inDay % 60).padStart(2, '0')}`,
  };
}

function minuteOfWeek(moment: Date, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
    ...(timeZone && { timeZone }),
  }).formatToParts(moment);
  const read = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const day = DAYS.indexOf(read('weekday').slice(0, 2));
  return day * DAY_MINUTES + Number(read('hour')) * 60 + Number(read('minute'));
}
