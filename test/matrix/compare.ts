import type { CarrierId, Counts, Expected } from './cell.js';
import { legsOf, type Observation } from './observation.js';

/** What came of a cell otherwise than it must, one sentence each. */
export function compare(seen: Observation, expected: Expected): readonly string[] {
  const problems: string[] = [];
  const check = (what: string, is: unknown, must: unknown): void => {
    if (must === undefined || JSON.stringify(is) === JSON.stringify(must)) return;
    problems.push(`${what} ${JSON.stringify(is)}, not ${JSON.stringify(must)}`);
  };
  const between = (what: string, ms: number | undefined, must?: readonly [number, number]) => {
    if (must === undefined || (ms !== undefined && ms >= must[0] && ms <= must[1])) return;
    problems.push(`${what} after ${ms?.toFixed(0)} ms, not ${must.join(' to ')}`);
  };
  const { carriers, record } = seen;
  const checkCounts = (what: string, must: Counts, count: (carrier: CarrierId) => number) =>
    check(
      what,
      carriers.map(count),
      carriers.map((_carrier, index) => must[index] ?? 0),
    );
  const legs = legsOf(seen.phone);
  const outcome = record?.outcome;

  if (!expected.anyLegs) {
    checkCounts(
      'INVITEs',
      expected.invites,
      (id) => seen.invites.filter(({ carrier }) => carrier === id).length,
    );
    checkCounts(
      'rings',
      expected.rings,
      (id) => legs.filter((leg) => leg.carrier === id && leg.rangAtMs !== undefined).length,
    );
    checkCounts(
      'answers',
      expected.answers,
      (id) => legs.filter((leg) => leg.carrier === id && leg.answeredAtMs !== undefined).length,
    );
  }
  check('logins', seen.logins, expected.logins);
  if (expected.cause === undefined) return problems;

  check('cause', outcome?.cause, expected.cause);
  check('code', outcome?.code, expected.code);
  check('advice', outcome?.redialAdvice, expected.redialAdvice);
  check('confirmed', outcome?.confirmed, expected.confirmed);
  const events = record?.events ?? [];
  check(
    'switched',
    events.some(({ name }) => name === 'switched'),
    expected.switched,
  );
  const pressedAtMs = record?.pressedAtMs ?? 0;
  const since = (atMs: number | undefined) => atMs && atMs - pressedAtMs;
  between(
    'INVITE of the second carrier',
    since(seen.invites.find(({ carrier }) => carrier === carriers[1])?.atMs),
    expected.secondInviteMs,
  );
  between(
    'rest of the first carrier',
    since(record?.routes.find(({ route }) => route === carriers[0])?.retryAtMs),
    expected.heldOffMs,
  );
  between('end', since(events.find(({ name }) => name === 'ended')?.atMs), expected.endedMs);
  if (expected.problem !== undefined) {
    const problem = events.find(({ name }) => name === 'problem-changed')?.error?.code;
    check('problem', problem, expected.problem);
  }
  if (expected.warned !== undefined) {
    const { warned } = expected;
    const found = record?.logs.some(({ level, text }) => level === 'warn' && text.includes(warned));
    check(`warning "${warned}"`, found, true);
  }
  for (const name of expected.events ?? []) {
    check(
      `event ${name}`,
      events.some((event) => event.name === name),
      true,
    );
  }
  return problems;
}
