import { describe, expect, test } from 'vitest';
import { useGallery } from './gallery/gallery-lab.js';

const gallery = useGallery();
const SETS = 'launcher,bar,start,talk,end,more,agent';

describe('reduced motion', () => {
  test('nothing moves, in no state', async () => {
    const { run } = await gallery.open({ set: SETS }, { reducedMotion: 'reduce' });
    expect(await run('everdialChecks.elementsInMotion()')).toEqual([]);
  });

  test('otherwise dots run, rings leave and the button spins', async () => {
    const { run } = await gallery.open({ set: SETS }, { reducedMotion: 'no-preference' });
    const moving = (await run<string[]>('everdialChecks.elementsInMotion()')).join('\n');
    for (const name of ['flow', 'ring', 'spin']) expect(moving).toContain(`: ${name}`);
  });

  test('what ran and rang is still told: five dots are lit, two rings stand', async () => {
    const { run } = await gallery.open(
      { set: 'start', only: 'connecting,ringing' },
      { reducedMotion: 'reduce' },
    );
    const seen = await run<{ lit: number[]; rings: string[] }>(`(() => {
      const roots = [...document.querySelectorAll('ever-dial')].map((host) => host.shadowRoot);
      const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
      return {
        lit: all('.dots.flow').map((dots) => {
          const colours = [...dots.children].map((dot) => getComputedStyle(dot).color);
          return colours.filter((colour) => colour === colours[0]).length;
        }),
        rings: all('.ring .node').flatMap((node) => ['::before', '::after'].map((name) => {
          const { transform, opacity } = getComputedStyle(node, name);
          return transform + ' ' + opacity;
        })),
      };
    })()`);
    expect(new Set(seen.lit)).toEqual(new Set([5]));
    expect(seen.rings).toEqual([
      'matrix(1.2, 0, 0, 1.2, 0, 0) 0.5',
      'matrix(1.34, 0, 0, 1.34, 0, 0) 0.25',
    ]);
  });
});

/** For every element of the selector the values of a property, without repetition. */
const values = (selector: string, property: string): string => `[...new Set(
  [...document.querySelectorAll('ever-dial')].flatMap((host) =>
    [...host.shadowRoot.querySelectorAll(${JSON.stringify(selector)})]
      .filter((element) => element.checkVisibility())
      .map((element) => getComputedStyle(element)[${JSON.stringify(property)}])))]`;

describe('forced colours', () => {
  test.each(['light', 'dark'] as const)(
    'every surface has a border, and only system colours are used, %s',
    async (colorScheme) => {
      const { run } = await gallery.open(
        { set: SETS, theme: colorScheme },
        { forcedColors: 'active', colorScheme },
      );
      const surfaces = '.panel,.bar,.disc,.key,.round,.btn:not(.plain,.calm),.field,.find,.node';
      expect(await run(values(surfaces, 'borderTopStyle'))).toEqual(['solid']);
      const system = await run<string[]>(`(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      return ['Canvas', 'CanvasText', 'ButtonText', 'ButtonFace', 'ButtonBorder', 'Highlight', 'HighlightText',
        'GrayText', 'LinkText', 'Field', 'FieldText', 'transparent'].map((name) => {
        probe.style.setProperty('background-color', name);
        return getComputedStyle(probe).backgroundColor;
      });
    })()`);
      const opaque = system.map((colour) => colour.replace(/^rgba\((.*), 0\)$/, 'transparent'));
      const grounds = await run<string[]>(values('*', 'backgroundColor'));
      const foreign = grounds
        .map((colour) => colour.replace(/^rgba\((.*), 0\)$/, 'transparent'))
        .filter((colour) => !opaque.includes(colour));
      expect(foreign).toEqual([]);
    },
  );

  test('a pressed control and a living node are highlighted', async () => {
    const { run } = await gallery.open(
      { set: 'talk', only: 'muted,talking' },
      { forcedColors: 'active' },
    );
    const [highlight] = await run<string[]>(`(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.setProperty('background-color', 'Highlight');
      return [getComputedStyle(probe).backgroundColor];
    })()`);
    expect(await run(values('.ctl.is-on .disc', 'backgroundColor'))).toEqual([highlight]);
    expect(await run(values('[data-is=live]>.node', 'backgroundColor'))).toEqual([highlight]);
  });
});

describe('more contrast', () => {
  test('wells become outlines and links are underlined', async () => {
    const query = { set: SETS };
    const more = await gallery.open(query, { contrast: 'more' });
    expect(await more.run(values('.plain,.calm', 'textDecorationLine'))).toEqual(['underline']);
    expect(await more.run(values('.disc', 'boxShadow'))).not.toContain('none');
    const plain = await gallery.open(query);
    expect(await plain.run(values('.plain,.calm', 'textDecorationLine'))).toEqual(['none']);
  });
});

describe('on paper', () => {
  test('the number stands instead of the button, and panels are left out', async () => {
    const { run, page } = await gallery.open({ set: SETS });
    await page.emulateMedia({ media: 'print' });
    const printed = await run<
      string[]
    >(`[...document.querySelectorAll('ever-dial')].flatMap((host) =>
      [...host.shadowRoot.querySelectorAll('.launch')].map((button) =>
        [...button.children].filter((child) => child.checkVisibility()).map((child) => child.textContent)
          .concat(getComputedStyle(button, '::after').content).join('')))`);
    expect(printed).toHaveLength(12);
    expect(printed.filter((words) => !words.includes('+1 415 555-0123'))).toEqual([]);
    expect(await run(values('.panel,.bar', 'display'))).toEqual([]);
    expect(await run(values('.launch>.icon,.launch>slot', 'display'))).toEqual([]);
  });
});
