import { describe, expect, it } from 'vitest';
import { Emitter } from '../../../src/core/emitter.js';

interface Events {
  readonly tick: { readonly count: number };
  readonly other: Record<never, never>;
}

function setUp() {
  const errors: (readonly [type: string, error: unknown])[] = [];
  const emitter = new Emitter<Events>((error, type) => errors.push([type, error]));
  const heard: string[] = [];
  const hear = (name: string) => () => {
    heard.push(name);
  };
  return { emitter, errors, heard, hear };
}

const settle = () => new Promise<void>((resolve) => queueMicrotask(resolve));

describe('an emitter', () => {
  it('tells listeners of a type in the order in which they came, with the very same event', () => {
    const { emitter } = setUp();
    const seen: unknown[] = [];
    emitter.on('tick', (event) => seen.push(event));
    emitter.on('tick', (event) => seen.push(event));
    emitter.on('other', () => seen.push('other'));
    const event = { count: 1 };
    emitter.emit('tick', event);
    expect(seen).toEqual([event, event]);
    expect(seen[0]).toBe(event);
  });

  it('keeps a listener that throws from harming the others', () => {
    const { emitter, errors, heard, hear } = setUp();
    const thrown = new Error('mine');
    emitter.on('tick', hear('before'));
    emitter.on('tick', () => {
      throw thrown;
    });
    emitter.on('tick', hear('after'));
    expect(() => emitter.emit('tick', { count: 1 })).not.toThrow();
    expect(heard).toEqual(['before', 'after']);
    expect(errors).toEqual([['tick', thrown]]);
  });

  it('hands on what an asynchronous listener rejects with', async () => {
    const { emitter, errors } = setUp();
    const thrown = new Error('late');
    emitter.on('tick', async () => {
      throw thrown;
    });
    emitter.emit('tick', { count: 1 });
    await settle();
    await settle();
    expect(errors).toEqual([['tick', thrown]]);
  });

  it('calls a once listener once, even when it emits again itself', () => {
    const { emitter, heard, hear } = setUp();
    emitter.on(
      'tick',
      ({ count }) => {
        heard.push(`once ${count}`);
        emitter.emit('tick', { count: count + 1 });
      },
      { once: true },
    );
    emitter.on('tick', hear('always'));
    emitter.emit('tick', { count: 1 });
    expect(heard).toEqual(['once 1', 'always', 'always']);
  });

  it('removes a once listener that throws, too', () => {
    const { emitter, errors } = setUp();
    emitter.on(
      'tick',
      () => {
        throw new Error('once');
      },
      { once: true },
    );
    emitter.emit('tick', { count: 1 });
    emitter.emit('tick', { count: 2 });
    expect(errors).toHaveLength(1);
  });

  it('stops with the signal, and does not listen to one that has aborted', () => {
    const { emitter, heard, hear } = setUp();
    const stop = new AbortController();
    emitter.on('tick', hear('a'), { signal: stop.signal });
    emitter.on('tick', hear('never'), { signal: AbortSignal.abort() });
    emitter.emit('tick', { count: 1 });
    stop.abort();
    emitter.emit('tick', { count: 2 });
    expect(heard).toEqual(['a']);
  });

  it('counts the same listener twice when it is added twice, and removes one at a time', () => {
    const { emitter, heard, hear } = setUp();
    const listener = hear('same');
    const remove = emitter.on('tick', listener);
    emitter.on('tick', listener);
    emitter.emit('tick', { count: 1 });
    expect(heard).toHaveLength(2);
    remove();
    remove();
    emitter.emit('tick', { count: 2 });
    expect(heard).toHaveLength(3);
  });

  it('does not call a listener that an earlier one removed in the same event', () => {
    const { emitter, heard, hear } = setUp();
    let removeSecond: () => void = () => undefined;
    emitter.on('tick', () => removeSecond());
    removeSecond = emitter.on('tick', hear('removed'));
    emitter.on('tick', hear('third'));
    emitter.emit('tick', { count: 1 });
    expect(heard).toEqual(['third']);
  });

  it('does not call a listener that was added during the event', () => {
    const { emitter, heard, hear } = setUp();
    emitter.on('tick', () => emitter.on('tick', hear('late')), { once: true });
    emitter.emit('tick', { count: 1 });
    expect(heard).toEqual([]);
    emitter.emit('tick', { count: 2 });
    expect(heard).toEqual(['late']);
  });

  it('forgets everybody when it is cleared, in the middle of an event as well', () => {
    const { emitter, heard, hear } = setUp();
    emitter.on('tick', () => emitter.clear());
    emitter.on('tick', hear('never'));
    emitter.emit('tick', { count: 1 });
    emitter.emit('tick', { count: 2 });
    expect(heard).toEqual([]);
  });

  it('is bound', () => {
    const { emitter, heard, hear } = setUp();
    const { on } = emitter;
    on('tick', hear('bound'));
    emitter.emit('tick', { count: 1 });
    expect(heard).toEqual(['bound']);
  });
});
