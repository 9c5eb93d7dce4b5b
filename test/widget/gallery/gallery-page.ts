// The contact sheets of the widget. ?set=start,talk&theme=dark&lang=ar shows those; without a set everything but `floating`.
// theme: light, dark, both · lang: a language of the widget, or pseudo · only: titles or scenes · accent, font, size, spacing:
// to try things out · fonts: folder of the fonts of the pictures
import { agentSheet, DIAL_PAD_VIEWS } from '../../../src/widget/agent/index.js';
import { barSheet, drawBar } from '../../../src/widget/bar/index.js';
import { h } from '../../../src/widget/dom/h.js';
import { chooseLanguage, direction, loadLanguage } from '../../../src/widget/languages/index.js';
import { startSheet } from '../../../src/widget/launcher/styles.js';
import { drawPanel } from '../../../src/widget/panel/draw-panel.js';
import { HELP_VIEWS, helpSheet } from '../../../src/widget/panel/help/index.js';
import type { PanelViews } from '../../../src/widget/panel/panel-views.js';
import { markScrolling } from '../../../src/widget/panel/scrolling.js';
import { specialModesSheet } from '../../../src/widget/panel/special-modes.js';
import { panelSheets } from '../../../src/widget/panel/styles/index.js';
import { CALL_VIEWS, callViewsSheet } from '../../../src/widget/panel/views/index.js';
import { galleryLauncher } from './gallery-launcher.js';
import { type GalleryLanguage, galleryModel } from './gallery-model.js';
import { PAGE_CSS, PRETEND_CSS, SPACING_CSS } from './gallery-sheets.js';
import { loadPictureFonts, PICTURE_FONTS } from './picture-fonts.js';
import { PICTURES, type Picture } from './pictures.js';
import { pseudo } from './pseudo.js';
import { showStillLevels } from './still-levels.js';

const VIEWS: PanelViews = { ...HELP_VIEWS, ...CALL_VIEWS, ...DIAL_PAD_VIEWS };
const query = new URLSearchParams(location.search);

async function main(): Promise<void> {
  const wanted = query.get('lang') ?? 'en';
  const code = chooseLanguage(wanted === 'pseudo' ? 'en' : wanted);
  const language = { code, texts: wanted === 'pseudo' ? pseudo : await loadLanguage(code) };
  const theme = query.get('theme') ?? 'light';
  const fonts = query.get('fonts');
  if (fonts) await loadPictureFonts(fonts);
  const root = document.documentElement;
  root.lang = code;
  root.dir = direction(code);
  root.dataset['theme'] = theme === 'dark' ? 'dark' : 'light';
  document.title = 'everdial: every state of the widget';
  document.adoptedStyleSheets = [sheetOf(PAGE_CSS + tried())];
  const panes = (theme === 'both' ? ['light', 'dark'] : [theme]).map((tone) =>
    pane(tone, language),
  );
  document.body.append(h('main', {}, h('h1', {}, 'Every state of the widget'), panes));
  for (const host of document.querySelectorAll('ever-dial')) {
    if (host.shadowRoot) markScrolling(host.shadowRoot);
  }
  root.dataset['ready'] = '';
}

const inFont = (family: string): string =>
  `body{font-family:${family}}ever-dial{--everdial-font:${family}}`;

/** The colours, fonts and sizes of the address. */
function tried(): string {
  const rules: Readonly<Record<string, (value: string) => string>> = {
    accent: (value) => `ever-dial{--everdial-accent:${value}}`,
    fonts: () => inFont(PICTURE_FONTS),
    font: inFont,
    size: (value) => `html{font-size:${value}}`,
  };
  return Object.entries(rules)
    .map(([name, rule]) => (query.has(name) ? rule(query.get(name) ?? '') : ''))
    .join('');
}

function pane(tone: string, language: GalleryLanguage): HTMLElement {
  const names =
    query.get('set')?.split(',') ?? Object.keys(PICTURES).filter((name) => name !== 'floating');
  return h(
    'div',
    { class: 'pane', 'data-theme': tone },
    names.map((name) =>
      h(
        'section',
        { class: `set is-${name}`, 'aria-label': `${name}, ${tone}` },
        chosen(PICTURES[name as keyof typeof PICTURES]).map((picture) =>
          figure(picture, tone, language),
        ),
      ),
    ),
  );
}

/** A name in `only` is a title; if no picture has that title, it is a scene. */
function chosen(pictures: readonly Picture[]): readonly Picture[] {
  const only = query.get('only')?.split(',');
  if (!only) return pictures;
  const titles = pictures.map(({ title }) => title);
  return pictures.filter(
    ({ title, scene }) => only.includes(title) || (only.includes(scene) && !titles.includes(scene)),
  );
}

function figure(picture: Picture, tone: string, language: GalleryLanguage): HTMLElement {
  const host = h('ever-dial', {
    variant: picture.variant,
    theme: picture.theme ?? tone,
    'data-scene': picture.scene,
    'data-view': picture.view,
    vars: picture.properties,
  });
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [
    startSheet(),
    ...panelSheets(),
    // The parts come one after the other, and none may rely on being the last.
    helpSheet(),
    callViewsSheet(),
    barSheet(),
    agentSheet(),
    specialModesSheet(),
    sheetOf(PRETEND_CSS + (query.has('spacing') ? SPACING_CSS : '')),
  ];
  root.append(draw(picture, language), h('div', { class: 'sr', role: 'status' }));
  showStillLevels(root, picture.scene === 'poor');
  return h('figure', {}, h('figcaption', {}, picture.title), host);
}

function draw(picture: Picture, language: GalleryLanguage): HTMLElement {
  if (picture.variant === 'button') return galleryLauncher(picture, language);
  const model = galleryModel(picture, language);
  if (picture.variant === 'bar') return drawBar(model);
  const panel = drawPanel(model, VIEWS);
  return picture.variant === 'floating'
    ? h('div', { class: 'dock', 'data-position': 'bottom-right' }, panel)
    : panel;
}

function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

void main();
