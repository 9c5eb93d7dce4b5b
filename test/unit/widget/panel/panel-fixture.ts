import { DIAL_PAD_VIEWS } from '../../../../src/widget/agent/index.js';
import { en } from '../../../../src/widget/languages/en.js';
import { drawPanel as draw } from '../../../../src/widget/panel/draw-panel.js';
import { HELP_VIEWS } from '../../../../src/widget/panel/help/index.js';
import type { DetailsModel, PanelModel } from '../../../../src/widget/panel/panel-model.js';
import type { PanelViews } from '../../../../src/widget/panel/panel-views.js';
import { CALL_VIEWS } from '../../../../src/widget/panel/views/index.js';
import type { Scene } from '../../../../src/widget/scene.js';
import { galleryModel } from '../../../widget/gallery/gallery-model.js';

/** All views, as if they had been loaded. */
export const ALL_VIEWS: PanelViews = { ...HELP_VIEWS, ...CALL_VIEWS, ...DIAL_PAD_VIEWS };

/** Draws with all views there. */
export const drawPanel = (model: PanelModel, views: PanelViews = ALL_VIEWS): HTMLElement =>
  draw(model, views);

/** Details of a call, with what differs. */
export const detailsWith = (more: Partial<DetailsModel>): DetailsModel => ({
  ...(modelOf('talking').details as DetailsModel),
  ...more,
});

/** An English model of a scene, with what differs. */
export const modelOf = (scene: Scene, more: Partial<PanelModel> = {}): PanelModel => ({
  ...galleryModel({ title: scene, variant: 'panel', scene }, { code: 'en', texts: en }),
  ...more,
});

/** A model with a dial pad. */
export const agentModel = (more: Partial<PanelModel> = {}): PanelModel => ({
  ...galleryModel(
    { title: 'dial pad', variant: 'agent', scene: 'idle' },
    { code: 'en', texts: en },
  ),
  ...more,
});

/** What can be pressed, in reading order. */
export const actsOf = (root: ParentNode): (string | null)[] =>
  [...root.querySelectorAll('[data-act]')].map((element) => element.getAttribute('data-act'));

/** The text without what is drawn for screen readers or for keeping room. */
export const textOf = (root: ParentNode, selector: string): string | undefined =>
  root.querySelector(selector)?.textContent ?? undefined;
