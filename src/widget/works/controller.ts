import { type Call, type Clock, Dialer, DialerError } from '../../index.js';
import { h } from '../dom/h.js';
import type { EverdialTexts } from '../languages/en.js';
import { enPanel } from '../languages/en-panel.js';
import { announcement } from '../panel/announce.js';
import { drawPanel } from '../panel/draw-panel.js';
import type { PanelModel, PanelView } from '../panel/panel-model.js';
import { markScrolling } from '../panel/scrolling.js';
import { panelSheets } from '../panel/styles/index.js';
import type { Scene } from '../scene.js';
import { sceneOf } from '../scene-of.js';
import { browserKind } from './browser-kind.js';
import { CallDesk } from './call-desk.js';
import { type CornerPanel, leaveCorner, takeCorner } from './corner.js';
import type { DialPadState } from './dial-pad-state.js';
import { tell } from './forward-events.js';
import { Launcher } from './launcher.js';
import { LazyHours } from './lazy-hours.js';
import { type DialPadParts, LazyParts } from './lazy-parts.js';
import { clockTime, isConversation, modelOf } from './model-of.js';
import { NewActions } from './new-actions.js';
import { dialerKey } from './own-dialer.js';
import { listenToPanel, type PanelPress } from './panel-input.js';
import { PanelMemory } from './panel-memory.js';
import { type PressContext, perform } from './presses.js';
import { readSettings, type Settings } from './settings.js';
import { SettledScene } from './settled-scene.js';
import { Stage } from './stage.js';
import { windowClock } from './window-clock.js';
import type { Works, WorksHost } from './works.js';

/** A scene that lasts for less is not announced. */
const ANNOUNCED_AFTER_MS = 400;
/** A dial pad that did not come is fetched again after this. */
const DIAL_PAD_RETRY_MS = 3_000;
/** What opening hours look like. */
const HOURS_LOOK = ['Mo-Fr 09:00-18:00; Sa 10:00-14:00'];
/** Scenes in which a call waits until the person has mended something. */
const WAITING: readonly Scene[] = ['blocked', 'nodevice', 'micbusy', 'policy', 'offline'];

/** The works of one element: turns what is known of the call into what is drawn, and what is pressed into what is done. */
export class Controller implements Works, CornerPanel {
  readonly #host: WorksHost;
  readonly #clock: Clock;
  readonly #desk: CallDesk;
  readonly #stage: Stage;
  readonly #launcher: Launcher;
  readonly #scene: SettledScene;
  #dialPad: DialPadState | undefined;
  readonly #parts: LazyParts;
  readonly #hours: LazyHours;
  readonly #stopped = new AbortController();
  readonly #warned = new Set<string>();
  #settings: Settings;
  // The words of the views come with the rest of English, or with another language.
  #language = enPanel as unknown as EverdialTexts;
  readonly #memory = new PanelMemory();
  readonly #newActions: NewActions;
  #cancelAnnouncement: (() => void) | undefined;
  #cancelRetry: (() => void) | undefined;
  #drawing = false;

