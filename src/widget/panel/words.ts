import { fill } from '../dom/h.js';
import type { EverdialTexts } from '../languages/en.js';
import type { PanelModel } from './panel-model.js';
import { SCENE_LOOKS } from './scenes.js';

const words = (model: PanelModel, key: keyof EverdialTexts | undefined): string =>
  key === undefined ? '' : fill(model.texts[key], model.words);

/** The headline, or the title of the notice; empty where neither is. */
export const headline = (model: PanelModel): string => words(model, SCENE_LOOKS[model.scene].title);

/** The sentence below it; empty where there is none. */
export const sentence = (model: PanelModel): string =>
  model.sentence ?? words(model, SCENE_LOOKS[model.scene].text);

/** The few words that stand beside the time, where there is little room. */
export const shortStatus = (model: PanelModel): string =>
  (SCENE_LOOKS[model.scene].title ? headline(model) : sentence(model)).split(/[.。।]/)[0] ?? '';

/** What the receipt says; `undefined` where there is none. */
export function receipt(model: PanelModel): string | undefined {
  if (!SCENE_LOOKS[model.scene].over || model.receipt === undefined) return undefined;
  return model.receipt === 'off' ? model.texts.microphoneOff : model.texts.microphoneOn;
}
