import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { ANSWERS, useElementLab } from './element-lab.js';
import { type GalleryQuery, useGallery } from './gallery/gallery-lab.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const SETS = ['launcher,bar,start', 'talk,end', 'more,agent'];
const LOOKS: readonly GalleryQuery[] = [
  { theme: 'light', lang: 'en' },
  { theme: 'dark', lang: 'en' },
  { theme: 'light', lang: 'ar' },
  { theme: 'dark', lang: 'de' },
  { theme: 'light', lang: 'ja' },
];
/** What axe found, as lines; `passed` is how many rules had something to look at and passed. */
interface Found {
  readonly violations: readonly string[];
  readonly passed: number;
}

const INSPECT = `axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], runOnly: RULES })})
  .then(({ violations, passes }) => ({
    violations: violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => [id, target.flat().join(' '), failureSummary].join(': '))),
    passed: passes.length,
  }))`;

describe('axe, WCAG 2.0 to 2.2 A and AA and best practice, in the gallery', () => {
  const gallery = useGallery();

  test.each(LOOKS.flatMap((look) => SETS.map((set) => ({ set, ...look }))))(
    'finds nothing in $set, $theme, $lang, and the policy has forbidden nothing',
    async (query) => {
      const { run, problems } = await gallery.open(query);
      await run(`${AXE};0`);
      const found = await run<Found>(INSPECT);
      expect(found.violations).toEqual([]);
      expect(found.passed).toBeGreaterThan(15);
      expect(problems).toEqual([]);
    },
  );

  test.each(['idle', 'asking', 'talking'])(
    'finds nothing in the floating panel, %s',
    async (only) => {
      const { run, problems } = await gallery.open({ set: 'floating', only });
      await run(`${AXE};0`);
      expect((await run<Found>(INSPECT)).violations).toEqual([]);
      expect(problems).toEqual([]);
    },
  );

  test('finds what is wrong, and the policy forbids what it must', async () => {
    const { run, runInPage, problems } = await gallery.open({ set: 'talk', only: 'talking' });
    await run(`${AXE};0`);
    await run(
      `document.querySelector('ever-dial').shadowRoot.querySelector('[part~=details-button]').removeAttribute('aria-label')`,
    );
    await run(
      `document.querySelector('ever-dial').shadowRoot.querySelector('[part~=details-button]').removeAttribute('title')`,
    );
    const { violations } = await run<Found>(INSPECT);
    expect(violations).toEqual([expect.stringContaining('button-name: ever-dial')]);
    expect(problems).toEqual([]);
    await runInPage(`try { document.body.innerHTML = '<b>words</b>' } catch {}`);
    await runInPage(`document.body.setAttribute('style', 'color:red')`);
    await expect.poll(() => problems.join('\n')).toContain('require-trusted-types-for');
    await expect.poll(() => problems.join('\n')).toContain('style-src');
  });
});

describe('axe in a call of the real element', () => {
  const lab = useElementLab();

  test.each(['floating', 'panel'])(
    'finds nothing from the button to the receipt, %s',
    async (variant) => {
      const page = await lab.openElement(
        `<main><h1>Shop</h1><ever-dial variant="${variant}" to="${ANSWERS}" name="Example Co" providers="sandbox"></ever-dial></main>`,
      );
      // What fades in is not yet what is measured.
      await page.page.emulateMedia({ reducedMotion: 'reduce' });
      await page.page.evaluate(AXE);
      const found: Record<string, readonly string[]> = {};
      const inspect = async (moment: string): Promise<void> => {
        found[moment] = ((await page.page.evaluate(INSPECT)) as Found).violations;
      };
      await inspect('before');
      await page.dial().locator('[part~=button],[data-act=call]').locator('visible=true').click();
      await page.until('ringing');
      await inspect('ringing');
      await page.until('talking');
      for (const view of ['keypad', 'devices', 'details']) {
        await page.press(view);
        await page
          .dial()
          .locator(`[part~=${view === 'devices' ? 'meter' : view}]`)
          .first()
          .waitFor();
        await inspect(view);
        await page.press(view === 'keypad' ? 'keypad' : 'back');
      }
      await page.press('hangup');
      await page.until('ended');
      await inspect('ended');
      expect(found).toEqual({
        before: [],
        ringing: [],
        keypad: [],
        devices: [],
        details: [],
        ended: [],
      });
    },
  );
});
