const NAMES = ['AudioContext', 'webkitAudioContext'] as const;

/**
 * Makes something while the page seems to have no Web Audio. The SDK's first `Device` would start an AudioContext for
 * sounds and volumes that nobody uses here: it takes up to 0.1 s, runs until the page is closed, and gets seven nodes more
 * with each call. Without one the SDK leaves both out.
 */
export function withoutAudioContext<Made>(make: () => Made): Made {
  const page: Partial<Record<(typeof NAMES)[number], unknown>> = globalThis;
  const hidden = NAMES.filter((name) => page[name] !== undefined).map(
    (name) => [name, page[name]] as const,
  );
  try {
    for (const [name] of hidden) page[name] = undefined;
    return make();
  } finally {
    for (const [name, original] of hidden) page[name] = original;
  }
}
