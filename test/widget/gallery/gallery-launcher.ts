import { fill, h, num } from '../../../src/widget/dom/h.js';
import { clockIcon, phoneIcon } from '../../../src/widget/launcher/icons.js';
import { drawPhoneLink } from '../../../src/widget/works/launcher.js';
import type { GalleryLanguage } from './gallery-model.js';
import type { Picture } from './pictures.js';

const NUMBER = '+1 415 555-0123';

/** A start button as the element builds it. */
export function galleryLauncher(picture: Picture, { texts }: GalleryLanguage): HTMLElement {
  const pretend = picture.pretend ? ` is-${picture.pretend}` : '';
  const two = (main: Node, below: string): HTMLElement =>
    h('span', { class: 'txt' }, main, h('small', {}, below));
  if (picture.scene === 'nocall') {
    return drawPhoneLink({ texts, number: NUMBER, phoneLink: 'tel:+14155550123' });
  }
  if (picture.scene === 'closed') {
    const opens = fill(texts.opens, { day: 'Monday', time: '9:00' });
    return h(
      'button',
      {
        type: 'button',
        class: 'btn launch',
        part: 'button',
        'aria-disabled': 'true',
        'data-number': NUMBER,
      },
      clockIcon(),
      two(h('span', {}, texts.closed), opens),
    );
  }
  if (picture.scene === 'back') {
    return h(
      'button',
      { type: 'button', class: 'btn launch primary', part: 'button', 'data-number': NUMBER },
      phoneIcon(),
      two(num('02:47', { 'data-time': '' }), texts.backToCall),
    );
  }
  const label = picture.label ?? texts.call;
  const round = picture.size === 'round';
  return h(
    'button',
    {
      type: 'button',
      class: `btn launch primary ${picture.size ?? ''}${pretend}`,
      part: 'button',
      'aria-label': round && label,
      'aria-busy': picture.scene === 'starting' && 'true',
      'data-number': NUMBER,
    },
    h('slot', { name: 'icon' }, phoneIcon()),
    !round && h('span', { class: 'txt' }, h('slot', { name: 'label' }, label)),
  );
}
