import {
  type Call,
  createFailover,
  Dialer,
  type DialerError,
  type DialerOptions,
  isDialerError,
} from 'everdial';
import { sip } from 'everdial/providers/sip';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';
import { CALL_EVENTS } from '../../call-events.js';
import { present } from '../../lab/browser/page-side/present.js';
import type { PageConfig, PageRecord, RecordedError, RecordedEvent } from './page-types.js';
import { applySabotage, brokenSdk, releaseOffer } from './sabotage.js';

type EndLeg = NonNullable<DialerOptions['endLeg']>;
type Changing<Type> = { -readonly [Name in keyof Type]: Type[Name] };

const now = (): number => performance.timeOrigin + performance.now();
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const later = globalThis.setTimeout.bind(globalThis);

let dialer: Dialer | undefined;
let call: Call | undefined;
let pressedAtMs = 0;
let hungUpAtMs: number | undefined;
let tracksAfterEnd: number | undefined;
let repeatedMs: number | undefined;
const callIds: string[] = [];
const events: RecordedEvent[] = [];
const errors: RecordedError[] = [];
const logs: { level: string; text: string }[] = [];
const microphones: Changing<PageRecord['microphones'][number]>[] = [];

/** Everything of an error that an application could show, log or send. */
function describe(error: DialerError): RecordedError {
  const { code, kind, message, summary, remedy } = error;
  return {
    code,
    kind,
    text: `${message} ${summary} ${remedy} ${JSON.stringify(error)}`,
    explained: isDialerError(error) && summary !== '' && remedy !== '',
  };
}

function countMicrophones(): void {
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const asked: (typeof microphones)[number] = { askedAtMs: now(), givenAtMs: undefined };
    microphones.push(asked);
    const stream = await open(constraints);
    asked.givenAtMs = now();
    return stream;
  };
}

function listen(made: Call): void {
  callIds.push(made.id);
  for (const type of CALL_EVENTS) {
    made.on(type, (event) => {
      const error = 'error' in event ? event.error : 'problem' in event ? event.problem : undefined;
      events.push({
        name: type === 'state-changed' ? 'state' : type,
        atMs: now(),
        callId: made.id,
        state: made.state,
        provider: made.provider,
        error: error && describe(error),
        evidence: 'evidence' in event ? event.evidence : undefined,
      });
      if (type === 'ended')
        later(() => (tracksAfterEnd = globalThis.everdialLab.resources().liveTracks), 250);
    });
  }
}

const ask = (path: string, body: object, signal?: AbortSignal): Promise<Response> =>
  fetch(path, {
    method: 'POST',
    body: JSON.stringify(body),
    signal: signal ?? null,
    keepalive: true,
  });

function provider(carrier: PageConfig['routes'][number], config: PageConfig) {
  const { hosts, routes, sabotage } = config;
  const sdk =
    sabotage === 'sdk-throws' && carrier === routes[0] ? () => brokenSdk(carrier) : undefined;
  switch (carrier) {
    case 'telnyx':
      return telnyx({ sdk, sdkOptions: { host: hosts.telnyx } });
    case 'twilio':
      return twilio({ sdk, sdkOptions: { chunderw: hosts.twilio } });
    case 'sip':
      return sip({ sdk, server: hosts.sip, domain: 'lab.example' });
  }
}

const logger = Object.fromEntries(
  ['error', 'warn', 'info', 'debug'].map((level) => [
    level,
    (...parts: unknown[]) => {
      const text = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part)));
      logs.push({ level, text: text.join(' ') });
    },
  ]),
) as Record<'error' | 'warn' | 'info' | 'debug', (...parts: unknown[]) => void>;

globalThis.everdialMatrix = {
  create(config) {
    applySabotage(config.sabotage);
    countMicrophones();
    const endLeg: EndLeg = async ({ signal, ...request }) => {
      const response = await ask('/end-leg', request, signal);
      return (await response.text()) as Awaited<ReturnType<EndLeg>>;
    };
    dialer = new Dialer({
      providers: config.routes.map((carrier) => provider(carrier, config)),
      timeouts: config.timeouts,
      failover: createFailover({ maxSwitches: config.maxSwitches }),
      logger,
      logLevel: 'debug',
      getToken: ({ provider: id, signal }) =>
        fetch(`/voice-token/${id}`, { method: 'POST', signal }),
      endLeg: config.hooks?.includes('endLeg') ? endLeg : undefined,
      closeCall: config.hooks?.includes('closeCall')
        ? (request) => ask('/close-call', request).then(() => undefined)
        : undefined,
    });
  },
  dial(to) {
    pressedAtMs ||= now();
    const made = present(dialer).dial(to);
    if (made === call) return;
    call = made;
    listen(made);
  },
  hangup() {
    hungUpAtMs ??= now();
    void present(call).hangup();
  },
  saw: (name) => call?.state === name || events.some((event) => event.name === name),
  releaseOffer,
  shiftClock(ms) {
    const real = Date.now.bind(Date);
    Date.now = () => real() + ms;
  },
  record() {
    const outcome = call?.outcome;
    const failures = [outcome?.error, ...(outcome?.attempts ?? []).map(({ error }) => error)];
    return {
      pressedAtMs,
      hungUpAtMs,
      callIds,
      events,
      outcome: outcome && {
        cause: outcome.cause,
        by: outcome.by,
        confirmed: outcome.confirmed,
        redialAdvice: outcome.redialAdvice,
        durationMs: outcome.durationMs,
        media: outcome.media,
        code: outcome.error?.code,
      },
      errors: [...errors, ...failures.filter((error) => error !== undefined).map(describe)],
      logs,
      microphones,
      tracksAfterEnd,
      repeatedMs,
      routes: present(dialer).routes.map(({ route, health, retryAtMs }) => ({
        route,
        health,
        retryAtMs,
      })),
    };
  },
  async close() {
    const startedAt = performance.now();
    await Promise.all([call?.hangup(), call?.hangup()]);
    await Promise.all([dialer?.close(), dialer?.close()]);
    repeatedMs = performance.now() - startedAt;
    // Whatever comes now comes too late.
    await wait(0);
  },
};
