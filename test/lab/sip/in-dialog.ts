import type { MediaPeer } from '../types.js';
import { readAddress } from './address.js';
import { ANSWERS, directionOf, withDirection } from './direction.js';
import { type SipRequest, sequenceOf } from './message.js';
import type { Reply } from './response.js';
import type { SipFaults } from './sip-faults.js';

/** What requests in a call act on. */
export interface DialogSide {
  readonly media: MediaPeer;
  readonly sipFaults: Readonly<SipFaults>;
  /** Settles when the media have their first description. */
  readonly described: Promise<unknown>;
  /** A digit came. */
  digit(digit: string): void;
  /** The browser holds the call or takes it back. */
  hold(held: boolean): void;
  /** The browser hangs up. */
  bye(reply: Reply): void;
  /** The browser hands the call over; `notify` tells how it goes on (RFC 3515). */
  refer(to: string): void;
  /** Sends the progress of a REFER. */
  notify(subscription: string, fragment: string, last: boolean): void;
}

/** Methods that the gateway knows. */
export const ALLOWED = 'INVITE, ACK, CANCEL, BYE, UPDATE, INFO, REFER, OPTIONS, NOTIFY';

/** Does what a request in a call asks for. */
export function answerInDialog(request: SipRequest, reply: Reply, side: DialogSide): void {
  switch (request.method) {
    case 'BYE':
      side.bye(reply);
      return;
    case 'INVITE':
    case 'UPDATE':
      void answerOffer(request, reply, side);
      return;
    case 'INFO':
      answerInfo(request, reply, side);
      return;
    case 'REFER':
      answerRefer(request, reply, side);
      return;
    case 'OPTIONS':
    case 'NOTIFY':
      reply(200);
      return;
    default:
      reply(405, { headers: [['Allow', ALLOWED]] });
  }
}

/** Hold, resume, ICE restart, and the refresh of a session that has no offer. */
async function answerOffer({ method, body }: SipRequest, reply: Reply, side: DialogSide) {
  if (body === '') {
    reply(method === 'UPDATE' ? 200 : 488);
    return;
  }
  const { reinvite } = side.sipFaults;
  if (reinvite === 'swallow') return;
  if (reinvite === 'refuse') {
    reply(488);
    return;
  }
  const direction = directionOf(body);
  try {
    await side.described;
    // The peer goes on as it is; the network is told who holds.
    const sdp = await side.media.answer(withDirection(body, 'sendrecv'));
    side.hold(direction === 'sendonly' || direction === 'inactive');
    reply(200, { sdp: withDirection(sdp, ANSWERS[direction]) });
  } catch {
    reply(488);
  }
}

function answerInfo({ headers, body }: SipRequest, reply: Reply, side: DialogSide): void {
  const [type = ''] = headers.get('content-type').toLowerCase().split(/\s*;/);
  if (type === 'application/dtmf-relay' || type === 'application/dtmf') {
    const signal = type.endsWith('relay') ? /^Signal\s*=\s*(\S)/im.exec(body)?.[1] : body.trim();
    if (signal !== undefined) side.digit(signal);
    reply(signal === undefined ? 400 : 200);
  } else if (type === 'application/trickle-ice-sdpfrag') {
    void side.described.then(() => addCandidates(body, side.media)).catch(() => {});
    reply(200);
  } else {
    reply(415);
  }
}

async function addCandidates(fragment: string, media: MediaPeer): Promise<void> {
  const sdpMid = /^a=mid:(\S+)/m.exec(fragment)?.[1] ?? '0';
  for (const [, candidate] of fragment.matchAll(/^a=(candidate:[^\r\n]*|end-of-candidates)/gm)) {
    const isEnd = candidate === undefined || candidate === 'end-of-candidates';
    await media.addCandidate(isEnd ? undefined : { candidate, sdpMid, sdpMLineIndex: 0 });
  }
}

function answerRefer(request: SipRequest, reply: Reply, side: DialogSide): void {
  const { uri, user } = readAddress(request.headers.get('refer-to'));
  if (uri === '') {
    reply(400);
    return;
  }
  reply(202);
  side.refer(user);
  const subscription = String(sequenceOf(request).number);
  side.notify(subscription, 'SIP/2.0 100 Trying', false);
  side.notify(subscription, 'SIP/2.0 200 OK', true);
}
