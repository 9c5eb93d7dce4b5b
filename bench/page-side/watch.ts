/** Something that happened in a page, in milliseconds since it was opened. */
export interface PageMoment {
  readonly name: string;
  readonly at: number;
}

/** What happens in a page, seen from outside its libraries: the same for every one of them. */
export interface PageWatch {
  /**
   * The button is pressed.
   * @param at - when, in milliseconds since the page was opened; now, unless given, and then what was before is forgotten
   */
  press(at?: number): void;
  /** When it was pressed last, in milliseconds since the page was opened. */
  readonly pressedAt: number;
  /** What happened so far. */
  readonly moments: readonly PageMoment[];
  /** What was fetched from the page's own server so far: when it was asked for, and when it had come. */
  readonly fetched: readonly PageMoment[];
  /** Waits for the first packet of sound of the newest peer connection, which must be answered. */
  firstPacket(): Promise<void>;
}

/** What to watch for. */
export interface WatchOptions {
  /** Name of a frame of the WebSocket, such as `INVITE`; `undefined` for one that does not matter, such as a ping. */
  readonly nameOf: (frame: unknown) => string | undefined;
  /** How long the microphone takes to open, from the question on, milliseconds; longer when it really does. @defaultValue 0 */
  readonly microphoneMs?: number | undefined;
}

/** Between two looks at the statistics, milliseconds. */
const LOOK_MS = 5;
/** Sound in one packet, milliseconds. */
const PACKET_MS = 20;

type Note = (name: string, at?: number) => void;

/** Watches a page from before its first script: the WebSocket's frames, microphone, audio contexts, peer connections. */
export function startWatch({ nameOf, microphoneMs = 0 }: WatchOptions): PageWatch {
  const moments: PageMoment[] = [];
  let pressedAt = 0;
  let heard: Promise<void> | undefined;
  const note: Note = (name, at = performance.now()) => {
    moments.push({ name, at });
  };
  watchSockets(nameOf, note);
  watchMicrophone(microphoneMs, note);
  watchAudioContexts(note);
  watchConnections(note, (listening) => {
    heard = listening;
  });
  return {
    press(at) {
      if (at === undefined) moments.length = 0;
      pressedAt = at ?? performance.now();
    },
    get pressedAt() {
      return pressedAt;
    },
    get moments() {
      return moments;
    },
    get fetched() {
      return performance.getEntriesByType('resource').flatMap(momentsOf);
    },
    async firstPacket() {
      await heard;
    },
  };
}

function momentsOf(entry: PerformanceEntry): readonly PageMoment[] {
  const { name, startTime, responseEnd } = entry as PerformanceResourceTiming;
  const { origin, pathname } = new URL(name);
  if (origin !== location.origin) return [];
  const path = pathname.replace(/.*\/(?=[^/]*\.js$)/, '');
  return [
    { name: `${path} asked for`, at: startTime },
    { name: `${path} came`, at: responseEnd },
  ];
}

function watchSockets(nameOf: WatchOptions['nameOf'], note: Note): void {
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
}

function watchMicrophone(microphoneMs: number, note: Note): void {
  const { mediaDevices } = navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    note('microphone asked for');
    const openAt = performance.now() + microphoneMs;
    const stream = await getUserMedia(constraints);
    const restMs = openAt - performance.now();
    if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
    note('microphone open');
    return stream;
  };
}

/** The first one of a page can take a tenth of a second, in which nothing else goes on. */
function watchAudioContexts(note: Note): void {
  globalThis.AudioContext = class extends AudioContext {
    constructor(...given: ConstructorParameters<typeof AudioContext>) {
      note('audio context asked for');
      super(...given);
      note('audio context made');
    }
  };
}

function watchConnections(
  note: Note,
  onListening: (listening: Promise<void> | undefined) => void,
): void {
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given: ConstructorParameters<typeof RTCPeerConnection>) {
      note('peer connection asked for');
      super(...given);
      onListening(undefined);
      note('peer connection made');
      let isListening = false;
      this.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate === null) note('last candidate');
        else if (candidate?.candidate) note(`candidate ${candidate.protocol} ${candidate.type}`);
        else note('gathering cut short');
      });
      this.addEventListener('signalingstatechange', () => {
        note(`signalling ${this.signalingState}`);
        if (this.signalingState !== 'stable' || isListening) return;
        isListening = true;
        onListening(listen(this, note));
      });
      this.addEventListener('connectionstatechange', () =>
        note(`peer connection ${this.connectionState}`),
      );
    }
  };
}

/**
 * Notes the first packet. Chromium renews its statistics every 50 ms only, so that others may have come after it: counted
 * back from the last one, but not to before a look that saw none.
 */
async function listen(connection: RTCPeerConnection, note: Note): Promise<void> {
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
