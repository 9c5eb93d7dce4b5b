import { sheet } from '../../launcher/sheet.js';
import { BODY } from './body.js';
import { CONTROLS } from './controls.js';
import { FLOATING } from './floating.js';
import { LAUNCHER } from './launcher.js';
import { LINE } from './line.js';
import { MODES } from './modes.js';
import { PANEL } from './panel.js';
import { TOKENS } from './tokens.js';

const panel = /* @__PURE__ */ sheet(
  LAUNCHER + TOKENS + PANEL + LINE + CONTROLS + BODY + FLOATING + MODES,
);

/** The style of the panel. It builds on the start sheet, so it stands behind it in `adoptedStyleSheets`. */
export const panelSheets = (): readonly CSSStyleSheet[] => [panel()];
