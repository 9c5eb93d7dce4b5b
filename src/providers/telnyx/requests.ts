import { randomUuid } from '../../core/uuid.js';
import type { TelnyxCall, TelnyxClient, TelnyxRequest } from './vendor.js';

/** What never leaves the browser. */
const LOCAL = new Set([
  'remoteSdp',
  'localStream',
  'remoteStream',
  'localElement',
  'remoteElement',
  'onNotification',
  'micId',
  'camId',
  'speakerId',
]);

const ON_THE_WIRE: Readonly<Record<string, string>> = {
  id: 'callID',
  destinationNumber: 'destination_number',
  remoteCallerName: 'remote_caller_id_name',
  remoteCallerNumber: 'remote_caller_id_number',
  callerName: 'caller_id_name',
  callerNumber: 'caller_id_number',
  customHeaders: 'custom_headers',
};

/**
 * A request about a call, as the vendor's call object would make it. Sent by ourselves where the vendor hides the
 * gateway's answer: its `hangup()` closes the sound before that comes and resolves with or without one, its `dtmf()`
 * leaves a refusal unhandled.
 */
export function callRequest(
  client: TelnyxClient,
  call: TelnyxCall,
  method: 'bye' | 'info',
  params: Readonly<Record<string, unknown>>,
): TelnyxRequest {
  const dialogParams = Object.fromEntries(
    Object.entries(call.options)
      .filter(([name]) => !LOCAL.has(name))
      .map(([name, value]) => [ON_THE_WIRE[name] ?? name, value]),
  );
  return {
    request: {
      jsonrpc: '2.0',
      id: randomUuid(),
      method: `telnyx_rtc.${method}`,
      params: { sessid: client.sessionid, dialogParams, ...params },
    },
  };
}
