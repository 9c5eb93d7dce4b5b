import type { CarrierId, Sabotage } from './page-types.js';

let letOffersGo: () => void = () => undefined;

/** Lets the SDK go on, where `held-offer` stopped it. */
export const releaseOffer = (): void => letOffersGo();

/** Breaks something in the page before the Dialer is made. */
export function applySabotage(sabotage: Sabotage | undefined): void {
  const { mediaDevices } = navigator;
  switch (sabotage) {
    case 'no-storage':
      for (const name of ['sessionStorage', 'localStorage']) {
        Object.defineProperty(globalThis, name, {
          get() {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          },
        });
      }
      break;
    case 'no-webrtc':
      Object.assign(globalThis, { RTCPeerConnection: undefined });
      break;
    case 'slow-timers': {
      // As in a tab in the background: timers come at full seconds only.
      const { setTimeout } = globalThis.window;
      Object.assign(globalThis, {
        setTimeout: (handler: TimerHandler, delay = 0, ...args: unknown[]) =>
          setTimeout(handler, Math.ceil(delay / 1000) * 1000, ...args),
      });
      break;
    }
    case 'held-offer': {
      const go = new Promise<void>((resolve) => {
        letOffersGo = resolve;
      });
      RTCPeerConnection.prototype.createOffer = new Proxy(RTCPeerConnection.prototype.createOffer, {
        apply: (target, connection, args) => go.then(() => Reflect.apply(target, connection, args)),
      });
      break;
    }
    case 'microphone-pending':
      mediaDevices.getUserMedia = () => new Promise(() => undefined);
      break;
    case 'microphone-NotFoundError':
    case 'microphone-NotReadableError':
    case 'microphone-OverconstrainedError': {
      const name = sabotage.slice('microphone-'.length);
      mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name));
      break;
    }
  }
}

/** Makes the first carrier's SDK throw where a call is placed. */
export async function brokenSdk(carrier: CarrierId): Promise<unknown> {
  const fail = () => {
    throw new TypeError('broken by the fault matrix');
  };
  switch (carrier) {
    case 'telnyx': {
      const module = await import('@telnyx/webrtc');
      module.TelnyxRTC.prototype.newCall = fail;
      return module;
    }
    case 'twilio': {
      const module = await import('@twilio/voice-sdk');
      module.Device.prototype.connect = fail;
      return module;
    }
    case 'sip': {
      // Bundled CommonJS: all that it exports is in `default`.
      const { default: library } = (await import('jssip')) as unknown as {
        default: { UA: { prototype: { call: () => never } } };
      };
      library.UA.prototype.call = fail;
      return library;
    }
  }
}
