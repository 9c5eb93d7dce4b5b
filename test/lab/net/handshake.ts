/** What a slow line makes of a handshake; part of each gateway's settings. */
export interface HandshakeSettings {
  /**
   * Round trips of twice `faults.delayMs` between the first packet and the answer to the upgrade: TCP, TLS 1.3 and upgrade
   * take one each. Counted alike with TLS and without, because the carriers' own servers always have it.
   * @defaultValue 3
   */
  handshakeRoundTrips: number;
}

/** The same for every gateway, so that carriers can be compared. */
export const DEFAULT_HANDSHAKE: Readonly<HandshakeSettings> = { handshakeRoundTrips: 3 };
