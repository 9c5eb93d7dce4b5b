import { h, num, withNumber } from '../dom/h.js';
import type { EverdialTexts } from '../languages/en.js';
import { clockIcon, phoneIcon } from '../launcher/icons.js';
import type { WorksHost } from './works.js';

/** What the start button shows: `back` to a running call, `hidden` beside a panel that takes its place. */
export type LauncherScene = 'idle' | 'closed' | 'nocall' | 'back' | 'hidden';

/** What the start button shows, as plain data. */
export interface LauncherModel {
  /** Which of its shapes. */
  readonly scene: LauncherScene;
  /** All words. */
  readonly texts: EverdialTexts;
  /** Below "Closed now": when it opens. */
  readonly opens: string;
  /** Time of the running call. */
  readonly time: string;
  /** The number, for calling with a phone. */
  readonly number: string;
  /** `tel:` address; `undefined` when none may be offered. */
  readonly phoneLink: string | undefined;
}

/** Draws the element's start button once its works are there. A button of the page (`for`) is never changed but for `aria-…`. */
export class Launcher {
  readonly #host: WorksHost;
  #link: HTMLElement | undefined;
  #drawn = '';

  /** Takes over the button as it is. */
  constructor(host: WorksHost) {
    this.#host = host;
  }

  /** Draws. */
  draw(model: LauncherModel): void {
    const { button, launcher } = this.#host;
    const own = launcher === button;
    this.#showLink(own && model.scene === 'nocall' ? drawPhoneLink(model) : undefined);
    launcher.toggleAttribute('data-closed', model.scene === 'closed');
    if (model.scene === 'closed') launcher.setAttribute('aria-disabled', 'true');
    else launcher.removeAttribute('aria-disabled');
    if (own) this.#drawOwn(model);
    button.hidden = !own || model.scene === 'hidden' || this.#link !== undefined;
  }

  #drawOwn(model: LauncherModel): void {
    const { scene, texts, opens } = model;
    const looks = [scene, texts.closed, opens, texts.backToCall].join('|');
    // Its time runs by itself, and drawing it anew would let the focus ring flicker.
    if (looks === this.#drawn && (scene === 'back' || scene === 'closed')) return;
    this.#drawn = looks;
    if (model.scene === 'closed') {
      this.#fill('btn launch', clockIcon(), words(model.texts.closed, model.opens));
    } else if (model.scene === 'back') {
      const time = num(model.time, { 'data-time': true });
      this.#fill('btn launch primary', phoneIcon(), words(time, model.texts.backToCall));
    } else {
      this.#host.drawLauncher();
    }
  }

  /** As it was before. */
  reset(): void {
    this.#showLink(undefined);
    this.#host.button.hidden = false;
    this.#host.button.removeAttribute('aria-disabled');
    this.#host.drawLauncher();
  }

  #fill(className: string, ...children: readonly Node[]): void {
    const { button } = this.#host;
    button.className = button.classList.contains('dock') ? `${className} dock` : className;
    button.removeAttribute('aria-label');
    button.replaceChildren(...children);
  }

  #showLink(link: HTMLElement | undefined): void {
    this.#link?.remove();
    this.#link = link;
    if (link) this.#host.button.before(link);
  }
}

const words = (main: string | Node, below: string): HTMLElement =>
  h('span', { class: 'txt' }, main, h('small', {}, below));

/** What stands in place of the button where nobody can call from the page: the number, for a phone. */
export function drawPhoneLink({
  texts,
  number,
  phoneLink: href,
}: Pick<LauncherModel, 'texts' | 'number' | 'phoneLink'>): HTMLElement {
  const main = href ? withNumber(texts.callNumber, number) : [];
  return h(
    href ? 'a' : 'span',
    { class: 'btn launch out', part: 'button', href, 'data-number': number },
    phoneIcon(),
    h('span', { class: 'txt' }, h('span', {}, ...main), h('small', {}, texts.noBrowser)),
  );
}
