import { expect, test } from 'vitest';
import { Emitter } from '../../../src/core/emitter.js';
import { recordEvents } from '../../../src/testing/index.js';

test('records the wanted events in order, with their payloads, from now on', () => {
  const source = new Emitter<{ rang: { times: number }; over: object; other: object }>(
    () => undefined,
  );
  source.emit('rang', { times: 0 });
  const recorded = recordEvents(source, ['over', 'rang']);
  source.emit('rang', { times: 1 });
  source.emit('other', {});
  source.emit('over', {});
  source.emit('rang', { times: 2 });
  expect(recorded).toEqual([
    ['rang', { times: 1 }],
    ['over', {}],
    ['rang', { times: 2 }],
  ]);
});
