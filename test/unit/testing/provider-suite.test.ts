import { describe, expect, test } from 'vitest';
import { DialerError } from '../../../src/errors/dialer-error.js';
import type {
  Leg,
  LegEvent,
  LegReport,
  LegRequest,
  Provider,
  ProviderSession,
} from '../../../src/providers/provider.js';
import { type ProviderHarness, providerSuite } from '../../../src/testing/index.js';
import { sandboxHarness } from '../../conformance/sandbox-harness.js';

type Dial = ProviderSession['dial'];

const TIMING = { patienceMs: 200, settleMs: 50 };

/** The sandbox with a defect built in. */
function broken(defect: (provider: Provider) => Provider): ProviderHarness {
  return {
    async create() {
      const subject = await sandboxHarness({ sound: 'none' }).create();
      // Copied by descriptor: the counters are getters.
      return Object.defineProperties(
        { ...subject },
        {
          ...Object.getOwnPropertyDescriptors(subject),
          provider: { value: defect(subject.provider) },
        },
      );
    },
  };
}

const brokenDial = (defect: (dial: Dial) => Dial) =>
  broken((provider) => ({
    ...provider,
    async open(context) {
      const session = await provider.open(context);
      return { close: () => session.close(), dial: defect(session.dial.bind(session)) };
    },
  }));

const brokenReport = (defect: (report: LegReport, event: LegEvent) => void) =>
  brokenDial((dial) => (request, report) => dial(request, (event) => defect(report, event)));

const brokenLeg = (defect: (leg: Leg, request: LegRequest, report: LegReport) => Leg) =>
  brokenDial((dial) => (request, report) => defect(dial(request, report), request, report));

async function failureOf(harness: ProviderHarness, name: string): Promise<string> {
  const found = providerSuite(harness, TIMING).find((candidate) => candidate.name === name);
  if (!found) throw new Error(`There is no case "${name}"`);
  try {
    await found.run();
  } catch (error) {
    return String(error);
  }
  return 'it passed';
}

describe('the conformance suite catches a provider that', () => {
  test('reports two ends', async () => {
    const harness = brokenReport((report, event) => {
      report(event);
      if (event.type === 'ended') report(event);
    });
    expect(
      await failureOf(harness, 'the vendor\'s "busy" ends the call once, as call/busy'),
    ).toMatch('ended, ended');
  });

  test('reports something after the end', async () => {
    const harness = brokenReport((report, event) => {
      report(event);
      if (event.type === 'ended') report({ type: 'progress', ringing: true, earlyMedia: false });
    });
    expect(
      await failureOf(harness, 'what the far side does after the end is not reported'),
    ).toMatch('progress was reported after ended');
  });

  test('throws in dial()', async () => {
    const harness = brokenDial(() => () => {
      throw new Error('not connected');
    });
    expect(
      await failureOf(harness, 'dial() without a signalling connection does not throw'),
    ).toMatch('dial() threw');
  });

  test('goes back to an earlier phase', async () => {
    const harness = brokenReport((report, event) => {
      report(event);
      if (event.type === 'answered') report({ type: 'acknowledged' });
    });
    const name = 'a call goes from sent over acknowledged and progress to answered, and never back';
    expect(await failureOf(harness, name)).toMatch(
      'acknowledged was reported after sent, identified, acknowledged, progress, answered',
    );
  });

  test('reports before sent', async () => {
    const harness = brokenReport((report, event) => {
      if (event.type === 'sent') report({ type: 'acknowledged' });
      report(event);
    });
    const name = 'dial() sends one call and reports sent, once, before anything that comes back';
    expect(await failureOf(harness, name)).toMatch('acknowledged was reported before sent');
  });

  test('never reports sent', async () => {
    const harness = brokenReport((report, event) => {
      if (event.type !== 'sent') report(event);
    });
    const name = 'dial() sends one call and reports sent, once, before anything that comes back';
    expect(await failureOf(harness, name)).toMatch('the call was not sent');
  });

  test('sends a call twice', async () => {
    const harness = brokenDial((dial) => (request, report) => {
      dial(request, () => undefined);
      return dial(request, report);
    });
    const name = 'dial() sends one call and reports sent, once, before anything that comes back';
    expect(await failureOf(harness, name)).toMatch('the vendor saw 2 calls instead of 1');
  });

  test('reports after release()', async () => {
    const harness = brokenLeg((leg, _request, report) => ({
      ...leg,
      release() {
        leg.release();
        queueMicrotask(() => report({ type: 'restored' }));
      },
    }));
    expect(
      await failureOf(harness, 'release() twice does no harm, and nothing is reported afterwards'),
    ).toMatch('restored was reported after release()');
  });

  test('leaves its tracks live', async () => {
    const harness = brokenDial(
      (dial) => (request, report) => dial({ ...request, stream: undefined }, report),
    );
    const name =
      "after release() the leg's own tracks have ended and the microphone is still alive";
    expect(await failureOf(harness, name)).toMatch("the leg's track is still live");
  });

  test('calls busy something else', async () => {
    const harness = brokenReport((report, event) =>
      report(
        event.type === 'ended' ? { ...event, error: new DialerError('call/unavailable') } : event,
      ),
    );
    expect(
      await failureOf(harness, 'the vendor\'s "busy" ends the call once, as call/busy'),
    ).toMatch('error is call/unavailable instead of call/busy');
  });

  test('takes a lost connection for the end of the call', async () => {
    const harness = brokenReport((report, event) =>
      report(
        event.type === 'interrupted'
          ? { type: 'ended', by: 'network', final: true, error: event.error }
          : event,
      ),
    );
    const lostAt = (phase: string) =>
      failureOf(
        harness,
        `a signalling connection lost at "${phase}" is told, proves nothing, and nothing is dialled again`,
      );
    expect(await lostAt('progress')).toMatch('a lost connection proves nothing');
    expect(await lostAt('answered')).toMatch('although capabilities.reattach says');
  });

  test('never confirms a hang-up', async () => {
    const harness = brokenLeg((leg) => ({ ...leg, hangup() {} }));
    expect(await failureOf(harness, 'hangup() at "progress" ends the call once, by local')).toMatch(
      'ended was not reported',
    );
  });

  test('claims no hold and has it', async () => {
    const harness = broken((provider) => ({
      ...provider,
      capabilities: { ...provider.capabilities, hold: false },
    }));
    const name =
      'a call is held and taken back where the capability says so, else the method is missing';
    expect(await failureOf(harness, name)).toMatch('setHeld exists');
  });

  test('does not stop opening when the signal aborts', async () => {
    const harness = broken((provider) => ({
      ...provider,
      open: (context) => provider.open({ ...context, signal: new AbortController().signal }),
    }));
    const name = 'open() that gets no answer stops when the signal aborts, and leaves nothing open';
    expect(await failureOf(harness, name)).toMatch('did not settle after the signal had aborted');
  });

  test('takes a refused token for a lost network', async () => {
    const harness = broken((provider) => ({
      ...provider,
      open: (context) =>
        provider.open(context).catch(() => {
          throw new DialerError('provider/unreachable');
        }),
    }));
    expect(
      await failureOf(harness, 'open() rejects with auth/… when the vendor refuses the token'),
    ).toMatch('it rejected with provider/unreachable');
  });

  test('leaves its connection open', async () => {
    const harness = broken((provider) => ({
      ...provider,
      async open(context) {
        const session = await provider.open(context);
        return { close: async () => undefined, dial: session.dial.bind(session) };
      },
    }));
    expect(await failureOf(harness, 'close() without a call frees everything')).toMatch(
      '1 resources are still open',
    );
  });
});
