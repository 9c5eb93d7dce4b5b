import { sinkName } from './shared-audio.js';

/** Starts an element, on this speaker if one is named. Rejects as `HTMLMediaElement.play` and `setSinkId` do. */
export async function startElement(
  element: HTMLAudioElement,
  sinkId: string | undefined,
): Promise<void> {
  // Safari offers no choice.
  if (sinkId !== undefined) await element.setSinkId?.(sinkName(sinkId));
  await element.play();
}

/** Plays the sound at an address; see `MediaEnvironment.playSound`. */
export async function playSound(
  url: string,
  loop: boolean,
  sinkId: string | undefined,
): Promise<() => void> {
  const element = new Audio(url);
  element.loop = loop;
  const stop = () => {
    element.pause();
    element.removeAttribute('src');
  };
  try {
    await startElement(element, sinkId);
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}
