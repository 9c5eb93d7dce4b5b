/** Chromium only, as yet: Network Information API, and the `Save-Data` of HTTP client hints. */
interface DataNavigator extends Navigator {
  readonly connection?: { readonly saveData: boolean; readonly type?: string };
}

/**
 * Whether every byte counts: the person wishes to save data, or is on a mobile network, where data is paid for. `false`
 * where the browser does not tell.
 */
export function savesData(): boolean | undefined {
  const { connection } = navigator as DataNavigator;
  return connection?.saveData || connection?.type === 'cellular';
}
