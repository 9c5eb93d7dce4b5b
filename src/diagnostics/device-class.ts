/** What sort of device it is, as far as its name tells. */
export type DeviceClass =
  | 'virtual'
  | 'bluetooth'
  | 'headset'
  | 'usb'
  | 'built-in'
  | 'default'
  | 'other';

/** The first that fits counts. Chromium adds vendor and product in brackets to the names of USB devices. */
const CLASSES: readonly (readonly [RegExp, DeviceClass])[] = [
  [/virtual|\bcable\b|loopback|blackhole|monitor of|\bfake\b|aggregate|\bnull\b/i, 'virtual'],
  [/bluetooth|airpods|hands-?free|buds\b/i, 'bluetooth'],
  [/head ?(set|phone)|ear(phone|piece|pods)|jabra|plantronics/i, 'headset'],
  [/\busb\b|\([\da-f]{4}:[\da-f]{4}\)/i, 'usb'],
  [/built-?in|internal|integrated|macbook|\barray\b|realtek|high definition audio/i, 'built-in'],
  [/^default/i, 'default'],
];

/** Reduces a device's name, which may name a person, to its class. */
export function deviceClass(label: string): DeviceClass {
  return CLASSES.find(([pattern]) => pattern.test(label))?.[1] ?? 'other';
}
