import type * as CallRunModule from './run/call-run.js';

/** What places a call and carries it: fetched when the first call is prepared, not with the page. */
export type CallRunCode = Pick<typeof CallRunModule, 'CallRun'>;

let code: CallRunCode | undefined;

/** Fetches the code that places a call and carries it. A failed fetch is tried again by the next one who asks. */
export async function loadCallRun(): Promise<CallRunCode> {
  code ??= await import('./run/call-run.js');
  return code;
}

/** Supplies the code, so that nothing is fetched: simulated time does not wait for real files. */
export function provideCallRun(loaded: CallRunCode): void {
  code = loaded;
}
