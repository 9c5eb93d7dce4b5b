import type { RouteList } from '../failover/route-list.js';
import type * as RunCodeModule from './run/run-code.js';

/** What connects routes, places calls and carries them: fetched when the first call is prepared, not with the page. */
export type RunCode = Pick<typeof RunCodeModule, 'CallRun' | 'RouteList' | 'openMicrophoneAhead'>;

/** The same, with the routes of a Dialer. */
export interface LoadedRunCode extends RunCode {
  readonly routes: RouteList;
}

let code: RunCode | undefined;

/** Fetches that code. A failed fetch is tried again by the next one who asks. */
export async function loadRunCode(): Promise<RunCode> {
  code ??= await import('./run/run-code.js');
  return code;
}

/** Supplies the code, so that nothing is fetched: simulated time does not wait for real files. */
export function provideRunCode(loaded: RunCode): void {
  code = loaded;
}
