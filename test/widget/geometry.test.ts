import { describe, expect, test } from 'vitest';
import { type GalleryQuery, useGallery } from './gallery/gallery-lab.js';
import type { GeometryRow } from './gallery/page-side/geometry.js';

const gallery = useGallery();
const SETS = ['launcher', 'bar', 'start,talk,end,more', 'agent'];

async function measure(query: GalleryQuery): Promise<readonly GeometryRow[]> {
  const { run, problems } = await gallery.open(query);
  const rows = await run<readonly GeometryRow[]>('everdialChecks.measureGeometry()');
  expect(problems).toEqual([]);
  expect(rows.length).toBeGreaterThan(0);
  return rows;
}

/** What is cut off, sticks out, is too wide or too small, as lines. */
const crowded = (rows: readonly GeometryRow[]): readonly string[] =>
  rows.flatMap(({ variant, state, cut, outside, small, wide }) =>
    [
      ...cut.map((what) => `cut off: ${what}`),
      ...outside.map((what) => `outside: ${what}`),
      ...small.map((what) => `smaller than 44 x 44: ${what}`),
      ...(wide > 0 ? [`too wide by ${wide}`] : []),
    ].map((line) => `${variant} ${state}: ${line}`),
  );

/** What does not stand where it stands in the first state of the variant that has it, as lines. */
function moved(rows: readonly GeometryRow[]): readonly string[] {
  const first = new Map<string, string>();
  return rows
    .filter(({ variant }) => variant !== 'button')
    .flatMap(({ variant, state, places }) =>
      Object.entries(places).flatMap(([name, place]) => {
        if (!place) return [];
        const key = `${variant} ${name}`;
        const value = JSON.stringify(place);
        const expected = first.get(key) ?? value;
        first.set(key, expected);
        return value === expected ? [] : [`${variant} ${state}: ${name} ${value}, not ${expected}`];
      }),
    );
}

describe('the shape of the widget', () => {
  test.each([
    { lang: 'en' },
    { lang: 'de' },
    { lang: 'ar' },
    { lang: 'hi' },
    { lang: 'ja' },
    { lang: 'pseudo' },
    { lang: 'en', size: '32px' },
    { lang: 'pseudo', size: '32px' },
    { lang: 'en', size: '10px' },
    { lang: 'en', font: 'DejaVu Sans' },
  ])(
    'is still in every state, nothing is cut, every target is large enough: $lang $size $font',
    async (query) => {
      for (const set of SETS) {
        const rows = await measure({ set, ...query });
        expect(crowded(rows)).toEqual([]);
        expect(moved(rows)).toEqual([]);
      }
    },
  );

  test('needs no scrolling in any language', async () => {
    for (const lang of ['en', 'de', 'ar', 'pseudo']) {
      const rows = await measure({ set: 'start,talk,end,more', lang });
      const scrolling = rows.filter(({ scroll }) => scroll > 0);
      expect(scrolling.map(({ state, scroll }) => `${lang} ${state}: ${scroll} px`)).toEqual([]);
    }
  });

  test.each(['en', 'de', 'ar', 'pseudo'])(
    'has room for the text spacing of WCAG 1.4.12: %s',
    async (lang) => {
      for (const set of SETS) {
        expect(crowded(await measure({ set, lang, spacing: 'on' }))).toEqual([]);
      }
    },
  );

  test('that moves, is cut or too small is found', async () => {
    const { run } = await gallery.open({ set: 'talk' });
    await run(`for (const host of document.querySelectorAll('[data-scene=muted]')) {
      host.shadowRoot.querySelector('.line').style.setProperty('margin-top', '30px');
      host.shadowRoot.querySelector('.sub').style.setProperty('white-space', 'nowrap');
      host.shadowRoot.querySelector('[data-act=minimise]').style.setProperty('width', '40px');
    }`);
    const rows = await run<readonly GeometryRow[]>('everdialChecks.measureGeometry()');
    expect(moved(rows).join()).toContain('panel muted: line');
    expect(crowded(rows).join()).toMatch(/muted: cut off.*muted: smaller than 44 x 44/);
  });
});

describe('on small screens', () => {
  const SCREENS = [
    [320, 568],
    [320, 256],
    [568, 320],
    [844, 390],
    [1280, 500],
    [1280, 800],
  ] as const;
  const SCENES = ['idle', 'asking', 'blocked', 'switching', 'talking', 'silent', 'ended'];
  /** Boxes of the panel and of its buttons, and whether a click in the middle of the last one reaches it. */
  const PLACES = `(() => {
    const root = document.querySelector('ever-dial').shadowRoot;
    const box = (element) => { const { left, top, right, bottom } = element.getBoundingClientRect(); return { left, top, right, bottom }; };
    const buttons = [...root.querySelectorAll('.acts .btn')];
    const last = box(buttons.at(-1));
    const hit = root.elementFromPoint((last.left + last.right) / 2, (last.top + last.bottom) / 2);
    return { panel: box(root.querySelector('.panel')), buttons: buttons.map(box), isReached: buttons.at(-1).contains(hit), page: document.scrollingElement.scrollWidth };
  })()`;
  interface Box {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }
  interface Places {
    readonly panel: Box;
    readonly buttons: readonly Box[];
    readonly isReached: boolean;
    readonly page: number;
  }

  test.each(
    SCREENS.flatMap(([width, height]) =>
      ['en', 'ar', 'pseudo'].map((lang) => [width, height, lang] as const),
    ),
  )(
    '%i x %i, %s: the panel fits and its last button, Hang up, can be pressed',
    async (width, height, lang) => {
      for (const only of SCENES) {
        const { run, page } = await gallery.open(
          { set: 'floating', only, lang },
          { viewport: { width, height } },
        );
        const { panel, buttons, isReached } = await run<Places>(PLACES);
        for (const box of [panel, buttons.at(-1)]) {
          const inside =
            box && box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height;
          expect(inside, `${only} ${JSON.stringify(box)}`).toBe(true);
        }
        expect(isReached, only).toBe(true);
        const [row] = await run<readonly GeometryRow[]>('everdialChecks.measureGeometry()');
        expect(row && crowded([row]), only).toEqual([]);
        await page.context().close();
      }
    },
  );
});
