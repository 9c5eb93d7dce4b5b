/** What the page of `npm run telephony` is told at its start. */
export interface HandSettings {
  readonly server: string;
  readonly domain: string;
  readonly username: string;
  readonly token: string;
  /** What can be dialled, and what happens then. */
  readonly numbers: readonly (readonly [number: string, does: string])[];
}

/** What the phone tells, newest last. */
export interface HandPhone {
  readonly history: readonly string[];
  /** Numbers of the phone with a call. */
  readonly live: readonly string[];
}

/** What the page asks of the phone. */
export interface HandCommand {
  readonly do: 'accept' | 'hangup';
  readonly number: string;
}
