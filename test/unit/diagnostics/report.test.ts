// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/diagnostics/build-report.js';
import { provideDiagnosticsCode } from '../../../src/diagnostics/load-diagnostics.js';
import { preflight } from '../../../src/diagnostics/preflight.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { projectJson } from '../../architecture/project-files.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { SAYS, scripted } from '../failover/scripted-provider.js';
import { violations } from './json-schema.js';

const schema = projectJson<object>('docs/report.schema.json');
const asJson = (report: object) => JSON.parse(JSON.stringify(report));

const answers = () => scripted({ onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows) });

describe('a report', () => {
  it('of a Dialer that has done nothing fits the schema, also after close()', async () => {
    const { dialer, clock } = stage([scripted()]);
    const first = asJson(await clock.until(dialer.report()));
    expect(violations(schema, first)).toEqual([]);
    expect(first).toMatchObject({
      createdAtMs: clock.now(),
      versions: { everdial: '0.0.0' },
      support: { ok: false, problems: [{ code: 'support/not-a-browser' }] },
      routes: [{ route: 'first', health: 'healthy' }],
      calls: [],
      log: [],
    });
    await clock.until(dialer.close());
    expect(violations(schema, asJson(await clock.until(dialer.report())))).toEqual([]);
  });

  it('holds the last ten calls, ended and running, with attempts and timelines', async () => {
    const { dialer, clock } = stage([answers()]);
    for (let count = 1; count <= 11; count += 1) {
      const call = dialer.dial(`+141555501${String(count).padStart(2, '0')}`);
      await clock.until(call.when('active'));
      if (count < 11) await clock.until(call.hangup());
    }
    const report = asJson(await clock.until(dialer.report()));
    expect(violations(schema, report)).toEqual([]);
    const { calls } = report;
    expect(calls.map(({ to }: { to: string }) => to)).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((at) => `+1•••••••${String(at).padStart(2, '0')}`),
    );
    expect(calls[0]).toMatchObject({ state: 'ended', outcome: { cause: 'completed' } });
    expect(calls[0].outcome.attempts).toHaveLength(1);
    expect(calls[0].outcome.timeline.length).toBeGreaterThan(3);
    expect(calls[9]).toMatchObject({ state: 'active' });
    await clock.until(dialer.close());
  });

  it('keeps numbers only if that is wanted', async () => {
    const { dialer, clock } = stage([answers()]);
    const call = dialer.dial(NUMBER, { params: { note: `for ${NUMBER}` } });
    await clock.until(call.when('active'));
    await clock.until(call.hangup());
    expect(JSON.stringify(await clock.until(dialer.report()))).not.toContain(NUMBER.slice(1));
    const open = asJson(await clock.until(dialer.report({ includeNumbers: true })));
    expect(open.calls[0]).toMatchObject({ to: NUMBER, params: { note: `for ${NUMBER}` } });
  });

  it('tells devices by class and place only', async () => {
    const { dialer, clock, media } = stage([scripted()]);
    media.plugIn({ kind: 'audioinput', id: 'secret-id', label: 'Ada’s headset' });
    expect(dialer.audio.permission).toBeDefined();
    await clock.advance(100);
    const report = asJson(await clock.until(dialer.report()));
    expect(violations(schema, report)).toEqual([]);
    expect(report.audio.inputs).toContainEqual({ id: 'input-2', label: 'headset' });
    expect(JSON.stringify(report)).not.toMatch(/secret-id|Ada/);
  });

  it('never rejects: without its code it tells what needs no masking', async () => {
    const { dialer, clock } = stage([answers()]);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    await clock.until(call.hangup());
    const broken = () => {
      throw new Error('can not be fetched');
    };
    provideDiagnosticsCode({ preflight: broken, buildReport: broken });
    const report = asJson(await clock.until(dialer.report()));
    expect(violations(schema, report)).toEqual([]);
    expect(report).toMatchObject({ calls: [], routes: [], log: [{ level: 'error' }] });
    expect(await clock.until(dialer.preflight())).toMatchObject({
      status: 'failed',
      checks: [{ id: 'network', status: 'failed', error: { code: 'internal/unexpected' } }],
    });
    provideDiagnosticsCode({ preflight, buildReport });
  });
});

