import type { RouteId } from '../core/ids.js';
import { DialerError } from '../errors/dialer-error.js';

/** The vendor's module, a function that gives it, or a promise of it; `default` wrappers are seen through. */
export type SdkSource = () => unknown;

/**
 * Fetches a vendor's SDK and takes one export out of it, whether the module has named exports or, as UMD files do in
 * native ES modules, only a `default`.
 * @throws DialerError `provider/sdk-not-loaded` when the module does not load or lacks the export.
 */
export async function resolveSdk<Export>(
  source: SdkSource,
  exportName: string,
  route: RouteId,
): Promise<Export> {
  let module: unknown;
  try {
    module = await source();
  } catch (cause) {
    throw new DialerError('provider/sdk-not-loaded', { cause, route });
  }
  const found = read(module, exportName) ?? read(read(module, 'default'), exportName);
  if (found === undefined) {
    throw new DialerError('provider/sdk-not-loaded', { route, detail: `no export ${exportName}` });
  }
  return found as Export;
}

function read(from: unknown, name: string): unknown {
  const readable = (typeof from === 'object' && from !== null) || typeof from === 'function';
  return readable ? (from as Record<string, unknown>)[name] : undefined;
}
