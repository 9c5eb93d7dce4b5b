/** What is open in a page right now. */
export interface PageResources {
  /** Local tracks that are not ended: originals and clones. */
  readonly liveTracks: number;
  /** Peer connections that are not closed. */
  readonly peerConnections: number;
  /** WebSockets that are not closed. */
  readonly sockets: number;
  /** Intervals that are not cleared. */
  readonly intervals: number;
  /** Timeouts that are neither cleared nor over. */
  readonly timeouts: number;
  /** Audio contexts that are not closed. */
  readonly audioContexts: number;
}

/** A measured tone. */
export interface PageTone {
  /** Strongest frequency in hertz; 0 when there is silence. */
  readonly frequency: number;
  /** Its strength in decibels of full scale; -100 or less is silence. */
  readonly decibels: number;
}

/** What the microphone of a page gives: the browser's fake device, or a steady tone of this frequency in hertz. */
export type PageMicrophone = 'device' | { readonly tone: number };

/** Settings of the probe, fixed before any script of the page runs. */
export interface ProbeOptions {
  /** What `getUserMedia` gives. */
  readonly microphone: PageMicrophone;
}

/** What the lab puts into every page as `globalThis.everdialLab`. */
export interface PageProbe {
  /** Counts what is open. */
  resources(): PageResources;
  /** Listens to a stream for `durationMs` milliseconds. */
  measureTone(stream: MediaStream, durationMs?: number): Promise<PageTone>;
  /** Listens to what the newest open peer connection receives. */
  remoteTone(durationMs?: number): Promise<PageTone>;
  /** The peer connections that are not closed, oldest first. */
  peerConnections(): RTCPeerConnection[];
  /** Changes what the next `getUserMedia` gives. */
  setMicrophone(microphone: PageMicrophone): void;
  /** Ends the tracks that `getUserMedia` gave, with their event, as when the device is pulled out. */
  loseMicrophone(): void;
}

declare global {
  /** Put there by the lab before any script of the page runs. */
  var everdialLab: PageProbe;
  /** Settings that the lab hands to its probe. */
  var everdialLabOptions: ProbeOptions | undefined;
}
