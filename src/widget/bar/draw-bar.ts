import { type Child, fill, h, num, spoken } from '../dom/h.js';
import { actionsOf, drawAction } from '../panel/actions.js';
import { iconButton } from '../panel/buttons.js';
import { icon } from '../panel/icons.js';
import type { PanelModel } from '../panel/panel-model.js';
import { SCENE_LOOKS, type Stop, type StopLook } from '../panel/scenes.js';
import { headline, shortStatus } from '../panel/words.js';

const TELLING: readonly StopLook[] = ['bad', 'now', 'off', 'said'];

/** Draws the variant `bar`: one node of the line, a name, a few words, and the next thing to press. */
export function drawBar(model: PanelModel): HTMLElement {
  const { scene, texts, name } = model;
  const look = SCENE_LOOKS[scene];
  const stop = tellingStop(model);
  const sound = stop[0] === 'live' && look.line[3] === 'live';
  return h(
    'section',
    {
      class: 'bar',
      part: 'bar',
      role: 'group',
      'aria-label': fill(texts.callWith, { name }),
      tabindex: -1,
      lang: model.lang,
      dir: model.direction,
    },
    h(
      'button',
      { type: 'button', class: 'open', 'data-act': 'expand' },
      h(
        'span',
        { class: look.rings && 'ring', 'data-is': stop[0] },
        h(
          'span',
          { class: 'node' },
          sound
            ? h(
                'span',
                { class: 'lv' },
                Array.from({ length: 5 }, () => h('i')),
              )
            : icon(stop[1]),
        ),
      ),
      h(
        'span',
        {},
        h('b', { part: 'name' }, name),
        h('span', { class: 't', part: 'status' }, below(model)),
        spoken(`. ${texts.expand}`),
      ),
    ),
    buttons(model),
  );
}

/** The node that tells most: where something is wrong or going on, else the middle, else their end. */
function tellingStop({ scene }: PanelModel): Stop {
  const [you, , carrier, , them] = SCENE_LOOKS[scene].line;
  const telling = [you, carrier, them].find(([look]) => TELLING.includes(look));
  if (telling) return telling;
  return carrier[0] === 'rest' && carrier[1] !== 'lock' ? carrier : them;
}

function below(model: PanelModel): Child {
  if (model.scene === 'idle') return model.openUntil;
  if (!SCENE_LOOKS[model.scene].timer) return headline(model);
  return [
    num(model.time, { 'data-time': '' }),
    h('span', { class: 'more' }, ' · ', shortStatus(model)),
  ];
}

function buttons(model: PanelModel): Child {
  const { texts, scene } = model;
  const actions = actionsOf(model);
  if (actions[0] === 'hangup') return [mute(model), hangup(model)];
  if (scene === 'idle' || scene === 'offline') return small(drawAction(model, 'call', false));
  // What has to be read first stands in the panel.
  if (scene === 'consent' || scene === 'policy' || scene === 'service') return false;
  return [
    actions.includes('again') &&
      iconButton({
        act: 'again',
        icon: 'phone',
        label: texts.redial,
        look: 'round',
        part: 'action again',
      }),
    actions.includes('retry') &&
      iconButton({
        act: 'retry',
        icon: 'phone',
        label: texts.retry,
        look: 'round',
        part: 'action retry',
      }),
    scene === 'asking'
      ? iconButton({
          act: 'cancel',
          icon: 'close',
          label: texts.cancel,
          look: 'round',
          part: 'action cancel',
        })
      : iconButton({
          act: 'close',
          icon: 'close',
          label: texts.close,
          look: 'round',
          part: 'action close',
        }),
  ];
}

function mute({ controls, texts }: PanelModel): Child {
  const state = controls.find(([name]) => name === 'mute')?.[1];
  if (state === undefined) return false;
  return iconButton({
    act: 'mute',
    icon: state === 'on' ? 'mic-off' : 'mic',
    label: state === 'on' ? texts.unmute : texts.mute,
    look: state === 'on' ? 'round is-on' : 'round',
    part: 'control mute',
    disabled: state === 'unavailable',
  });
}

const hangup = ({ scene, texts }: PanelModel): HTMLElement =>
  iconButton({
    act: 'hangup',
    icon: 'hangup',
    label: texts.hangup,
    look: 'round danger',
    part: 'action hangup',
    disabled: scene === 'ending',
  });

function small(button: HTMLElement): HTMLElement {
  button.classList.add('small');
  return button;
}
