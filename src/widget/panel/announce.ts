import { fill } from '../dom/h.js';
import type { PanelModel } from './panel-model.js';
import { SCENE_LOOKS } from './scenes.js';
import { headline, receipt, sentence } from './words.js';

/**
 * What the live region says for a scene: headline, sentence and receipt, or what the language has in their place. Empty
 * before a call: the person has just opened the panel and hears its name.
 */
export function announcement(model: PanelModel): string {
  const { say } = SCENE_LOOKS[model.scene];
  if (model.scene === 'idle') return '';
  if (say) return fill(model.texts[say], model.words);
  return [headline(model), sentence(model), receipt(model)]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => (/[.…!?。！？।؟]$/.test(part ?? '') ? part : `${part}.`))
    .join(' ');
}
