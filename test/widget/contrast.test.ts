import { describe, expect, test } from 'vitest';
import { useGallery } from './gallery/gallery-lab.js';
import type { WorstContrast } from './gallery/page-side/accent-sweep.js';
import type { ContrastRow } from './gallery/page-side/painted-contrast.js';

const gallery = useGallery();
const SETS = 'launcher,bar,start,talk,end,more,agent,accents';
/** How many of a kind there are at least. */
const LEAST = {
  text: 600,
  'large text': 10,
  'text, switched off': 10,
  icon: 400,
  'icon, switched off': 10,
  level: 100,
  filled: 50,
  edge: 20,
};
/** The measured colours are whole numbers. */
const ROUNDING = 0.005;

const rowsOf = async (theme: 'light' | 'dark'): Promise<readonly ContrastRow[]> => {
  const { run } = await gallery.open({ set: SETS, theme });
  return run<readonly ContrastRow[]>('everdialChecks.measureContrast()');
};

describe('contrast', () => {
  test.each(['light', 'dark'] as const)(
    'of every text, icon, level and edge of every state is enough, %s',
    async (theme) => {
      const rows = await rowsOf(theme);
      expect(rows.filter(({ ratio, limit }) => ratio < limit - ROUNDING)).toEqual([]);
      // So that a class that is renamed does not go unmeasured.
      const count = (wanted: string): number => rows.filter(({ kind }) => kind === wanted).length;
      const tooFew = Object.entries(LEAST).filter(([kind, least]) => count(kind) < least);
      expect(tooFew.map(([kind]) => `${kind}: ${count(kind)}`)).toEqual([]);
    },
  );

  test('that is too low is found', async () => {
    const { run } = await gallery.open({ set: 'start', only: 'idle' });
    await run(
      `document.querySelector('ever-dial').style.setProperty('--everdial-text', '#8a8a8a')`,
    );
    const rows = await run<readonly ContrastRow[]>('everdialChecks.measureContrast()');
    const low = rows.filter(({ ratio, limit }) => ratio < limit - ROUNDING);
    expect(low.map(({ what }) => what)).toContain('Talk to us now');
  });

  test.each(['light', 'dark'] as const)(
    'of 4096 accents and of what is derived from them is enough for text, %s',
    async (theme) => {
      const { run } = await gallery.open({ set: 'launcher', only: 'idle' });
      const worst = await run<Readonly<Record<string, WorstContrast>>>(
        `everdialChecks.sweepAccents('${theme}')`,
      );
      expect(Object.keys(worst)).toHaveLength(7);
      expect(Object.entries(worst).filter(([, { ratio }]) => ratio < 4.5 - ROUNDING)).toEqual([]);
    },
  );
});
