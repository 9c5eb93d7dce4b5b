const SECONDS = 0.6;

/**
 * Plays two short notes on a speaker; on the system's choice where that one can not be used. Resolves when they are over.
 * Call it in a click: elsewhere browsers play nothing.
 */
export async function playTestSound(speaker: string | undefined): Promise<void> {
  const context = new AudioContext();
  try {
    if (speaker && 'setSinkId' in context) {
      await (context as AudioContext & { setSinkId(id: string): Promise<void> })
        .setSinkId(speaker === 'default' ? '' : speaker)
        .catch(() => undefined);
    }
    const gain = context.createGain();
    gain.gain.value = 0.2;
    gain.connect(context.destination);
    const over = [660, 880].map((frequency, index) => {
      const note = new OscillatorNode(context, { frequency });
      const start = context.currentTime + (index * SECONDS) / 2;
      note.connect(gain);
      note.start(start);
      note.stop(start + SECONDS / 2);
      return new Promise((resolve) => note.addEventListener('ended', resolve));
    });
    await Promise.all(over);
  } finally {
    await context.close();
  }
}
