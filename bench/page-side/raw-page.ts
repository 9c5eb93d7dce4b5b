import { type CallerConfig, callButton } from './caller-types.js';
import { createTold } from './told.js';

/** A vendor's SDK as its quickstart shows it. */
export interface RawSdk {
  /** Loads the SDK. */
  load(): Promise<unknown>;
  /**
   * Makes the client and logs in, up to where a call may be placed.
   * @param onRinging - told when the SDK says that it rings
   */
  connect(token: string, config: CallerConfig, onRinging: () => void): Promise<void>;
  /** Waits until nothing of the login is left to do. */
  loggedIn(): Promise<void>;
  /** Dials. */
  dial(to: string): void;
  hangup(): void;
  close(): void;
}

/** Makes the page of an SDK. Code and token are fetched side by side, which is more than a quickstart does. */
export function startRawPage(sdk: RawSdk): void {
  let told = createTold();
  let connected: Promise<void> | undefined;
  const connect = async (config: CallerConfig): Promise<void> => {
    const [token] = await Promise.all([fetchToken(config), sdk.load()]);
    await sdk.connect(token, config, () => told.ring());
  };
  globalThis.caller = {
    create(config) {
      callButton().addEventListener('click', () => {
        told = createTold();
        connected ??= connect(config);
        connected.then(() => sdk.dial(config.to)).catch(told.fail);
      });
      if (config.warm) connected = connect(config);
    },
    async ready() {
      await connected;
      await sdk.loggedIn();
    },
    told: () => told.at,
    async hangup() {
      sdk.hangup();
      return [];
    },
    async close() {
      sdk.close();
    },
  };
}

async function fetchToken({ carrier }: CallerConfig): Promise<string> {
  const response = await fetch(`/voice-token/${carrier}`, { method: 'POST' });
  return response.text();
}
