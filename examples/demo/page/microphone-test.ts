/**
 * A meter for before the call. The Dialer opens the microphone only while a call needs it, so the page opens it itself,
 * when asked to.
 */
export class MicrophoneTest {
  #stream: MediaStream | undefined;
  #context: AudioContext | undefined;
  #analyser: AnalyserNode | undefined;
  #run = 0;

  /** Whether the microphone is open, or about to be. */
  get running(): boolean {
    return this.#context !== undefined;
  }

  /** How loud it is now, 0 to 1. */
  get level(): number {
    if (!this.#analyser) return 0;
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(samples);
    return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
  }

  /** Opens this microphone in place of the one before. Rejects as `getUserMedia` does. */
  async start(deviceId: string): Promise<void> {
    this.stop();
    this.#run += 1;
    const run = this.#run;
    const context = new AudioContext();
    this.#context = context;
    const device = deviceId === 'default' ? {} : { deviceId: { exact: deviceId } };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: device });
    if (run !== this.#run || !this.running) {
      // Stopped while the browser asked.
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    this.#stream = stream;
    this.#analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(this.#analyser);
  }

  /** Closes it. */
  stop(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    void this.#context?.close();
    this.#stream = undefined;
    this.#context = undefined;
    this.#analyser = undefined;
  }
}
