import { CLOCK, drawIcon, type IconShape, PHONE } from '../launcher/icons.js';

/** A shape of one path, drawn with the usual width. */
export const plain = (path: string): IconShape => [[path, 1.75]];

const RING = 'M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4z';

const SHAPES = {
  phone: PHONE,
  hangup: PHONE,
  clock: CLOCK,
  mic: plain(
    'M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3',
  ),
  'mic-off': plain(
    'M15 9.6V6.5a3 3 0 0 0-5.8-1.1M9 10v1.5a3 3 0 0 0 4.6 2.5M5.5 11.5a6.5 6.5 0 0 0 10.4 5.2M18.5 11.5a6.4 6.4 0 0 1-.5 2.5M12 18v3M4 4l16 16',
  ),
  keypad: [['M6 5h0M12 5h0M18 5h0M6 11h0M12 11h0M18 11h0M6 17h0M12 17h0M18 17h0', 3]],
  audio: plain(
    'M4.5 15.5V12a7.5 7.5 0 0 1 15 0v3.5M4.5 14.5h2a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1h-1a1 1 0 0 1-1-1zM19.5 14.5h-2a1 1 0 0 0-1 1v3a1 1 0 0 0 1 1h1a1 1 0 0 0 1-1z',
  ),
  pause: [['M9 6.5v11M15 6.5v11', 2.6]],
  play: plain('M8.5 5.8v12.4l9.5-6.2z'),
  lock: plain(
    'M6.5 11h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11',
  ),
  route: plain('M4 8h4.5c4 0 3 8 7 8H20M17 13l3 3-3 3M4 16h3M14.5 8H16'),
  offline: plain(
    'M3.5 9.5a13 13 0 0 1 4.3-2.6M11 6.1a13 13 0 0 1 9.5 3.4M6.8 13a8 8 0 0 1 3.9-2.1M14.6 11.3a8 8 0 0 1 2.6 1.7M10 16.2a3.4 3.4 0 0 1 4 0M12 19.3h0M4 4l16 16',
  ),
  alert: plain('M12 4.2 20.8 19a.7.7 0 0 1-.6 1H3.8a.7.7 0 0 1-.6-1zM12 10v4.2M12 17h0'),
  check: plain('M5.5 12.5l4.2 4.2L18.5 7.5'),
  close: plain('M6.5 6.5l11 11M17.5 6.5l-11 11'),
  minus: plain('M6 12h12'),
  down: plain('M6.5 9.5l5.5 5.5 5.5-5.5'),
  back: plain('M19 12H5.5M11 6l-6 6 6 6'),
  info: plain(`${RING}M12 11.3v4.9M12 7.8h0`),
  question: plain('M9 9a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.3-1.6 2.7M12 17.6h0'),
} satisfies Record<string, IconShape>;

/** Names of the icons of the panel. */
export type IconName = keyof typeof SHAPES;

/** Draws an icon of the panel. */
export const icon = (name: IconName): SVGSVGElement => drawIcon(name, SHAPES[name]);
