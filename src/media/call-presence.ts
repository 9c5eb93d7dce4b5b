import { createDisposer } from '../core/disposer.js';
import type { PageEnvironment } from '../core/environment.js';

/** What a {@link CallPresence} does with the call. */
export interface CallPresenceOptions {
  /** Whether the screen stays on during the call. */
  readonly keepScreenOn: boolean;
  /** Hangs up. */
  hangup(): void;
  /** Mutes, or takes it back. */
  toggleMute(): void;
}

/** A running call as the system knows it. */
export interface CallPresence {
  /** Tells what became of the call. */
  update(call: { readonly muted: boolean }): void;
  /** The call is over: everything is as before. Idempotent. */
  stop(): void;
}

/**
 * Tells the system of a call, from the click on: the screen stays on, the keys of headset and lock screen work on it, and
 * its sound is treated as a conversation. To be made before the microphone is asked for: iOS chooses loudspeaker or
 * earpiece then.
 */
export function createCallPresence(
  page: PageEnvironment,
  { keepScreenOn, hangup, toggleMute }: CallPresenceOptions,
): CallPresence {
  const disposer = createDisposer();
  disposer.add(page.hintCallAudio());
  const controls = page.offerCallControls({ hangup, toggleMute, muted: false });
  disposer.add(() => controls.stop());
  if (keepScreenOn) disposer.add(page.keepScreenOn());
  return {
    update({ muted }) {
      if (!disposer.disposed) controls.update(muted);
    },
    stop: () => disposer.dispose(),
  };
}
