import type { PeerConnectionClass } from './vendor.js';

/** The call that a peer connection belongs to. */
export interface ConnectionOwner {
  /** The connection exists, and nothing has happened on it. */
  created(connection: LegConnection): void;
  /** The call is about to be written to the socket. */
  sending(): void;
  /** An offer or an answer was applied, and the SDK has not heard of it yet. */
  negotiated(): void;
  /** The far side's sound. */
  heard(stream: MediaStream): void;
}

/** The peer connection of one call, and how to make the SDK let go of it. */
export interface LegConnection {
  readonly connection: RTCPeerConnection;
  /**
   * Makes the SDK give up a call that it believes closed but never cleaned up: sound, timers, microphone. Then closes
   * the connection, whether the SDK did or not.
   */
  close(): void;
}

/** What the browser has, handed in. */
export interface ConnectionSurroundings {
  readonly PeerConnection: PeerConnectionClass;
  /** Whether speakers can be chosen, which changes how the SDK plays. */
  readonly canChooseSpeaker: boolean;
}

/**
 * A class for the SDK's documented option `RTCPeerConnection`: the browser's own, watched at the points where the SDK
 * says nothing itself.
 */
export function watchedPeerConnection(
  { PeerConnection, canChooseSpeaker }: ConnectionSurroundings,
  owner: () => ConnectionOwner | undefined,
): PeerConnectionClass {
  return new Proxy(PeerConnection, {
    construct(target, args) {
      const connection: RTCPeerConnection = Reflect.construct(target, args);
      const call = owner();
      if (call) watch(connection, call, canChooseSpeaker);
      return connection;
    },
  });
}

function watch(
  connection: RTCPeerConnection,
  owner: ConnectionOwner,
  canChooseSpeaker: boolean,
): void {
  // The SDK keeps the connection of a call that was hung up while it rang, and with it whoever it tells.
  let told: ConnectionOwner | undefined = owner;
  let sent = false;
  let abandoned = false;
  const prototype: object = Object.getPrototypeOf(connection);
  const define = <Value>(name: string, see: (value: Value) => Value) =>
    Object.defineProperty(connection, name, {
      configurable: true,
      get: () => see(Reflect.get(prototype, name, connection)),
    });

  // The SDK reads it for the first time as the argument of the call's INVITE: nothing comes between this and the write.
  define<RTCSessionDescription | null>('localDescription', (description) => {
    if (description && !sent) {
      sent = true;
      told?.sending();
    }
    return description;
  });
  // When it becomes stable, the SDK closes the media of a call whose status is "closed" (`onopen` in its call.ts).
  define<RTCSignalingState>('signalingState', (state) =>
    abandoned && state !== 'closed' ? 'stable' : state,
  );
  connection.addEventListener('signalingstatechange', () => told?.negotiated());
  connection.addEventListener('track', ({ streams: [stream], track }) =>
    told?.heard(stream ?? new MediaStream([track])),
  );
  if (!canChooseSpeaker) playNothing(connection);

  owner.created({
    connection,
    close() {
      told = undefined;
      if (connection.signalingState === 'closed') return;
      abandoned = true;
      connection.onsignalingstatechange?.(new Event('signalingstatechange'));
      connection.close();
    },
  });
}

/**
 * Gives the SDK an empty stream instead of the far side's. Without a choice of speakers it plays on an element that it
 * shows to nobody, so that it can not be silenced; with it, its `audio` event does.
 */
function playNothing(connection: RTCPeerConnection): void {
  let handler: RTCPeerConnection['ontrack'] = null;
  Object.defineProperty(connection, 'ontrack', {
    configurable: true,
    get: () => handler,
    set(next: RTCPeerConnection['ontrack']) {
      handler = next;
    },
  });
  connection.addEventListener('track', ({ track, receiver, transceiver }) => {
    const init = { track, receiver, transceiver, streams: [new MediaStream()] };
    handler?.call(connection, new RTCTrackEvent('track', init));
  });
}
