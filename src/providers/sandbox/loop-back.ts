import type { FarSound, Sound, SoundListener } from './sound.js';

const TONE_HZ = 440;
const TONE_LEVEL = 0.1;

/**
 * The sound of one call as two real peer connections in this page: `near` is ours, `far` belongs to the telephone.
 *
 * ```
 * microphone ─▶ near ══ Opus over DTLS-SRTP ══▶ far ─┐
 * speaker    ◀─ near ◀═════════════════════════ far ◀┘ echo, or a tone, or nothing
 * ```
 */
export function loopBack(stream: MediaStream | undefined, listener: SoundListener): Sound {
  const near = new RTCPeerConnection();
  const far = new RTCPeerConnection();
  const speaks = stream !== undefined;
  let track: MediaStreamTrack | null = stream?.getAudioTracks()[0] ?? null;
  let farSender: RTCRtpSender | undefined;
  let heard: MediaStreamTrack | undefined;
  let wanted: FarSound = 'silence';
  let pump: HTMLAudioElement | undefined;
  let tone: { readonly track: MediaStreamTrack; stop(): void } | undefined;
  let held = false;
  let closed = false;

  const end = () => {
    closed = true;
    near.close();
    far.close();
  };
  let nearSender: RTCRtpSender;
  try {
    nearSender = near.addTransceiver(track ?? 'audio', { direction: 'sendrecv' }).sender;
  } catch (cause) {
    end();
    throw cause;
  }
  const farTrack = () => {
    if (held || wanted === 'silence') return null;
    // Who only listens would hear nothing in an echo.
    if (wanted === 'echo' && speaks && heard) {
      pump ??= startPump(heard);
      return heard;
    }
    tone ??= startTone();
    return tone.track;
  };
  const update = async () => {
    if (!closed) await farSender?.replaceTrack(farTrack());
  };
  const guard = (cause: unknown) => {
    if (!closed) listener.failed(cause);
  };
  const negotiate = async () => {
    await near.setLocalDescription();
    if (near.localDescription) await far.setRemoteDescription(near.localDescription);
    const [transceiver] = far.getTransceivers();
    if (transceiver) {
      transceiver.direction = 'sendrecv';
      farSender = transceiver.sender;
      heard = transceiver.receiver.track;
    }
    await far.setLocalDescription();
    if (far.localDescription) await near.setRemoteDescription(far.localDescription);
    await update();
  };
  const trickle = (from: RTCPeerConnection, to: RTCPeerConnection) => {
    from.onicecandidate = ({ candidate }) => {
      if (candidate && !closed) to.addIceCandidate(candidate).catch(guard);
    };
  };

  trickle(near, far);
  trickle(far, near);
  near.ontrack = (event) => {
    if (!closed) listener.heard(new MediaStream([event.track]));
  };
  listener.connected(near);
  negotiate().catch(guard);

  return {
    send(sound) {
      wanted = sound;
      update().catch(guard);
    },
    async setHeld(next) {
      held = next;
      await nearSender.replaceTrack(held ? null : track);
      await update();
    },
    async replaceTrack(next) {
      track = next;
      if (!held) await nearSender.replaceTrack(next);
      await update();
    },
    close() {
      end();
      tone?.stop();
      pump?.pause();
      if (pump) pump.srcObject = null;
    },
  };
}

/** Chromium decodes what a peer connection receives only while something plays it; muted will do. */
function startPump(track: MediaStreamTrack): HTMLAudioElement {
  const audio = new Audio();
  audio.muted = true;
  audio.srcObject = new MediaStream([track]);
  audio.play().catch(() => undefined);
  return audio;
}

function startTone() {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const oscillator = new OscillatorNode(context, { frequency: TONE_HZ });
  oscillator.connect(new GainNode(context, { gain: TONE_LEVEL })).connect(destination);
  oscillator.start();
  const [track] = destination.stream.getAudioTracks();
  if (!track) throw new Error('The tone has no track');
  return {
    track,
    stop() {
      track.stop();
      context.close().catch(() => undefined);
    },
  };
}
