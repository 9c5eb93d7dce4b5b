import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../lab/root.js';
import { readMessageLog } from './lab/message-log.js';
import { NUMBER_LIST } from './lab/numbers.js';
import { toneShare } from './lab/recording.js';
import { tone } from './lab/tone.js';

describe('the numbers of the telephone path', () => {
  test('docs/telephony-lab.md has all of them, and no other', () => {
    const page = readFileSync(`${PROJECT_ROOT}docs/telephony-lab.md`, 'utf8');
    const rows = [...page.matchAll(/^\| `\+1202(\d{7})` \| (.*?) \| (.*?) \|$/gm)];
    expect(rows.map(([, number, does, callee]) => [number, does, callee])).toEqual(
      NUMBER_LIST.map(([number, { does, callee }]) => [number, does, callee]),
    );
  });
});

describe('what the phones tell', () => {
  test("sipp's log: each message once, with its call and its number", () => {
    const line = (time: string) => `${'-'.repeat(47)} 2026-01-02\t${time}`;
    const invite = [
      ...[line('10:00:00.500'), 'UDP message received [400] bytes :', ''],
      ...['INVITE sip:5550486@lab.example SIP/2.0', 'Via: SIP/2.0/UDP 127.0.0.1:1'],
      ...['Call-ID: one', 'CSeq: 7 INVITE', 'Content-Length: 0', '', ''],
    ].join('\r\n');
    const busy = [
      ...[line('10:00:01.250'), 'UDP message sent (300 bytes):', ''],
      ...['SIP/2.0 486 Busy Here', 'Call-ID: one', 'CSeq: 7 INVITE', '', ''],
    ].join('\r\n');
    const at = (ms: number) => new Date('2026-01-02T10:00:00').getTime() + ms;
    expect(readMessageLog(invite + invite + busy)).toEqual([
      {
        ...{ at: at(500), direction: 'received', what: 'INVITE', method: 'INVITE' },
        ...{ callId: 'one', to: '5550486' },
      },
      {
        ...{ at: at(1_250), direction: 'sent', what: '486', method: 'INVITE' },
        ...{ callId: 'one', to: '' },
      },
    ]);
  });

  test('a tone is told from another one, from silence and from half of it', () => {
    const [low, high] = [tone(700, 1), tone(1300, 1)];
    expect(toneShare(high, 1300)).toBe(1);
    expect(toneShare(high, 700)).toBe(0);
    expect(toneShare(new Int16Array(8_000), 700)).toBe(0);
    expect(toneShare(Int16Array.from([...low, ...high]), 1300)).toBe(0.5);
    // Silence counts for neither.
    expect(toneShare(Int16Array.from([...low, ...new Int16Array(16_000)]), 700)).toBe(1);
  });
});
