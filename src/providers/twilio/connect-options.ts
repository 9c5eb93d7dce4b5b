import type { LegRequest, ProviderContext } from '../provider.js';
import type { TwilioOptions } from './options.js';
import type { ConnectOptions } from './vendor.js';

/** The options for the vendor's `device.connect()`. The number is always the one that was dialled. */
export function connectOptions(
  request: LegRequest,
  { paramNames, connectOptions: more }: Pick<TwilioOptions, 'paramNames' | 'connectOptions'>,
  { relayOnly }: Pick<ProviderContext, 'relayOnly'>,
): ConnectOptions {
  const { to, from, params, iceServers } = request;
  const theirs = more?.(request);
  return {
    ...((iceServers.length > 0 || relayOnly) && {
      rtcConfiguration: {
        iceServers: [...iceServers],
        ...(relayOnly && { iceTransportPolicy: 'relay' }),
      },
    }),
    ...theirs,
    params: {
      ...params,
      ...(theirs?.['params'] as Record<string, string> | undefined),
      [paramNames?.to ?? 'To']: to,
      ...(from !== undefined && { [paramNames?.from ?? 'CallerId']: from }),
    },
  };
}
