import { describe, expect, it } from 'vitest';
import { readAddress } from './address.js';
import { Digest, md5, readCredentials } from './digest.js';
import {
  branchOf,
  type Header,
  Headers,
  readMessage,
  sequenceOf,
  writeMessage,
} from './message.js';

const START = 'INVITE sip:+12025550100@lab.example SIP/2.0';
const MANDATORY = [
  'Via: SIP/2.0/WS a.invalid;rport ; branch=z9hG4bK1',
  'From: "A;B <x>" <sip:alice@lab.example>;tag=1',
  'To: <sip:+12025550100@lab.example>',
  'Call-ID: c1',
  'CSeq: 7 INVITE',
];

const text = (lines: readonly string[], body = ''): string => [...lines, '', body].join('\r\n');

describe('a message', () => {
  it('is read with short names, folded lines and names in any case', () => {
    const message = readMessage(
      text([
        START,
        'v: SIP/2.0/WS a.invalid;branch=z9hG4bK1',
        'f: <sip:alice@lab.example>;tag=1',
        't: <sip:bob@lab.example>',
        'i: c1',
        'cseq:7 INVITE',
        'X-Long: one',
        '  two',
        'SUBJECT :  hello ',
      ]),
    );
    expect(message).toMatchObject({ kind: 'request', method: 'INVITE', body: '' });
    expect(message?.headers.get('x-long')).toBe('one two');
    expect(message?.headers.get('s')).toBe('');
    expect(message?.headers.get('Subject')).toBe('hello');
    expect(message?.headers.get('Call-ID')).toBe('c1');
  });

  it('is the same after it was written and read', () => {
    const headers = new Headers(
      MANDATORY.map((line): Header => {
        const [name = '', ...value] = line.split(': ');
        return [name, value.join(': ')];
      }),
    );
    const written = writeMessage({
      kind: 'response',
      status: 200,
      reason: 'OK',
      headers,
      body: 'v=0\r\ns=\u00e9\r\n',
    });
    expect(written).toContain('Content-Length: 11\r\n');
    const read = readMessage(written);
    expect(read).toMatchObject({ kind: 'response', status: 200, body: 'v=0\r\ns=\u00e9\r\n' });
    expect(read?.headers.list.slice(0, -1)).toEqual(headers.list);
  });

  it.each([
    ['no SIP', 'hello'],
    ['without its end', [START, ...MANDATORY].join('\r\n')],
    ['without Via', text([START, ...MANDATORY.slice(1)])],
    ['with a line that is no header', text([START, ...MANDATORY, 'no header'])],
    ['shorter than it says', text([START, ...MANDATORY, 'Content-Length: 9'], '12345678')],
    ['of another version', text(['INVITE sip:a@b SIP/3.0', ...MANDATORY])],
    ['with a status that there is not', text(['SIP/2.0 700 What', ...MANDATORY])],
  ])('%s is none', (_what, broken) => {
    expect(readMessage(broken)).toBeUndefined();
  });

  it('has a branch and a sequence', () => {
    const message = readMessage(text([START, ...MANDATORY]));
    if (message === undefined) throw new Error('Not read');
    expect(branchOf(message)).toBe('z9hG4bK1');
    expect(sequenceOf(message)).toEqual({ number: 7, method: 'INVITE' });
  });
});

describe('an address', () => {
  it.each([
    ['"A;B <x>" <sip:alice@lab.example;transport=ws>;tag=1', 'alice', '1'],
    ['sip:bob@lab.example;tag=2', 'bob', '2'],
    ['<sip:%2B12025550100@lab.example>;expires=5;tag=3', '+12025550100', '3'],
    ['<tel:+12025550100;phone-context=x>', '+12025550100', undefined],
    ['<sip:+12025550100;ext=1@lab.example:5060>', '+12025550100', undefined],
    ['<sip:lab.example>', '', undefined],
    ['<sip:%E0%A4%A@lab.example>', '%E0%A4%A', undefined],
  ])('%s', (value, user, tag) => {
    expect(readAddress(value).user).toBe(user);
    expect(readAddress(value).params.get('tag')).toBe(tag);
  });
});

describe('digest', () => {
  const request = readMessage(text(['REGISTER sip:lab.example SIP/2.0', ...MANDATORY]));
  if (request?.kind !== 'request') throw new Error('Not read');

  const credentials = (nonce: string, count = '00000001', password = 'secret-alice'): string => {
    const secret = md5(`alice:lab.example:${password}`);
    const proof = md5(`${secret}:${nonce}:${count}:c:auth:${md5('REGISTER:sip:lab.example')}`);
    return `Digest username="alice", realm="lab.example", nonce="${nonce}", uri="sip:lab.example", response="${proof}", qop=auth, cnonce="c", nc=${count}`;
  };

  it('takes the right password, with a count that rises', () => {
    const digest = new Digest();
    const nonce = readCredentials(digest.challenge()).get('nonce') ?? '';
    expect(digest.answersChallenge(credentials(nonce))).toBe(true);
    expect(digest.verify(credentials(nonce), request)).toBe('right');
    expect(digest.answersChallenge(credentials(nonce))).toBe(false);
    expect(digest.verify(credentials(nonce), request)).toBe('stale');
    expect(digest.verify(credentials(nonce, '00000002'), request)).toBe('right');
    expect(digest.verify(credentials('made-up'), request)).toBe('stale');
  });

  it('refuses a wrong password, and credentials of another request', () => {
    const digest = new Digest();
    const nonce = () => readCredentials(digest.challenge()).get('nonce') ?? '';
    expect(digest.verify(credentials(nonce(), '00000001', 'secret-bob'), request)).toBe('wrong');
    expect(digest.verify(credentials(nonce()), { ...request, method: 'INVITE' })).toBe('wrong');
    expect(digest.verify(credentials(nonce()), { ...request, uri: 'sip:other' })).toBe('wrong');
  });
});
