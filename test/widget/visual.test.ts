import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { BrowserContextOptions } from 'playwright-core';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../lab/root.js';
import { comparePictures } from './gallery/compare-pictures.js';
import { type GalleryPage, type GalleryQuery, useGallery } from './gallery/gallery-lab.js';
import { paintedFonts } from './gallery/painted-fonts.js';
import { encodeSmall } from './gallery/small-png.js';

const gallery = useGallery();
const STORED = `${PROJECT_ROOT}test/widget/snapshots/`;
const FAILED = `${PROJECT_ROOT}test-results/widget/`;
const isUpdate = process.env['EVERDIAL_UPDATE_SNAPSHOTS'] === '1';

/** One picture: its name, what the gallery shows and how. */
interface Sheet {
  readonly name: string;
  readonly query: GalleryQuery;
  readonly options?: BrowserContextOptions;
}

const SETS = ['launcher', 'bar', 'start', 'talk', 'end', 'more', 'agent'];
const PLAIN: readonly Sheet[] = [
  ...SETS.flatMap((set) =>
    (['light', 'dark'] as const).flatMap((theme) =>
      ['en', 'ar'].map((lang) => ({
        name: `${set}-${theme}-${lang === 'ar' ? 'rtl' : 'ltr'}`,
        query: { set, theme, lang },
      })),
    ),
  ),
  { name: 'accents-ltr', query: { set: 'accents' } },
];
const TOLD =
  'asking,blocked,connecting,switching,ringing,talking,muted,held,reconnecting,silent,keypad,device menu,ended,unknown';
const modes = (name: string, options: BrowserContextOptions): Sheet => ({
  name,
  query: { set: 'start,talk,end', only: TOLD },
  options,
});
const MODES: readonly Sheet[] = [
  modes('forced-colours-light', { forcedColors: 'active', colorScheme: 'light' }),
  modes('forced-colours-dark', { forcedColors: 'active', colorScheme: 'dark' }),
  modes('more-contrast', { contrast: 'more' }),
  { name: 'reduced-motion', query: { set: 'start', only: 'connecting,switching,ringing' } },
];

async function take({ query, options }: Sheet): Promise<{ opened: GalleryPage; picture: PNG }> {
  const motion = query.only === undefined ? 'no-preference' : 'reduce';
  const opened = await gallery.open(query, { reducedMotion: motion, ...options });
  await opened.run('everdialChecks.holdStill()');
  return { opened, picture: await shoot(opened) };
}

const shoot = async ({ page }: GalleryPage): Promise<PNG> =>
  PNG.sync.read(await page.locator('main').screenshot({ animations: 'allow' }));

const stored = async (name: string): Promise<PNG> =>
  PNG.sync.read(await readFile(`${STORED}${name}.png`));

describe('what is painted', () => {
  test.each([...PLAIN, ...MODES])('is what is stored: $name', async (sheet) => {
    const { opened, picture } = await take(sheet);
    expect(opened.problems).toEqual([]);
    if (isUpdate) {
      await mkdir(STORED, { recursive: true });
      await writeFile(`${STORED}${sheet.name}.png`, encodeSmall(picture));
      return;
    }
    const { places, diff } = comparePictures(await stored(sheet.name), picture);
    if (places.length > 0) {
      await mkdir(FAILED, { recursive: true });
      await writeFile(`${FAILED}${sheet.name}.actual.png`, encodeSmall(picture));
      await writeFile(`${FAILED}${sheet.name}.diff.png`, PNG.sync.write(diff));
    }
    expect(places).toEqual([]);
  });
});

test('there is no stored picture that nothing is compared with', async () => {
  const names = [...PLAIN, ...MODES].map(({ name }) => `${name}.png`);
  expect((await readdir(STORED)).sort()).toEqual(names.sort());
});

describe('the fonts of the pictures', () => {
  test.each([
    ['en', /^Inter( |$)/],
    ['ar', /^(Inter|Noto Sans Arabic)( |$)/],
  ])('are the only ones: %s', async (lang, families) => {
    const { page } = await gallery.open({ lang });
    const fonts = await paintedFonts(page);
    expect(fonts.length).toBeGreaterThan(1);
    expect(fonts.filter((name) => !families.test(name) || name.includes('machine'))).toEqual([]);
  });
});

describe('the comparison', () => {
  const START: Sheet = {
    name: 'start-light-ltr',
    query: { set: 'start', theme: 'light', lang: 'en' },
  };
  /** What differs when this is done to every panel (`root` is its shadow root) before the picture is taken. */
  const differences = async (change: string): Promise<readonly string[]> => {
    const { opened } = await take(START);
    await opened.run(
      `for (const { shadowRoot: root, style, dataset: { scene } } of document.querySelectorAll('ever-dial')) { ${change} }`,
    );
    return comparePictures(await stored(START.name), await shoot(opened)).places;
  };

  test.each([
    ['another accent', `style.setProperty('--everdial-accent', '#0c6a60')`],
    ['a slightly darker well', `style.setProperty('--_w', '#edf0ef')`],
    ['a lighter text', `style.setProperty('--everdial-muted', '#6a736f')`],
    [
      'a sentence one pixel lower',
      `root.querySelector('.sub')?.style.setProperty('translate', '0 1px')`,
    ],
    [
      'one button one pixel to the side',
      `if (scene === 'ringing') root.querySelector('.acts .btn').style.setProperty('translate', '1px')`,
    ],
    [
      'one missing word',
      `if (scene === 'connecting') root.querySelector('.words > span').style.setProperty('visibility', 'hidden')`,
    ],
    [
      'one missing icon',
      `if (scene === 'ringing') root.querySelector('.ctl .icon').style.setProperty('visibility', 'hidden')`,
    ],
  ])('finds %s', async (_, change) => {
    expect(await differences(change)).not.toEqual([]);
  });

  test('does not find another smoothing of edges', async () => {
    const smoothed = `root.querySelector('.panel').style.setProperty('text-rendering', 'geometricPrecision')`;
    expect(await differences(smoothed)).toEqual([]);
  });
});
