import { type Child, h, num, withNumber } from '../dom/h.js';
import type { EverdialTexts } from '../languages/en.js';
import { type IconName, icon } from './icons.js';
import type { PanelModel } from './panel-model.js';
import type { PanelViews } from './panel-views.js';
import { type ActionName, SCENE_LOOKS } from './scenes.js';

type ButtonName = Exclude<ActionName, 'phone'>;

interface ActionLook {
  readonly text: keyof EverdialTexts;
  readonly look?: 'primary' | 'danger';
  readonly icon?: IconName;
}

const ACTIONS: Readonly<Record<ButtonName, ActionLook>> = {
  call: { text: 'callNow', look: 'primary', icon: 'phone' },
  agree: { text: 'agree', look: 'primary', icon: 'phone' },
  'not-now': { text: 'notNow' },
  cancel: { text: 'cancel' },
  hangup: { text: 'hangup', look: 'danger', icon: 'hangup' },
  again: { text: 'redial', icon: 'phone' },
  retry: { text: 'retry', look: 'primary' },
  close: { text: 'close' },
};

/** The bottom of the panel: at most one filled button, and never none at all. */
export function drawActions(model: PanelModel, views: PanelViews): HTMLElement {
  const { scene } = model;
  return h(
    'footer',
    { class: 'acts', part: 'actions' },
    scene === 'idle' && model.dialPad
      ? (views.dialPadActions?.(model) ??
          actionButton(model, 'call', { look: 'primary', disabled: true }))
      : actionsOf(model).map((name, index) => drawAction(model, name, index > 0)),
    (scene === 'idle' || scene === 'consent') && h('slot', { name: 'footer', class: 'foot' }),
  );
}

/** The buttons of the scene. Where the phone must not be offered and nothing else is left, Close. */
export function actionsOf(model: PanelModel): readonly ActionName[] {
  const { actions, over } = SCENE_LOOKS[model.scene];
  if (model.phoneLink !== undefined || !actions.includes('phone')) return actions;
  const others = actions.filter((name) => name !== 'phone');
  return over || others.length === 0 ? [...others, 'close'] : others;
}

/** One of them. `calm`: not the first, so without a ground unless it is filled. */
export function drawAction(model: PanelModel, name: ActionName, calm: boolean): HTMLElement {
  const scene = SCENE_LOOKS[model.scene];
  const filled = scene.filled === name;
  if (name === 'phone') return phoneLink(model, filled);
  return actionButton(model, name, {
    look: filled ? 'primary' : (ACTIONS[name].look ?? (calm ? 'calm' : undefined)),
    disabled: scene.disabled === name,
    reason: scene.disabled === name ? scene.title : undefined,
  });
}

/** How a button looks. */
export interface ActionState {
  /** More classes. */
  readonly look?: string | undefined;
  /** Whether it can not be used now. */
  readonly disabled: boolean;
  /** Why. */
  readonly reason?: keyof EverdialTexts | undefined;
}

/** A button that does something. */
export function actionButton(
  { texts }: PanelModel,
  name: ButtonName,
  state: ActionState,
): HTMLElement {
  const { text, icon: glyph } = ACTIONS[name];
  return h(
    'button',
    {
      type: 'button',
      class: state.look ? `btn ${state.look}` : 'btn',
      part: `action ${name}`,
      'data-act': name,
      // Never morphed into another: a button in the hand must not become its opposite.
      'data-key': name,
      'aria-disabled': state.disabled && 'true',
      title: state.reason && texts[state.reason],
    },
    glyph && icon(glyph),
    h('span', {}, texts[text]),
  );
}

function phoneLink(
  { texts, words: { number = '' }, phoneLink: href }: PanelModel,
  filled: boolean,
): HTMLElement {
  const words: Child = filled
    ? [icon('phone'), h('span', {}, withNumber(texts.callNumber, number))]
    : h('span', {}, `${texts.usePhone}: `, num(number));
  return h(
    'a',
    { class: filled ? 'btn primary' : 'btn plain', part: 'action phone-link', href },
    words,
  );
}
