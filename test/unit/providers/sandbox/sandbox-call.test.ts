import { describe, expect, test } from 'vitest';
import type { SandboxAction, SandboxScenario } from '../../../../src/providers/sandbox/index.js';
import { dialled, endOf, historyOf } from './sandbox-stage.js';

/** Steps that follow each other after 100 ms each. */
const steps = (...actions: readonly SandboxAction[]): SandboxScenario =>
  actions.map((does) => ({ afterMs: 100, does }));

const RINGING = steps('ring');
const TALKING = steps('ring', 'answer');

describe('hanging up', () => {
  test('cancels a ringing call, and that is confirmed', async () => {
    const { clock, leg, events, provider } = await dialled({ scenario: RINGING });
    await clock.advance(500);
    leg.hangup();
    leg.hangup();
    expect(events.at(-1)?.type).toBe('progress');
    await clock.advance(100);
    expect(endOf(events)).toEqual({
      by: 'local',
      final: true,
      code: undefined,
      sip: undefined,
      q850: undefined,
    });
    expect(historyOf(provider)).toEqual(['rang', 'stopped-ringing']);
    leg.hangup();
    await clock.advance(100);
    expect(events.filter(({ type }) => type === 'ended')).toHaveLength(1);
    expect(clock.pendingTimers).toBe(0);
  });

  test('ends a conversation', async () => {
    const { clock, leg, events, provider } = await dialled({ scenario: TALKING });
    await clock.advance(500);
    leg.hangup();
    await clock.advance(100);
    expect(endOf(events)).toMatchObject({ by: 'local', final: true, code: undefined });
    expect(historyOf(provider)).toEqual(['rang', 'answered', 'hung-up']);
  });

  test('right after dialling: no telephone ever rings', async () => {
    const { clock, leg, says, provider } = await dialled({ scenario: TALKING });
    leg.hangup();
    await clock.advance(5_000);
    expect(says()).toEqual(['sent', 'identified', 'ended by local']);
    expect(provider.history).toEqual([]);
  });

  test('a cancel that meets an answer does nothing: the call goes on until it is hung up', async () => {
    const { clock, leg, says, provider } = await dialled({ scenario: TALKING });
    await clock.advance(190);
    leg.hangup();
    await clock.advance(1_000);
    expect(says().at(-2)).toBe('answered');
    leg.hangup();
    await clock.advance(1_000);
    expect(says().at(-1)).toBe('ended by local');
    expect(historyOf(provider)).toEqual(['rang', 'answered', 'hung-up']);
  });

  test('is not confirmed where the capability is missing', async () => {
    const { clock, leg, events } = await dialled({
      scenario: RINGING,
      capabilities: { confirmsHangup: false },
    });
    leg.hangup();
    await clock.advance(100);
    expect(endOf(events).final).toBe(false);
  });

  test('waits for the signalling connection, even when the leg was let go', async () => {
    const { clock, leg, says, provider } = await dialled({ scenario: RINGING });
    await clock.advance(500);
    provider.act('lose-signalling');
    leg.hangup();
    await clock.advance(1_000);
    expect(historyOf(provider)).toEqual(['rang']);
    leg.release();
    provider.act('restore-signalling');
    await clock.advance(1_000);
    expect(historyOf(provider)).toEqual(['rang', 'stopped-ringing']);
    expect(says().at(-1)).toBe('interrupted');
  });
});

describe('the far side', () => {
  test.each([
    ['hang-up', undefined],
    ['busy', undefined],
    ['server-error', 'provider/server-error'],
  ] as const)('%s in a conversation ends it', async (action, code) => {
    const { clock, events, provider } = await dialled({ scenario: [...TALKING, ...steps(action)] });
    await clock.advance(1_000);
    expect(endOf(events)).toMatchObject({ by: 'remote', final: true, code });
    expect(historyOf(provider).at(-1)).toBe('hung-up');
  });

  test('gives up ringing', async () => {
    const { clock, events } = await dialled({ scenario: steps('ring', 'hang-up') });
    await clock.advance(1_000);
    expect(endOf(events)).toMatchObject({ by: 'remote', final: true, code: 'call/no-answer' });
  });

  test('says that the account is over its limit', async () => {
    const { clock, events } = await dialled({ scenario: steps('over-limit') });
    await clock.advance(1_000);
    expect(endOf(events)).toMatchObject({ final: true, code: 'provider/over-limit' });
  });

  test('what makes no sense any more does nothing', async () => {
    const { clock, says, provider } = await dialled({
      scenario: steps('ring', 'ring', 'answer', 'ring', 'early-media', 'answer', 'busy', 'answer'),
    });
    await clock.advance(5_000);
    expect(says()).toEqual([
      'sent',
      'identified',
      'ringing',
      'answered',
      'media-flowing',
      'ended by remote',
    ]);
    expect(historyOf(provider)).toEqual(['rang', 'answered', 'hung-up']);
  });

  test('early media after ringing is more progress', async () => {
    const { clock, says } = await dialled({ scenario: steps('ring', 'early-media') });
    await clock.advance(1_000);
    expect(says().slice(2, 4)).toEqual(['ringing', 'ringing and early media']);
  });

  test('puts us on hold and takes us back', async () => {
    const { clock, says } = await dialled({
      scenario: [...TALKING, ...steps('hold', 'take-back')],
    });
    await clock.advance(1_000);
    expect(says().slice(-2)).toEqual(['held by the far side', 'taken back']);
  });

  test('sends packets again after a break', async () => {
    const { clock, says } = await dialled({
      scenario: steps('stop-sound', 'answer', 'restore-sound'),
    });
    await clock.advance(250);
    expect(says().at(-1)).toBe('answered');
    await clock.advance(100);
    expect(says().at(-1)).toBe('media-flowing');
  });

  test('is moved by hand, beside an empty scenario', async () => {
    const { clock, says, provider } = await dialled({ scenario: [] });
    for (const action of ['acknowledge', 'ring', 'answer', 'hang-up'] as const)
      provider.act(action);
    await clock.advance(0);
    expect(says()).toEqual([
      'sent',
      'identified',
      'acknowledged',
      'ringing',
      'answered',
      'media-flowing',
      'ended by remote',
    ]);
  });

  test('a scenario may depend on the number', async () => {
    const { clock, events } = await dialled(
      { scenario: (to) => steps(to.endsWith('9') ? 'busy' : 'answer') },
      '+12025550199',
    );
    await clock.advance(200);
    expect(endOf(events).code).toBe('call/busy');
  });
});

