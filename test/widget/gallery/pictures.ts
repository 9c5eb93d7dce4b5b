import type { DialPadModel, PanelView } from '../../../src/widget/panel/panel-model.js';
import type { Scene } from '../../../src/widget/scene.js';

/** What a start button shows. */
export type LauncherScene = 'idle' | 'starting' | 'closed' | 'nocall' | 'back';

/** One picture of the gallery. */
export interface Picture {
  /** What stands above it. */
  readonly title: string;
  /** The attribute of the element. */
  readonly variant: 'button' | 'bar' | 'panel' | 'floating' | 'agent';
  /** What it shows; of a start button what that shows. */
  readonly scene: Scene | LauncherScene;
  /** What is open inside. */
  readonly view?: PanelView;
  /** The attribute `size` of a start button. */
  readonly size?: 'round' | 'small';
  /** Words of a start button. */
  readonly label?: string;
  /** As if the pointer or the keyboard were there. */
  readonly pretend?: 'hover' | 'focus' | 'active';
  /** What differs in the dial pad. */
  readonly dialPad?: Partial<DialPadModel>;
  /** A theme of its own. */
  readonly theme?: 'light' | 'dark';
  /** Custom properties. */
  readonly properties?: Readonly<Record<string, string>>;
}

const button = (
  title: string,
  scene: LauncherScene = 'idle',
  more: Partial<Picture> = {},
): Picture => ({ title, variant: 'button', scene, ...more });

const panel = (scene: Scene, title: string = scene, more: Partial<Picture> = {}): Picture => ({
  title,
  variant: 'panel',
  scene,
  ...more,
});

const agent = (title: string, more: Partial<Picture> = {}): Picture =>
  panel('idle', title, { variant: 'agent', ...more });

const accent = (
  colour: string,
  scene: Scene,
  theme: 'light' | 'dark',
  more: Readonly<Record<string, string>> = {},
): Picture =>
  panel(scene, `${colour}, ${theme}`, {
    theme,
    properties: { '--everdial-accent': colour, ...more },
  });

const BAR_SCENES = [
  'idle',
  'connecting',
  'switching',
  'ringing',
  'talking',
  'muted',
  'held',
  'reconnecting',
  'ended',
  'busy',
  'unreachable',
  'offline',
  'asking',
  'blocked',
  'silent',
] as const;

/** Every state of the widget, in sets that fit on one sheet. */
export const PICTURES = {
  launcher: [
    button('idle'),
    button('hover', 'idle', { pretend: 'hover' }),
    button('focus-visible', 'idle', { pretend: 'focus' }),
    button('pressed', 'idle', { pretend: 'active' }),
    button('loading', 'starting'),
    button('closed, with opening hours', 'closed'),
    button('cannot call here: a tel: link', 'nocall'),
    button('minimised during a call', 'back'),
    button('round', 'idle', { size: 'round' }),
    button('round, loading', 'starting', { size: 'round' }),
    button('small', 'idle', { size: 'small' }),
    button('own label', 'idle', { label: 'Talk to sales' }),
  ],
  bar: BAR_SCENES.map((scene) => panel(scene, scene, { variant: 'bar' })),
  start: [
    panel('idle'),
    panel('consent'),
    panel('asking', 'asking for the microphone'),
    panel('blocked', 'microphone blocked'),
    panel('nodevice', 'no microphone'),
    panel('connecting'),
    panel('switching', 'switching carrier'),
    panel('ringing'),
  ],
  talk: [
    panel('talking'),
    panel('muted'),
    panel('held', 'on hold'),
    panel('talking', 'keypad', { view: 'keypad' }),
    panel('reconnecting'),
    panel('silent', 'silent-call warning'),
    panel('talking', 'device menu', { view: 'devices' }),
    panel('talking', 'details', { view: 'details' }),
  ],
  end: [
    panel('poor', 'poor connection'),
    panel('ended'),
    panel('busy'),
    panel('noanswer', 'no answer'),
    panel('declined'),
    panel('unreachable', 'could not reach'),
    panel('unknown', 'outcome unknown'),
    panel('offline'),
  ],
  more: [
    panel('slow', 'slow to connect'),
    panel('answered'),
    panel('remotehold', 'put on hold'),
    panel('micoff', 'microphone switched off'),
    panel('nothing', 'nothing heard'),
    panel('playback', 'sound held back'),
    panel('ending'),
    panel('cutoff', 'cut off'),
    panel('cancelled'),
    panel('unavailable'),
    panel('invalid', 'invalid number'),
    panel('refused', 'blocked by policy'),
    panel('service', 'service fault'),
    panel('micbusy', 'microphone in use'),
    panel('policy', 'microphone not allowed on this page'),
  ],
  agent: [
    agent('dial pad, empty'),
    agent('number typed', {
      dialPad: { value: '(415) 555-0123', help: 'United States', callable: true },
    }),
    agent('number too short', {
      dialPad: { value: '(415) 55', invalid: true },
    }),
    agent('country picker', { view: 'country', dialPad: { active: 'US' } }),
    panel('talking', 'talking, agent', { variant: 'agent' }),
    agent('emergency number', { dialPad: { value: '911', invalid: true } }),
    agent('country not found', { view: 'country', dialPad: { countries: [], search: 'xyz' } }),
    panel('idle', 'dial pad in the panel', { dialPad: {} }),
  ],
  accents: [
    accent('#1d4ed8', 'talking', 'light'),
    accent('#ffd60a', 'ringing', 'light'),
    accent('#e11d48', 'busy', 'light', { '--everdial-radius': '8px' }),
    accent('#7c3aed', 'silent', 'light', { '--everdial-surface': '#fffaf5' }),
    accent('#111', 'switching', 'light', { '--everdial-radius': '0px' }),
    accent('#1d4ed8', 'talking', 'dark'),
    accent('#ffd60a', 'ringing', 'dark'),
    accent('#e11d48', 'busy', 'dark', { '--everdial-radius': '8px' }),
    accent('#7c3aed', 'silent', 'dark', { '--everdial-surface': '#16121f' }),
    accent('#111', 'switching', 'dark', { '--everdial-radius': '0px' }),
  ],
  // In the corner of the window: to be looked at one at a time.
  floating: (['idle', 'asking', 'switching', 'talking', 'silent', 'ended', 'blocked'] as const).map(
    (scene) => panel(scene, scene, { variant: 'floating' }),
  ),
} satisfies Record<string, readonly Picture[]>;
