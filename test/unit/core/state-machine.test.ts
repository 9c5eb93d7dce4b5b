import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL_TRANSITIONS, type CallState } from '../../../src/core/call-state.js';
import { CONNECTION_TRANSITIONS } from '../../../src/core/connection-state.js';
import { createStateMachine, type TransitionTable } from '../../../src/core/state-machine.js';

function reachable(table: TransitionTable<string>, from: string): ReadonlySet<string> {
  const seen = new Set([from]);
  for (const state of seen) for (const next of table[state] ?? []) seen.add(next);
  return seen;
}

const pathExists = (table: TransitionTable<string>, path: string) => {
  const states = path.split(' ');
  return states.every((state, index) => {
    const next = states[index + 1];
    return next === undefined || table[state]?.includes(next);
  });
};

describe('the table of call states', () => {
  const states = Object.keys(CALL_TRANSITIONS) as CallState[];

  it.each(states)('lets %s come to its end', (state) => {
    expect(reachable(CALL_TRANSITIONS, state)).toContain('ended');
  });

  it('has one terminal state only', () => {
    expect(states.filter((state) => CALL_TRANSITIONS[state].length === 0)).toEqual(['ended']);
  });

  it.each(states.filter((state) => state !== 'ending' && state !== 'ended'))(
    'lets %s be hung up, and end at once',
    (state) => {
      expect(CALL_TRANSITIONS[state]).toEqual(expect.arrayContaining(['ending', 'ended']));
    },
  );

  it.each([
    ['an outbound call', 'preparing connecting ringing answered active ending ended'],
    ['an outbound call without ringing', 'preparing connecting answered active ended'],
    ['an inbound call', 'ringing connecting answered active ended'],
    ['a repaired connection', 'active reconnecting active'],
    ['a connection repaired before sound flowed', 'answered reconnecting answered active'],
  ])('draws %s', (_name, path) => {
    expect(pathExists(CALL_TRANSITIONS, path)).toBe(true);
  });

  it.each([
    ['go back from the answer', 'answered ringing'],
    ['go back from sound', 'active answered'],
    ['come back from the end', 'ending active'],
    ['skip the sending', 'preparing ringing'],
    ['be active without an answer', 'ringing active'],
    ['go back to preparing for the next route', 'connecting preparing'],
    ['lose a connection before the answer', 'ringing reconnecting'],
  ])('does not let a call %s', (_name, path) => {
    expect(pathExists(CALL_TRANSITIONS, path)).toBe(false);
  });
});

describe('the table of connection states', () => {
  const states = Object.keys(CONNECTION_TRANSITIONS);

  it.each(states)('lets %s become ready, and be closed', (state) => {
    expect(reachable(CONNECTION_TRANSITIONS, state)).toContain('ready');
    expect(reachable(CONNECTION_TRANSITIONS, state)).toContain('idle');
  });

  it.each([
    ['ready without login', 'idle ready'],
    ['reconnecting what never was ready', 'connecting reconnecting'],
    ['ready out of failure', 'failed ready'],
  ])('has no %s', (_name, path) => {
    expect(pathExists(CONNECTION_TRANSITIONS, path)).toBe(false);
  });
});

describe('a state machine', () => {
  it('moves along its table, and tells after the move', () => {
    const seen: string[] = [];
    const machine = createStateMachine(CALL_TRANSITIONS, 'preparing', (state, previous) =>
      seen.push(`${previous}>${state} ${machine.state}`),
    );
    expect(machine.can('connecting')).toBe(true);
    expect(machine.move('connecting')).toBe(true);
    expect(seen).toEqual(['preparing>connecting connecting']);
  });

  it('refuses what is not drawn, and tells nobody', () => {
    const seen: string[] = [];
    const machine = createStateMachine(CALL_TRANSITIONS, 'answered', (state) => seen.push(state));
    expect(machine.can('ringing')).toBe(false);
    expect(machine.move('ringing')).toBe(false);
    expect(machine.move('answered')).toBe(false);
    expect([machine.state, seen]).toEqual(['answered', []]);
  });

  it('whatever it is asked, only follows the table and never leaves the end', () => {
    const state = fc.constantFrom(...(Object.keys(CALL_TRANSITIONS) as CallState[]));
    fc.assert(
      fc.property(fc.array(state, { maxLength: 40 }), (wanted) => {
        const machine = createStateMachine<CallState>(CALL_TRANSITIONS, 'preparing', () => {});
        for (const next of wanted) {
          const before = machine.state;
          const table: TransitionTable<CallState> = CALL_TRANSITIONS;
          expect(machine.move(next)).toBe(table[before].includes(next));
          if (before === 'ended') expect(machine.state).toBe('ended');
        }
      }),
    );
  });
});