describe('a lost signalling connection', () => {
  test('what happened meanwhile is told when it is back', async () => {
    const { clock, says } = await dialled({
      scenario: steps('ring', 'lose-signalling', 'answer', 'hang-up', 'restore-signalling'),
    });
    await clock.advance(450);
    expect(says().slice(-2)).toEqual(['interrupted', 'media-flowing']);
    await clock.advance(100);
    expect(says().slice(-3)).toEqual(['restored', 'answered', 'ended by remote']);
    expect(clock.pendingTimers).toBe(0);
  });

  test('ends the leg without proof where calls do not survive it, and the telephone rings on', async () => {
    const { clock, events, provider } = await dialled({
      scenario: steps('ring', 'lose-signalling', 'restore-signalling'),
      capabilities: { reattach: false },
    });
    await clock.advance(1_000);
    expect(endOf(events)).toMatchObject({
      by: 'network',
      final: false,
      code: 'network/signalling-lost',
    });
    expect(events.at(-1)?.type).toBe('ended');
    expect(historyOf(provider)).toEqual(['rang']);
  });

  test('digits and hold are refused meanwhile', async () => {
    const { clock, leg, provider } = await dialled({ scenario: TALKING });
    await clock.advance(500);
    provider.act('lose-signalling');
    await expect(leg.sendDigit?.('1', 100)).rejects.toMatchObject({
      code: 'network/signalling-lost',
    });
    await expect(leg.setHeld?.(true)).rejects.toMatchObject({ code: 'network/signalling-lost' });
  });
});

describe('the leg', () => {
  test('sends digits, which the telephone hears', async () => {
    const { clock, leg, provider } = await dialled({ scenario: TALKING });
    await clock.advance(500);
    for (const digit of ['1', '2', '#']) await leg.sendDigit?.(digit, 100);
    expect(historyOf(provider)).toEqual(['rang', 'answered', 'digit 1', 'digit 2', 'digit #']);
  });

  test('has no method for what is not claimed', async () => {
    const { leg } = await dialled({ capabilities: { hold: false, digits: false } });
    expect(leg).not.toHaveProperty('setHeld');
    expect(leg).not.toHaveProperty('sendDigit');
  });

  test('does not tell of ringing, or of having the call, where that is not claimed', async () => {
    const { clock, says, provider } = await dialled({
      scenario: steps('acknowledge', 'ring', 'early-media', 'answer'),
      capabilities: { ringing: false, acknowledges: false },
    });
    await clock.advance(1_000);
    expect(says().slice(2)).toEqual(['early media', 'media-flowing', 'answered', 'media-flowing']);
    expect(historyOf(provider)).toEqual(['rang', 'answered']);
  });

  test('released, it stops its tracks and says nothing, but the telephone goes on', async () => {
    const { clock, leg, says, media, provider } = await dialled({ scenario: TALKING });
    leg.release();
    leg.release();
    await clock.advance(1_000);
    expect(says()).toEqual(['sent', 'identified']);
    expect(media.liveTracks).toBe(0);
    expect(historyOf(provider)).toEqual(['rang', 'answered']);
  });

  test('is ended silently when the session is closed, and so is the telephone', async () => {
    const { clock, session, says, media, provider } = await dialled({ scenario: TALKING });
    await clock.advance(150);
    await session.close();
    await session.close();
    expect(historyOf(provider)).toEqual(['rang', 'stopped-ringing']);
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(1_000);
    expect(says()).toEqual(['sent', 'identified', 'ringing']);
    expect(media.liveTracks).toBe(0);
  });
});
