import type { Provider } from '../index.js';

/** What a name in the attribute `providers` stands for. */
export type ProviderNames = Readonly<Record<string, () => Provider>>;

const known = new Map<string, () => Provider>();

/** Makes names known; a name that is known already gets the new meaning. */
export function addProviderNames(names: ProviderNames): void {
  for (const [name, make] of Object.entries(names)) known.set(name, make);
}

/** What this name stands for; `undefined` when nobody has said so. */
export const providerOfName = (name: string): Provider | undefined => known.get(name)?.();

/** All names that are known. */
export const knownProviderNames = (): readonly string[] => [...known.keys()];
