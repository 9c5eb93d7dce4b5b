import { loopBack } from './loop-back.js';
import { noSound, type Sound, type SoundListener } from './sound.js';

/** How calls of the sandbox sound: real peer connections in a loop, or nothing. */
export type SoundOption = 'loop-back' | 'none';

/**
 * Makes the sound of a call.
 * @param option - `undefined`: `loop-back` where there is WebRTC and the stream to send is a real one.
 */
export function createSound(
  option: SoundOption | undefined,
  stream: MediaStream | undefined,
  listener: SoundListener,
): Sound {
  const real =
    typeof RTCPeerConnection === 'function' && (!stream || stream instanceof MediaStream);
  return (option ?? (real ? 'loop-back' : 'none')) === 'loop-back'
    ? loopBack(stream, listener)
    : noSound(listener);
}
