import type { DialerErrorCode } from './codes.js';

/** What is told about one error code. */
export interface ErrorText {
  /** What happened, in one plain sentence for the person at the page. */
  readonly summary: string;
  /** What that person can do now, in one plain sentence. */
  readonly remedy: string;
  /** For the developer: what happened, and what to do about it. */
  readonly developer: string;
}

/** The sentences of every code. Loaded on demand by `load-texts.ts`, and the source of `docs/errors.md`. */
export const ERROR_TEXTS: Readonly<Record<DialerErrorCode, ErrorText>> = {
  'media/insecure-context': {
    summary: 'This page cannot use the microphone, because it is not secure.',
    remedy: 'Open the page with an address that begins with https.',
    developer:
      'Browsers give no microphone to insecure pages. Serve the page over HTTPS, or from localhost while you develop.',
  },
  'media/blocked-by-page': {
    summary: 'This page does not let calls use the microphone.',
    remedy: 'Open the page in a tab of its own, or try again later.',
    developer:
      'A Permissions-Policy header or the frame forbids the microphone. Send `Permissions-Policy: microphone=(self)`, give the frame `allow="microphone; autoplay"`, and do not sandbox it without `allow-same-origin`.',
  },
  'media/permission-denied': {
    summary: 'The microphone is not allowed for this page.',
    remedy:
      'Allow the microphone in the settings of your browser and your computer, then call again.',
    developer:
      'The person, the browser or the operating system denied the microphone. Only the person can change it: show the remedy.',
  },
  'media/permission-dismissed': {
    summary: 'The question about the microphone was closed without an answer.',
    remedy: 'Call again and choose "Allow" when the browser asks.',
    developer:
      'The permission prompt was closed or left unanswered. Calling again from a click shows it again.',
  },
  'media/device-not-found': {
    summary: 'That microphone or speaker was not found.',
    remedy: 'Connect a microphone or headset, or choose another one, then call again.',
    developer:
      'There is no device of this kind, or the one chosen by its id is gone. List what there is with `dialer.audio.inputs` and `dialer.audio.outputs`.',
  },
  'media/device-in-use': {
    summary: 'The microphone could not be started.',
    remedy: 'Close other programs that use the microphone, then call again.',
    developer:
      'The browser found the microphone and could not open it: another program has it, or its driver failed.',
  },
  'media/device-lost': {
    summary: 'The microphone was disconnected.',
    remedy: 'Connect it again or choose another one.',
    developer:
      'The microphone track ended while it was in use, and no other device could replace it. Listen to `audio-changed` and offer a choice.',
  },
  'media/constraints-failed': {
    summary: 'The microphone cannot do what this page asks for.',
    remedy: 'Choose another microphone, then call again.',
    developer:
      'No device meets the constraints. Ask for `ideal` values instead of `exact` ones in `audio`.',
  },
  'media/processor-failed': {
    summary: 'An effect on the microphone failed, and the sound goes on without it.',
    remedy: 'You can go on talking.',
    developer:
      'The function given to `dialer.audio.setProcessor` threw, took too long, or returned no live audio track. The plain microphone is used; look at `cause`.',
  },
  'media/output-unsupported': {
    summary: 'This browser cannot play the call on a chosen speaker.',
    remedy: 'Choose the speaker in the settings of your computer.',
    developer:
      'The browser has no `setSinkId`. Show a choice of speakers only while `dialer.audio.canSelectOutput` is true.',
  },
  'media/playback-blocked': {
    summary: 'The browser does not play the sound yet.',
    remedy: 'Click anywhere on the page to hear the call.',
    developer: 'Autoplay was refused. Call `dialer.audio.unlock()` in the handler of a click.',
  },
  'media/silent-microphone': {
    summary: 'Your microphone sends no sound.',
    remedy: 'Check that it is switched on, not muted and the right one.',
    developer:
      'The track is live and not muted by us, and its level is zero. It is often a switch on the headset, or the wrong device.',
  },
  'media/microphone-muted': {
    summary: 'Your microphone is muted outside this page.',
    remedy: 'Switch it on: at the headset, on the keyboard, or in the system’s sound settings.',
    developer:
      'The track is `muted` or was disabled by other code, while the call is not muted. A telephone call on the same device does it, too.',
  },
  'media/not-sending': {
    summary: 'The other side cannot hear you.',
    remedy: 'Hang up and call again, or try another network.',
    developer:
      'No audio packets leave the browser. A firewall that blocks UDP is the usual reason; set `iceServers` with TURN over TLS.',
  },
  'media/not-receiving': {
    summary: 'No sound arrives from the other side.',
    remedy: 'Hang up and call again, or try another network.',
    developer:
      'No audio packets arrive. A firewall that blocks UDP is the usual reason; set `iceServers` with TURN over TLS.',
  },
  'media/not-playing': {
    summary: 'The other side’s sound arrives and is not played.',
    remedy: 'Choose another speaker, or check the volume of this page.',
    developer: 'Packets arrive, and the browser plays no samples: the output was lost or is stuck.',
  },
  'media/far-end-silent': {
    summary: 'The other side is silent.',
    remedy: 'Ask the other side whether their microphone is on.',
    developer: 'Packets arrive and hold silence. Nothing is wrong on this side of the gateway.',
  },
  'media/negotiation-failed': {
    summary: 'The sound of this call could not be set up.',
    remedy: 'Call again, or try another browser.',
    developer:
      'Offer and answer did not fit: a codec, or SDP that one side refused. Look at `codes`, `cause` and the option `codecs`.',
  },
  'media/connection-failed': {
    summary: 'The sound could not be connected on this network.',
    remedy: 'Try another network, for example your mobile data.',
    developer:
      'ICE or DTLS failed. The network probably blocks UDP; set `iceServers` with TURN over TLS on port 443, and run `dialer.preflight()`.',
  },
  'auth/token-unavailable': {
    summary: 'This page could not get permission to call.',
    remedy: 'Try again later.',
    developer:
      '`getToken` threw, timed out, answered with an HTTP error, or returned no token. Check your token server and `cause`.',
  },
  'auth/token-expired': {
    summary: 'The permission of this page to call has run out.',
    remedy: 'Reload the page and call again.',
    developer:
      'The token was expired even after a fresh one was asked for. Check the clock and the caching of your token server.',
  },
  'auth/token-rejected': {
    summary: 'This page may not call right now.',
    remedy: 'Try again later.',
    developer:
      'The provider refused the token. Check the account, key and grants that your token server signs with.',
  },
  'provider/sdk-not-loaded': {
    summary: 'A part of this page that makes calls did not load.',
    remedy: 'Check the connection, reload the page and call again.',
    developer:
      "The provider's SDK could not be loaded. Install its package, allow its address in `script-src` of the Content-Security-Policy, or pass it as `sdk`.",
  },
  'provider/unsupported': {
    summary: 'Calls do not work in this browser.',
    remedy: 'Use an up-to-date Chrome, Edge, Firefox or Safari.',
    developer: "The provider's SDK refuses this browser. `Dialer.support()` says what is missing.",
  },
  'provider/unreachable': {
    summary: 'The phone service cannot be reached.',
    remedy: 'Check the connection and try again.',
    developer:
      "The signalling socket could not be opened. Allow the provider's hosts in `connect-src` of the Content-Security-Policy and in the firewall.",
  },
  'provider/timeout': {
    summary: 'The phone service did not answer in time.',
    remedy: 'Try again in a moment.',
    developer:
      'The provider was silent past its deadline. The deadlines are the option `timeouts`; `route` and `codes` say who and what.',
  },
  'provider/server-error': {
    summary: 'The phone service has a fault.',
    remedy: 'Try again later.',
    developer:
      "The provider answered with a fault of its own or of a network behind it. Look at `codes` and at the provider's status page.",
  },
  'provider/over-limit': {
    summary: 'No more calls are possible right now.',
    remedy: 'Try again in a few minutes.',
    developer:
      "A limit of the account: balance, concurrent calls or calls per second. Look at the account in the provider's console.",
  },
  'provider/misconfigured': {
    summary: 'Calls from this page are not set up correctly.',
    remedy: 'Try again later.',
    developer:
      "The account is not set up for this call: application, connection, outbound profile or caller ID. `codes.providerCode` is explained in the provider's documentation.",
  },
  'provider/no-answer-supervision': {
    summary: 'It is not known whether the other side has answered.',
    remedy: 'Listen whether somebody speaks.',
    developer:
      'The provider reported the answer before anybody took the call. On Twilio set `answerOnBridge="true"` on `<Dial>`.',
  },
  'provider/unexplained': {
    summary: 'The call failed without a reason given.',
    remedy: 'Try again in a moment.',
    developer:
      'The provider ended the call with a code that is not known here, or with none. `codes` has what it said.',
  },
  'network/offline': {
    summary: 'You are offline.',
    remedy: 'Check your internet connection and call again.',
    developer: 'The browser says that it is offline. Nothing was dialled while it was.',
  },
  'network/slow': {
    summary: 'Your internet connection is slow.',
    remedy: 'Stop other uploads, or use another network.',
    developer: 'Less than the 100 kbit/s that a call wants were measured. It may still work.',
  },
  'network/signalling-lost': {
    summary: 'The connection to the phone service was lost.',
    remedy: 'Check your internet connection and call again.',
    developer: 'The signalling socket closed. It is opened again for as long as a call needs it.',
  },
  'network/reconnect-failed': {
    summary: 'The connection was lost and could not be repaired.',
    remedy: 'Check your internet connection and call again.',
    developer:
      'Signalling or media did not come back within the deadline for reconnecting, so the call was ended.',
  },
  'call/busy': {
    summary: 'The line is busy.',
    remedy: 'Try again in a few minutes.',
    developer:
      'The callee is on another call, or declined in a way that the network tells as busy.',
  },
  'call/no-answer': {
    summary: 'Nobody answered.',
    remedy: 'Try again later.',
    developer: 'It rang until `ringMs` was over, or the network gave up ringing.',
  },
  'call/rejected': {
    summary: 'The call was declined.',
    remedy: 'Try again later.',
    developer: 'The callee, their telephone or their network declined the call.',
  },
  'call/unavailable': {
    summary: 'The phone you called is off or out of reach.',
    remedy: 'Try again later.',
    developer: 'The network knows the number and cannot reach it now.',
  },
  'call/invalid-number': {
    summary: 'This number cannot be called.',
    remedy: 'Check the number, with its country code, and call again.',
    developer:
      'Not an E.164 number such as +14155550123, or a number not in service. `parseNumber` of `everdial/numbers` reads what people type.',
  },
  'call/emergency-number': {
    summary: 'Emergency numbers cannot be called from a web page.',
    remedy: 'Use a telephone to call for help.',
    developer:
      'A call from a browser carries no location, so emergency services could not find the caller. It is refused before anything is sent, and this cannot be turned off.',
  },
  'call/blocked': {
    summary: 'This call is not allowed.',
    remedy: 'Check the number, or get in touch another way.',
    developer:
      'A rule of your server, of the account or of the network forbids it: destination, country or fraud control. It is never tried over another provider.',
  },
  'call/limit-reached': {
    summary: 'Another call is still going on.',
    remedy: 'End that call first.',
    developer: 'As many calls exist as `maxCalls` allows.',
  },
  'call/cancelled': {
    summary: 'The call was cancelled.',
    remedy: 'Call again if you need to.',
    developer: 'This side ended the call before it was answered.',
  },
  'call/missed': {
    summary: 'You missed a call.',
    remedy: 'Call back if you need to.',
    developer: 'The caller gave up, or another device answered, before the call was answered here.',
  },
  'call/unknown-outcome': {
    summary: 'The connection was lost, and the other phone may have rung.',
    remedy: 'Wait a moment for a call back, then call again if you need to.',
    developer:
      'The call was sent and its end could not be proven, so nothing was dialled again. Ask the person before you call `redial()`.',
  },
  'call/slow': {
    summary: 'Connecting takes longer than usual.',
    remedy: 'Please wait, or hang up and try again.',
    developer:
      'The call was sent and no progress was told yet. Some countries need 15 s; the call goes on.',
  },
  'call/not-supported': {
    summary: 'This call cannot do that.',
    remedy: 'Go on without it.',
    developer:
      'The provider of this call cannot do it. Look at `call.capabilities` before you offer it.',
  },
  'call/not-ready': {
    summary: 'This is not possible yet.',
    remedy: 'Wait until the call is connected.',
    developer: 'The call is in a state in which this makes no sense. Look at `call.state` first.',
  },
  'failover/exhausted': {
    summary: 'The call could not be placed.',
    remedy: 'Try again later.',
    developer:
      'Every route that was allowed failed or is cooling down. `outcome.attempts` has the error of each.',
  },
  'failover/refused': {
    summary: 'The call was not dialled again, because the other phone may have rung.',
    remedy: 'Wait a moment, then call again if you need to.',
    developer:
      'The failover policy decided something that is not in `context.allowed`, so it counts as `ask`. Choose from that list.',
  },
  'config/invalid-option': {
    summary: 'This page made a mistake with the call.',
    remedy: 'Try again later.',
    developer: 'An option or argument has a wrong type or value.',
  },
  'config/duplicate-route': {
    summary: 'Calls from this page are not set up correctly.',
    remedy: 'Try again later.',
    developer:
      'Two entries of `providers` have the same route. Give each its own region, or remove one.',
  },
  'config/unknown-route': {
    summary: 'Calls from this page are not set up correctly.',
    remedy: 'Try again later.',
    developer:
      'A route was named that is not in `providers`. `dialer.routes` lists those that there are.',
  },
  'config/secret-in-page': {
    summary: 'Calls from this page are switched off for safety.',
    remedy: 'Try again later.',
    developer:
      'An API key or account secret was given to the page, where everybody can read it. Revoke it now, and mint short-lived tokens on your server instead.',
  },
  'config/no-access-server': {
    summary: 'Calls from this page are not set up correctly.',
    remedy: 'Try again later.',
    developer:
      'A destination such as `ref:sales` needs a server that knows it. Add the hook `openCall`, for example with `...accessServer(url)`.',
  },
  'state/closed': {
    summary: 'Calling was switched off on this page.',
    remedy: 'Reload the page to call again.',
    developer: 'The Dialer was closed. Closing is final: make a new Dialer.',
  },
  'state/aborted': {
    summary: 'That was cancelled.',
    remedy: 'Try again if you need to.',
    developer: 'The signal that you passed was aborted; `cause` is its reason.',
  },
  'state/timeout': {
    summary: 'That took too long.',
    remedy: 'Try again in a moment.',
    developer: 'The wait was longer than `timeoutMs` or the default of this method.',
  },
  'support/not-a-browser': {
    summary: 'Calls work in a web browser only.',
    remedy: 'Open this page in a browser.',
    developer:
      'There is no window here, as on a server or in a worker. Importing and making a Dialer is safe there, calling is not.',
  },
  'support/no-webrtc': {
    summary: 'This browser cannot make calls.',
    remedy: 'Use an up-to-date Chrome, Edge, Firefox or Safari.',
    developer:
      'WebRTC or `navigator.mediaDevices` is missing: an old browser, a web view inside an app, or a setting or extension that turns it off.',
  },
  'crm/host-not-found': {
    summary: 'The connection to your CRM was not found.',
    remedy: 'Open this page inside your CRM.',
    developer:
      'Nobody answered the handshake. Check that the page is in a frame of the host, and the origin given for the host.',
  },
  'crm/origin-refused': {
    summary: 'This page is not allowed to talk to your CRM.',
    remedy: 'Try again later.',
    developer:
      'A message came from an origin that is not in the list. Add the origin if you trust it.',
  },
  'crm/message-invalid': {
    summary: 'Your CRM sent something that could not be understood.',
    remedy: 'Try again later.',
    developer:
      'A message does not fit the protocol and was ignored. Check the versions on both sides.',
  },
  'crm/host-refused': {
    summary: 'Your CRM did not accept this.',
    remedy: 'Try again later.',
    developer:
      'The host answered with an error, or not in time. Look at `cause` and at its permissions.',
  },
  'internal/listener-threw': {
    summary: 'A part of this page made a mistake.',
    remedy: 'You can go on.',
    developer:
      'A listener of the application threw. The other listeners ran; `cause` is what was thrown.',
  },
  'internal/unexpected': {
    summary: 'Something unexpected went wrong.',
    remedy: 'Try again in a moment.',
    developer:
      'This should not happen and is a fault of everdial. Please report it with `await dialer.report()`.',
  },
};
