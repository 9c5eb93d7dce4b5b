import { expect, test } from 'vitest';
import { candidatesOf, LateCandidates } from '../../../../src/providers/sip/trickle.js';
import { message } from './fake-message.js';

const SDP = [
  'v=0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 0',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:0123456789012345678901',
  'a=mid:0',
  '',
].join('\r\n');
const CONNECTION = { localDescription: { sdp: SDP } } as RTCPeerConnection;
const CANDIDATE = { candidate: 'candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host' };
const OFFERED = message(180, { Supported: 'outbound, trickle-ice' });

const asCandidate = (from: object): RTCIceCandidate => from as RTCIceCandidate;

test('late candidates wait until the far side has said that it takes them', () => {
  const sent: string[] = [];
  const late = new LateCandidates((fragment) => sent.push(fragment) > 0);
  late.add(asCandidate(CANDIDATE), CONNECTION);
  late.learn(message(100, { Supported: 'timer' }));
  late.learn(null);
  late.send();
  expect(sent).toEqual([]);
  late.learn(OFFERED);
  late.send();
  expect(sent).toEqual([
    [
      'a=ice-ufrag:abcd',
      'a=ice-pwd:0123456789012345678901',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111 0',
      'a=mid:0',
      `a=${CANDIDATE.candidate}`,
      '',
    ].join('\r\n'),
  ]);
  late.send();
  expect(sent.length).toBe(1);
  late.add(null, CONNECTION);
  expect(sent[1]).toContain('\r\na=end-of-candidates\r\n');
});

test('what can not be sent now is kept', () => {
  const sent: string[] = [];
  let open = false;
  const late = new LateCandidates((fragment) => open && sent.push(fragment) > 0);
  late.learn(OFFERED);
  late.add(asCandidate(CANDIDATE), CONNECTION);
  expect(sent).toEqual([]);
  open = true;
  late.add(null, CONNECTION);
  expect(sent.length).toBe(1);
  expect(sent[0]).toContain('typ host\r\na=end-of-candidates');
});

test('candidates that come in are read, and nothing else', () => {
  const fragment = `a=ice-ufrag:x\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=${CANDIDATE.candidate}\r\na=end-of-candidates\r\n`;
  expect(candidatesOf(fragment)).toEqual([{ ...CANDIDATE, sdpMLineIndex: 0 }]);
  expect(candidatesOf('')).toEqual([]);
});
