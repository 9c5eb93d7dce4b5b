import type { KeyValueStorage, Logger } from '../core/environment.js';
import type { AudioDevice } from './audio.js';

const KEY = 'everdial-audio';

/** The devices that a person chose; `undefined` is the system's choice. */
export interface ChosenDevices {
  readonly input?: AudioDevice | undefined;
  readonly output?: AudioDevice | undefined;
}

/** What was chosen in an earlier visit. Anything else that stands there counts as nothing. */
export function readChosen(storage: KeyValueStorage | undefined): ChosenDevices {
  try {
    const { input, output } = JSON.parse(storage?.getItem(KEY) ?? '{}');
    return { input: asDevice(input), output: asDevice(output) };
  } catch {
    return {};
  }
}

/** Keeps the choice for later visits, as far as the browser lets us. */
export function writeChosen(
  storage: KeyValueStorage | undefined,
  chosen: ChosenDevices,
  logger: Pick<Logger, 'warn'>,
): void {
  try {
    storage?.setItem(KEY, JSON.stringify(chosen));
  } catch (error) {
    logger.warn('the chosen devices could not be stored', { error });
  }
}

function asDevice(value: unknown): AudioDevice | undefined {
  const { id, label } = (value ?? {}) as Partial<AudioDevice>;
  return typeof id === 'string' && typeof label === 'string' ? { id, label } : undefined;
}
