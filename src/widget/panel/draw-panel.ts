import { type Child, fill, h } from '../dom/h.js';
import { drawActions } from './actions.js';
import { drawBody } from './body.js';
import { drawControls } from './controls.js';
import { drawHeader } from './header.js';
import type { PanelModel } from './panel-model.js';
import type { DrawView, PanelViews } from './panel-views.js';
import { SCENE_LOOKS } from './scenes.js';

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