  /** Draws in the next microtask. */
  constructor(host: WorksHost, clock: Clock = windowClock) {
    const changed = (): void => this.#onChange();
    this.#host = host;
    this.#clock = clock;
    this.#newActions = new NewActions(clock);
    this.#settings = this.#readSettings();
    this.#desk = new CallDesk({
      element: host.element,
      clock,
      pageDialer: () => host.dialer,
      settings: () => this.#settings,
      dialOptions: () => host.dialOptions,
      onChange: changed,
      onSample: (sample) => {
        this.#memory.sample = sample;
        if (this.#memory.view === 'details') changed();
      },
    });
    this.#parts = new LazyParts(changed);
    this.#hours = new LazyHours(this.#parts, clock, changed, (hours) =>
      this.#warn('hours', hours, HOURS_LOOK),
    );
    this.#parts.watchModes(this.#stopped.signal);
    this.#launcher = new Launcher(host);
    this.#stage = new Stage(host.root, host.live);
    this.#scene = new SettledScene(clock, sceneOf(this.#desk.facts), () => this.#onScene());
    listenToPanel(host.root, this.#stopped.signal, {
      press: (press) => this.#press(press),
      escape: () => this.#escape(),
      shortcuts: () => this.#settings.shortcuts,
      typesNumber: () => this.#memory.view !== 'keypad',
      keypadOpen: () => this.#memory.view === 'keypad' || this.#dialPadShown,
    });
    this.changed();
  }

  /** The call now, or the last one. */
  get call(): Call | undefined {
    return this.#desk.call;
  }

  /** The Dialer in use. */
  get dialer(): Dialer | undefined {
    return this.#desk.dialer;
  }

  /** As a press on Call; `to` instead of the attribute. */
  async start(to?: string): Promise<Call | undefined> {
    if ((await this.#isClosed()) || this.#stopped.signal.aborted) return undefined;
    this.#setOpen(true);
    void this.#parts.help();
    if (this.#desk.busy) return this.#desk.start(this.#memory.to);
    const obstacle = Dialer.support().problems[0];
    if (obstacle) {
      this.#desk.fail(obstacle);
      return undefined;
    }
    const target = to ?? (this.#settings.to || this.#dialPad?.number);
    if (!target) return undefined;
    const call = await this.#begin(target);
    // The page has objected: there is nothing to show.
    if (!call && !this.#desk.failure && !this.#desk.busy) this.#setOpen(false);
    return call;
  }

  /** Opens the connections of a call, nothing else. What is wrong is told by a press. */
  async warmUp(): Promise<void> {
    await this.#hours.ready;
    if (!this.#hours.open || this.#stopped.signal.aborted) return;
    await this.#desk.openDialer().warmUp();
  }

  /** An attribute or a property of the element has changed. */
  changed(): void {
    const before = dialerKey(this.#settings);
    this.#settings = this.#readSettings();
    if (before !== dialerKey(this.#settings)) this.#desk.forgetDialer();
    void this.#parts.language(this.#settings.language).then((texts) => {
      this.#language = texts ?? this.#language;
      this.#onChange();
    });
    this.#hours.read(this.#settings);
    if (this.#settings.variant === 'bar') void this.#parts.bar();
    if (this.#dialPadShown) this.#openDialPad();
    this.#onChange();
  }

  /** Ends the call, gives everything back and leaves the button as it was. */
  stop(): void {
    this.#stopped.abort();
    this.#scene.stop();
    this.#hours.stop();
    this.#cancelAnnouncement?.();
    this.#cancelRetry?.();
    this.#desk.stop();
    this.#stage.clear();
    leaveCorner(this);
    this.#launcher.reset();
    delete this.#host.element.dataset['state'];
    delete this.#host.element.dataset['scene'];
  }

  get #texts(): EverdialTexts {
    return { ...this.#language, ...this.#host.texts };
  }

  /** Whether the person enters the number. */
  get #dialPadShown(): boolean {
    const { variant, to } = this.#settings;
    return variant === 'agent' || (to === '' && (variant === 'panel' || this.#memory.open));
  }

  get #opens(): string {
    return this.#hours.opens(this.#texts, this.#settings);
  }

  async #begin(to: string, again = false): Promise<Call | undefined> {
    if (await this.#isClosed()) return undefined;
    this.#memory.begin(to);
    return again ? this.#desk.restart(to) : this.#desk.start(to);
  }

  /** Out of opening hours nobody is called, and that is said. */
  async #isClosed(): Promise<boolean> {
    await this.#hours.ready;
    if (this.#hours.open) return false;
    this.#host.live.textContent = `${this.#texts.closed}. ${this.#opens}`;
    return true;
  }

  #press(press: PanelPress): void {
    if (this.#newActions.ignores(press.act)) return;
    void Promise.resolve(perform(press, this.#context)).catch(() => this.#stage.resetChoices());
    this.#onChange();
  }

  get #context(): PressContext {
    return {
      element: this.#host.element,
      clock: this.#clock,
      desk: this.#desk,
      dialPad: this.#dialPad,
      parts: this.#parts,
      memory: this.#memory,
      settings: () => this.#settings,
      start: () => this.start(),
      begin: (to, again) => this.#begin(to, again),
      setOpen: (open) => this.#setOpen(open),
      goesOn: () => this.#desk.busy && !WAITING.includes(this.#scene.shown),
      show: (view) => this.#show(view),
      onChange: () => this.#onChange(),
    };
  }

  /** Opens a view or closes it. The focus goes along: into what opens, and back to what opened it. */
  async #show(view: PanelView | undefined): Promise<void> {
    const opener = this.#memory.view;
    this.#memory.view = view;
    if (view && view !== 'country') await this.#parts.callViews();
    this.#draw();
    const focus = (selector: string): void =>
      this.#panel?.querySelector<HTMLElement>(selector)?.focus();
    if (view === 'country') focus('[data-act=search]');
    else if (view && view !== 'keypad') focus('[data-act=back]');
    else if (opener === 'country') focus('[data-act=type]');
    else if (opener) focus(`[data-act=${opener}]`);
  }

  /** Whether there was something to close or to make small. */
  #escape(): boolean {
    if (this.#memory.view) void this.#show(undefined);
    else if (this.#memory.open) this.#press({ act: 'minimise', value: '' });
    else return false;
    return true;
  }

  /** Panels that stand in the page are always open. */
  #setOpen(open: boolean): void {
    if (open && !this.#inline) takeCorner(this);
    const had = this.#host.root.activeElement;
    this.#memory.open = open;
    if (open && this.#dialPadShown) this.#openDialPad();
    this.#draw();
    if (open) this.#panel?.focus();
    else if (had && !this.#panel) this.#host.launcher.focus();
  }

  /** Another panel needs the corner. */
  yieldPlace(): void {
    if (this.#memory.open) this.#press({ act: 'minimise', value: '' });
  }

  get #inline(): boolean {
    const { variant } = this.#settings;
    return variant === 'panel' || variant === 'agent';
  }

  get #panel(): HTMLElement | null {
    return this.#host.root.querySelector<HTMLElement>('.panel');
  }

  #openDialPad(): void {
    const use = ({ DialPadState, numbers }: DialPadParts): void => {
      this.#dialPad ??= new DialPadState(() => this.#onChange());
      this.#dialPad.useNumbers(numbers, this.#settings.country);
    };
    this.#parts.dialPad().then(use, () => {
      this.#cancelRetry?.();
      this.#cancelRetry = this.#clock.setTimer(() => {
        if (this.#dialPadShown && !this.#stopped.signal.aborted) this.#openDialPad();
      }, DIAL_PAD_RETRY_MS);
    });
  }

  #onScene(): void {
    const talking = isConversation(this.#scene.shown);
    const { call } = this.#desk;
    this.#stage.follow(
      talking && call
        ? { time: () => clockTime(call.durationMs), levels: () => call.levels() }
        : undefined,
    );
    if (this.#desk.busy) void this.#parts.callViews();
    if (!talking && this.#memory.view !== 'devices') this.#memory.view = undefined;
    this.#draw();
    this.#cancelAnnouncement?.();
    this.#cancelAnnouncement = this.#clock.setTimer(() => {
      this.#host.live.textContent = announcement(this.#model);
    }, ANNOUNCED_AFTER_MS);
  }

  #onChange(): void {
    if (this.#drawing || this.#stopped.signal.aborted) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      if (this.#stopped.signal.aborted) return;
      this.#scene.set(sceneOf(this.#desk.facts));
      this.#draw();
    });
  }

  get #model(): PanelModel {
    const { facts, failure, dialer } = this.#desk;
    const call = facts.call && this.#desk.call;
    const texts = this.#texts;
    const { language, variant } = this.#settings;
    const to = this.#memory.to || this.#settings.to;
    return modelOf({
      shape: variant === 'panel' || variant === 'agent' ? variant : 'floating',
      scene: this.#scene.shown,
      view: this.#memory.view,
      texts,
      settings: this.#settings,
      call,
      to: this.#dialPad?.written(to) ?? to,
      failure: failure?.code,
      audio: dialer?.audio,
      openUntil: this.#hours.openUntil(texts),
      digits: this.#memory.digits,
      rated: this.#memory.rated,
      browser: browserKind(navigator.userAgent, navigator.maxTouchPoints),
      details: this.#parts.detailsOf?.(
        call,
        this.#memory.sample,
        this.#memory.security,
        this.#memory.copied,
        texts,
        language,
      ),
      dialPad: this.#dialPadShown
        ? (this.#dialPad?.model(texts, language, this.#memory.view === 'country') ?? 'coming')
        : undefined,
    });
  }

  #draw(): void {
    if (this.#stopped.signal.aborted) return;
    const { element } = this.#host;
    const { position, variant } = this.#settings;
    const model = this.#model;
    element.dataset['state'] = this.#desk.facts.call?.state ?? 'idle';
    element.dataset['scene'] = model.scene;
    this.#launcher.draw({
      scene: this.#launcherScene,
      texts: model.texts,
      opens: this.#opens,
      time: model.time,
      number: this.#settings.phone,
      phoneLink: model.phoneLink,
    });
    const inline = this.#inline;
    const shown = inline || this.#memory.open;
    if (shown || variant === 'bar') this.#stage.style(...panelSheets(), ...this.#parts.sheets);
    this.#stage.show('bar', variant === 'bar' ? this.#parts.drawBar?.(model) : undefined);
    const panel = shown ? drawPanel(model, this.#parts.views) : undefined;
    this.#stage.show('panel', inline ? panel : undefined);
    const dock = (): HTMLElement => h('div', { class: 'dock', 'data-position': position }, panel);
    this.#stage.show('dock', inline || !panel ? undefined : dock());
    const found = this.#host.root.querySelectorAll<HTMLElement>('.acts [data-act]');
    // A view may cover them for a while.
    if (found.length > 0)
      this.#newActions.shown(Array.from(found, ({ dataset }) => dataset['act'] ?? ''));
    this.#dialPad?.writeField(this.#host.root);
    markScrolling(this.#host.root);
    this.#host.root.querySelector('.place.is-active')?.scrollIntoView({ block: 'nearest' });
  }

  get #launcherScene(): 'idle' | 'closed' | 'nocall' | 'back' | 'hidden' {
    const { variant } = this.#settings;
    if (variant === 'panel' || variant === 'agent' || variant === 'bar') return 'hidden';
    if (this.#memory.open && variant === 'floating') return 'hidden';
    if (this.#desk.call && !this.#desk.call.outcome) return 'back';
    if (Dialer.support().problems.some(({ code }) => code === 'support/no-webrtc')) return 'nocall';
    return this.#hours.open ? 'idle' : 'closed';
  }

  #readSettings(): Settings {
    const { element } = this.#host;
    return readSettings(element, (name, possible) => {
      this.#warn(name, element.getAttribute(name) ?? '', possible);
    });
  }

  /** Tells the developer of a wrong attribute, once for each value. */
  #warn(name: string, value: string, possible: readonly string[]): void {
    const wrong = `${name}=${value}`;
    if (this.#warned.has(wrong)) return;
    this.#warned.add(wrong);
    const error = new DialerError('config/invalid-option', {
      detail: `The attribute ${name} takes: ${possible.filter(Boolean).join(', ')}.`,
    });
    console.warn(error.message);
    tell(this.#host.element, 'error', { error });
  }
}
