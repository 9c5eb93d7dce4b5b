import { type Child, fill, h } from '../dom/h.js';
import { drawActions } from './actions.js';
import { drawBody } from './body.js';
import { drawControls } from './controls.js';
import { drawHeader } from './header.js';
import type { PanelModel } from './panel-model.js';
import { SCENE_LOOKS } from './scenes.js';

/** Draws what stands in the middle of the panel. */
export type DrawView = (model: PanelModel) => Child;

/** The views that come when they are needed. One that is missing is not shown yet: the line stands in its place. */
export interface PanelViews {
  /** Where the browser asks for the microphone. */
  readonly question?: DrawView;
  /** How a refused microphone is allowed. */
  readonly steps?: DrawView;
  /** Twelve keys in a call. */
  readonly keypad?: DrawView;
  /** How the sound was. */
  readonly rating?: DrawView;
  /** Choice of microphone and speaker. */
  readonly devices?: DrawView;
  /** Details of the call. */
  readonly details?: DrawView;
  /** List of countries. */
  readonly country?: DrawView;
  /** Field and keys before a call. */
  readonly dialPad?: DrawView;
  /** What stands at the bottom of those. */
  readonly dialPadActions?: DrawView;
}

/**
 * Draws the whole panel anew. It is pure: the same model gives the same tree, which is then morphed into the one on the
 * page. It listens to nothing; what can be pressed has `data-act`, and `data-value` or a value.
 */
export function drawPanel(model: PanelModel, views: PanelViews = {}): HTMLElement {
  const { scene, shape, view } = model;
  const look = SCENE_LOOKS[scene];
  const draw = view && view !== 'keypad' ? views[view] : undefined;
  const covered = draw && view !== 'keypad' ? view : undefined;
  return h(
    'section',
    {
      class: shape === 'floating' || shape === 'agent' ? `panel is-${shape}` : 'panel',
      part: 'panel',
      role: shape === 'floating' ? 'dialog' : 'group',
      'aria-label': fill(model.texts.callWith, { name: model.name }),
      tabindex: -1,
      lang: model.lang,
      dir: model.direction,
    },
    drawHeader(model, covered),
    h('div', { class: 'main', part: 'body' }, middle(model, draw, views)),
    // The four rows of the grid are always there.
    look.controls && !covered ? drawControls(model) : h('div'),
    covered && scene === 'idle' ? h('div') : drawActions(model, views),
  );
}

function middle(model: PanelModel, draw: DrawView | undefined, views: PanelViews): Child {
  if (draw) return draw(model);
  if (model.view === 'keypad' && views.keypad) return views.keypad(model);
  if (model.dialPad && model.scene === 'idle' && views.dialPad) return views.dialPad(model);
  return drawBody(model, views);
}
