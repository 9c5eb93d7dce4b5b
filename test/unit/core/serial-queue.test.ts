import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSerialQueue } from '../../../src/core/serial-queue.js';

it('runs one task at a time, in the order of asking, whatever they take', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 6 }), async (scheduler, count) => {
      const queue = createSerialQueue();
      const log: string[] = [];
      const tasks = Array.from({ length: count }, (_, index) =>
        queue.run(async () => {
          log.push(`start ${index}`);
          await scheduler.schedule(Promise.resolve());
          log.push(`end ${index}`);
          return index;
        }),
      );
      const results = Promise.all(tasks);
      await scheduler.waitFor(results);
      expect(await results).toEqual(tasks.map((_, index) => index));
      expect(log).toEqual(tasks.flatMap((_, index) => [`start ${index}`, `end ${index}`]));
    }),
  );
});

it('settles as the task does, and goes on behind one that fails', async () => {
  const queue = createSerialQueue();
  const failed = queue.run(async () => {
    throw new Error('no');
  });
  const sync = queue.run(() => {
    throw new Error('at once');
  });
  const fine = queue.run(async () => 'yes');
  await expect(failed).rejects.toThrow('no');
  await expect(sync).rejects.toThrow('at once');
  await expect(fine).resolves.toBe('yes');
});

it('starts nothing in the turn of the one who asks', () => {
  let started = false;
  void createSerialQueue().run(async () => {
    started = true;
  });
  expect(started).toBe(false);
});
