import { labNow } from '../clock.js';
import type { PhoneNetwork } from '../network/phone-network.js';
import { readBody } from './read-body.js';
import type { RequestHandler } from './web-server.js';

/** How the server answers, live. */
export interface CallServerFaults {
  /** Told of every leg, and none is touched; `undefined`: legs are really ended. @defaultValue undefined */
  fate: 'ended' | 'ringing' | 'answered' | 'unknown' | undefined;
  /** Milliseconds until the answer. @defaultValue 0 */
  delayMs: number;
  /** Cuts the connection instead of an answer, and touches no leg. @defaultValue false */
  drop: boolean;
}

/** A request that came in. */
export interface CallServerRequest {
  /** When, epoch milliseconds. */
  readonly atMs: number;
  /** What was asked. */
  readonly action: 'end-leg' | 'close-call';
  /** The call's `everdial-call-id`. */
  readonly callId: string;
}

/** The application's server with its carriers' server interfaces behind it: `POST /end-leg`, `POST /close-call`. */
export interface CallServer {
  /** Faults, live. */
  readonly faults: CallServerFaults;
  /** Requests so far. */
  readonly requests: readonly CallServerRequest[];
  /** Puts the faults back and forgets the requests. */
  reset(): void;
  /** For the web server. */
  readonly handle: RequestHandler;
}

/** Makes the server. It answers `/end-leg` with the fate of the leg as text. */
export function createCallServer(network: PhoneNetwork): CallServer {
  const faults = noFaults();
  const requests: CallServerRequest[] = [];
  return {
    faults,
    requests,
    reset() {
      Object.assign(faults, noFaults());
      requests.length = 0;
    },
    async handle(request, response) {
      const action = /^\/(end-leg|close-call)$/.exec(request.url ?? '')?.[1];
      if (action !== 'end-leg' && action !== 'close-call') return false;
      const { callId, attempt } = JSON.parse(await readBody(request)) as {
        callId: string;
        attempt: number;
      };
      requests.push({ atMs: labNow(), action, callId });
      const { fate, delayMs, drop } = faults;
      if (drop) {
        response.destroy();
        return true;
      }
      const answer = () =>
        response
          .writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
          .end(action === 'close-call' ? '' : (fate ?? network.endLeg(callId, attempt)));
      const timer = setTimeout(answer, delayMs);
      response.once('close', () => clearTimeout(timer));
      return true;
    },
  };
}

function noFaults(): CallServerFaults {
  return { fate: undefined, delayMs: 0, drop: false };
}
