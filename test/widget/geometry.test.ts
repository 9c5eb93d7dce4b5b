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
      host.shadowRoot.querySelector('.sub').style.setProperty('min-width', '400px');
      host.shadowRoot.querySelector('[data-act=minimise]').style.setProperty('width', '40px');
    }`);
    const rows = await run<readonly GeometryRow[]>('everdialChecks.measureGeometry()');
    expect(moved(rows).join()).toContain('panel muted: line');
    expect(crowded(rows).join()).toMatch(/muted: smaller than 44 x 44.*muted: too wide/);
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
  /** Of each panel in turn: its box, that of its last button, and whether a click in the middle of that reaches it. */
  const PLACES = `[...document.querySelectorAll('ever-dial')].map((host, index, hosts) => {
    for (const other of hosts) other.parentElement.hidden = other !== host;
    const root = host.shadowRoot;
    const box = (element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left, top, right, bottom };
    };
    const button = [...root.querySelectorAll('.acts .btn')].at(-1);
    const last = box(button);
    const hit = root.elementFromPoint((last.left + last.right) / 2, (last.top + last.bottom) / 2);
    return {
      scene: host.dataset.scene,
      boxes: [box(root.querySelector('.panel')), last],
      isReached: button.contains(hit),
      row: everdialChecks.measureGeometry(),
    };
  })`;
  interface Box {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }
  interface Places {
    readonly scene: string;
    readonly boxes: readonly Box[];
    readonly isReached: boolean;
    readonly row: readonly GeometryRow[];
  }

  test.each(
    SCREENS.flatMap(([width, height]) =>
      ['en', 'ar', 'pseudo'].map((lang) => [width, height, lang] as const),
    ),
  )(
    '%i x %i, %s: the panel fits and its last button, Hang up, can be pressed',
    async (width, height, lang) => {
      const { run } = await gallery.open(
        { set: 'floating', lang },
        { viewport: { width, height } },
      );
      const places = await run<readonly Places[]>(PLACES);
      expect(places.length).toBeGreaterThan(5);
      for (const { scene, boxes, isReached, row } of places) {
        for (const box of boxes) {
          const isInside =
            box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height;
          expect(isInside, `${scene} ${JSON.stringify(box)}`).toBe(true);
        }
        expect(isReached, scene).toBe(true);
        const shown = row.filter(({ state, places: { size } }) => state === scene && size?.[0]);
        expect(shown).toHaveLength(1);
        expect(crowded(shown)).toEqual([]);
      }
    },
  );
});
