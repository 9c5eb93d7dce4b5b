/** Watches a page from before its first script: the WebSocket's frames, the microphone, the peer connections. */
import type { PageMoment } from './sip-page-types.js';
import './sip-page-types.js';

/** Between two looks at the statistics, milliseconds. */
const LOOK_MS = 5;
/** Sound in one packet, milliseconds. */
const PACKET_MS = 20;

const moments: PageMoment[] = [];
let pressedAt = 0;
let heard: Promise<void> | undefined;

const note = (name: string, at = performance.now()): void => {
  moments.push({ name, at });
};

/** `INVITE`, or `200 INVITE`; `undefined` for a ping. */
function nameOf(frame: unknown): string | undefined {
  const text = String(frame);
  const code = /^SIP\/2\.0 (\d+)/.exec(text)?.[1];
  if (code === undefined) return /^[A-Z]+/.exec(text)?.[0];
  return `${code} ${/^CSeq: *\d+ +(\w+)/im.exec(text)?.[1]}`;
}

globalThis.WebSocket = class extends WebSocket {
  constructor(...given: ConstructorParameters<typeof WebSocket>) {
    note('socket asked for');
    super(...given);
    this.addEventListener('open', () => note('socket open'));
    this.addEventListener('message', ({ data }) => {
      const name = nameOf(data);
      if (name !== undefined) note(`< ${name}`);
    });
  }

  override send(data: string): void {
    const name = nameOf(data);
    if (name !== undefined) note(`> ${name}`);
    super.send(data);
  }
};

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given: ConstructorParameters<typeof RTCPeerConnection>) {
    note('peer connection asked for');
    super(...given);
    heard = undefined;
    note('peer connection made');
    this.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) note('last candidate');
      else if (candidate?.candidate) note(`candidate ${candidate.protocol} ${candidate.type}`);
      else note('gathering cut short');
    });
    this.addEventListener('signalingstatechange', () => {
      note(`signalling ${this.signalingState}`);
      if (this.signalingState === 'stable') heard ??= listen(this);
    });
    this.addEventListener('connectionstatechange', () =>
      note(`peer connection ${this.connectionState}`),
    );
  }
};

const { mediaDevices } = navigator;
const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
mediaDevices.getUserMedia = async (constraints) => {
  note('microphone asked for');
  const stream = await getUserMedia(constraints);
  note('microphone open');
  return stream;
};

/**
 * Notes the first packet. Chromium renews its statistics every 50 ms only, so that others may have come after it: counted
 * back from the last one, but not to before a look that saw none.
 */
async function listen(connection: RTCPeerConnection): Promise<void> {
  let noneAt = 0;
  while (connection.signalingState !== 'closed') {
    const stats = [...(await connection.getStats()).values()];
    const { packetsReceived = 0, lastPacketReceivedTimestamp = 0 } =
      stats.find(({ type }) => type === 'inbound-rtp') ?? {};
    const { timestamp = 0 } = stats[0] ?? {};
    if (packetsReceived > 0) {
      const countedBack = lastPacketReceivedTimestamp - (packetsReceived - 1) * PACKET_MS;
      note('first packet', Math.max(noneAt, countedBack) - performance.timeOrigin);
      note(`first packet seen (${packetsReceived})`);
      return;
    }
    noneAt = timestamp;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

globalThis.sipWatch = {
  press() {
    moments.length = 0;
    pressedAt = performance.now();
  },
  get pressedAt() {
    return pressedAt;
  },
  get moments() {
    return moments;
  },
  async firstPacket() {
    await heard;
  },
};