describe('whatever numbers, tokens, addresses and SDP come along', () => {
  const base64 = (from: number, to: number) =>
    fc.stringMatching(new RegExp(`^[A-Za-z0-9_-]{${from},${to}}$`));
  const number = fc.stringMatching(/^\+[1-9]\d{7,13}$/);
  const spaced = number.map((digits) =>
    digits.replace(/^(\+\d{2})(\d{3})(\d+)(\d{2})$/, '$1 ($2) $3-$4'),
  );
  const token = fc
    .tuple(base64(8, 40), base64(8, 80), base64(8, 43))
    .map((parts) => `eyJ${parts.join('.')}`);
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6().filter((ip) => ip.length > 4),
  );
  const sdp = fc
    .tuple(
      base64(6, 8),
      base64(24, 24),
      address,
      fc.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    )
    .map(([ufrag, password, ip, print]) =>
      [
        'v=0',
        `o=- 4611731400430051336 2 IN IP4 ${ip}`,
        `c=IN IP4 ${ip}`,
        `a=ice-ufrag:${ufrag}`,
        `a=ice-pwd:${password}`,
        `a=fingerprint:sha-256 ${print}`,
        `a=candidate:1 1 udp 2113937151 ${ip} 53200 typ host`,
      ].join('\r\n'),
    );
  const secret = fc.oneof(number, spaced, token, address, sdp);
  const word = fc.constantFrom(
    'call',
    'to',
    'failed with',
    'at',
    '[',
    ']',
    '"',
    '(',
    ')',
    '=>',
    'ok:',
  );
  const text = fc
    .array(fc.oneof(word, secret), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join(' '));

  const isNumber = (each: string) => /^\+[\d ()-]+$/.test(each);

  /** What must not be found of a secret: of SDP each line, of a number its digits too. */
  const traces = (all: readonly string[]) =>
    all.flatMap((each) => {
      const lines = each.split('\r\n').slice(each.startsWith('v=0') ? 1 : 0);
      const digits = isNumber(each) ? [each.replace(/\D/g, '')] : [];
      return [...lines, ...digits];
    });

  it('none of them is in the report, numbers excepted if they are wanted', async () => {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(secret, { minLength: 1, maxLength: 4 }),
        fc.array(text, { minLength: 4, maxLength: 4 }),
        number,
        fc.boolean(),
        async (secrets, [first = '', second = '', third = '', fourth = ''], to, includeNumbers) => {
          const all = secrets.join(' and ');
          const cause = new TypeError(all);
          const provider = scripted({
            load: async ({ logger }) => {
              const error = new DialerError('call/busy', { detail: all });
              logger.warn(`${first} ${all}`, { error });
              logger.info(all, { error: cause, sdp: all });
            },
            onDial: (leg) => {
              sent += 1;
              leg.say(SAYS.sent, { type: 'identified', providerCallId: secrets[0] ?? '' });
              const detail = `${second} ${all}`;
              const error = new DialerError('call/busy', { detail, providerCode: all, cause });
              leg.say({ type: 'ended', by: 'remote', final: true, error });
            },
          });
          const { dialer, clock } = stage([provider], { logLevel: 'silent' });
          const note = secrets.at(-1) ?? '';
          // The second one is refused for its params, the third for its number: they are in the report as they came.
          for (const [dialled, params] of [
            [to, { note }],
            [to, { note: `${third} ${all}`, [fourth]: all }],
            [all, {}],
          ] as const) {
            await clock.until(dialer.dial(dialled, { params }).when('ended'));
          }
          const report = await clock.until(dialer.report({ includeNumbers }));
          await clock.until(dialer.close());
          const json = JSON.stringify(report);
          const hidden = [...secrets, to].filter((each) => !includeNumbers || !isNumber(each));
          for (const trace of traces(hidden)) expect(json).not.toContain(trace);
          expect(violations(schema, JSON.parse(json))).toEqual([]);
          expect(report.calls).toHaveLength(3);
        },
      ),
      { numRuns: 150 },
    );
    expect(sent).toBeGreaterThan(100);
  }, 120_000);
});
