import {
  BUTTONS,
  EXPERIMENTS,
  type Experiment,
  type ExperimentId,
  experiment,
} from '../experiments.js';
import type { LabState } from '../protocol.js';
import type { DialerSlot } from './dialer-slot.js';
import { byId, carrierName, make, setText } from './dom.js';
import type { LabLink } from './lab-link.js';
import { type AttemptWords, type Verdict, verdictOf } from './verdict.js';
import type { VisitorPage } from './visitor.js';

/** How long a conversation lasts before its line is cut, milliseconds. */
const TALK_MS = 2_000;

const INTRO =
  'Telnyx is the first choice, Twilio stands by. Each button breaks Telnyx in one way, then calls.';

/** The buttons that break the first carrier, and what the rules made of it. */
export class BreakIt {
  readonly #lab: LabLink;
  readonly #slot: DialerSlot;
  readonly #visitor: VisitorPage;
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #next = byId<HTMLButtonElement>('experiment-next');
  /** The experiment whose fault is there, or will be. */
  #current: Experiment | undefined;
  /** One that is pointed at. */
  #preview: Experiment | undefined;
  #records: LabState['records'] = [];
  #drawn = '';

  constructor(lab: LabLink, slot: DialerSlot, visitor: VisitorPage) {
    this.#lab = lab;
    this.#slot = slot;
    this.#visitor = visitor;
    this.#buttons = EXPERIMENTS.slice(0, BUTTONS).map((one) => this.#button(one));
    byId('experiments').append(...this.#buttons);
    this.#next.addEventListener('click', () => {
      const next = this.#current?.next;
      if (next) void this.#run(experiment(next.id));
    });
    byId('heal').addEventListener('click', () => void this.#heal());
    this.draw();
  }

  /** Takes in what the phone has gone through. */
  drawLab({ records }: LabState): void {
    this.#records = records;
    this.draw();
  }

  /** Draws the call as far as it has come. */
  draw(): void {
    for (const button of this.#buttons) {
      const one = experiment(button.value as ExperimentId);
      const pressed = this.#current && [one.id, one.next?.id].includes(this.#current.id);
      button.ariaPressed = String(pressed === true);
      button.ariaDisabled = String(!this.#mayRun(one));
    }
    const { log } = this.#visitor;
    const next = log?.call.outcome && this.#current?.next;
    this.#next.hidden = !next;
    if (next) setText(this.#next, next.label);
    const carriers = this.#slot.dialer.routes.map(({ provider }) => provider);
    const rings = log && this.#records.find(({ callId }) => callId === log.call.id)?.ringsOfPress;
    const verdict = log && verdictOf(log, rings ?? 0, carriers);
    const fault = this.#preview?.what ?? this.#current?.what ?? INTRO;
    const shown = JSON.stringify([verdict, rings, fault]);
    if (shown === this.#drawn) return;
    this.#drawn = shown;
    setText(byId('fault'), fault);
    setText(byId('verdict'), verdict?.headline ?? '');
    setText(byId('reason'), verdict?.reason ?? '');
    byId('attempts').replaceChildren(
      ...(verdict?.attempts ?? []).map(drawAttempt),
      ...drawEnd(verdict?.end),
    );
    byId('rings').hidden = !log;
    byId('rings').dataset['rings'] = String(rings ?? 0);
    setText(byId('ring-count'), String(rings ?? 0));
    setText(byId('ring-text'), rings === 1 ? 'ring' : 'rings');
  }

  #button(one: Experiment): HTMLButtonElement {
    const button = make(
      'button',
      { type: 'button', className: 'experiment', value: one.id },
      make('strong', {}, one.name),
      make('span', {}, one.fault),
    );
    const preview = (shown: Experiment | undefined) => () => {
      this.#preview = shown;
      this.draw();
    };
    button.addEventListener('pointerenter', preview(one));
    button.addEventListener('focus', preview(one));
    button.addEventListener('pointerleave', preview(undefined));
    button.addEventListener('blur', preview(undefined));
    button.addEventListener('click', () => void this.#run(one));
    return button;
  }

  /** Between calls; what cuts a conversation also in one that is there. */
  #mayRun({ whileTalking }: Experiment): boolean {
    return !this.#visitor.live || (whileTalking === true && this.#visitor.call?.state === 'active');
  }

  /** Each one begins with a lab that works and a Dialer that knows of no failure. */
  async #run(one: Experiment): Promise<void> {
    if (!this.#mayRun(one)) return;
    this.#current = one;
    this.#preview = undefined;
    if (this.#visitor.live) {
      await this.#break(one.id);
      return;
    }
    await this.#lab.send({ do: 'heal', endCalls: true });
    this.#slot.renew();
    if (!one.whileTalking) await this.#break(one.id);
    this.#visitor.dial(this.#lab.addresses.number);
    const { call } = this.#visitor;
    if (!one.whileTalking || !call) return;
    await call.when('active').then(
      () => setTimeout(() => void this.#break(one.id), TALK_MS),
      () => undefined,
    );
  }

  #break(id: ExperimentId): Promise<void> {
    return this.#lab.send({ do: 'break', experiment: id });
  }

  /** A call that lives is left alone, so that it can find its line mended. */
  async #heal(): Promise<void> {
    const { live } = this.#visitor;
    await this.#lab.send({ do: 'heal', endCalls: !live });
    this.#current = undefined;
    if (!live) this.#slot.renew();
    this.draw();
  }
}

function drawAttempt({ carrier, text, code, failed }: AttemptWords): HTMLLIElement {
  const item = make('li', {}, make('b', {}, carrierName(carrier)), ` ${text}`);
  if (code !== '') item.append(' ', make('code', {}, code));
  item.classList.toggle('bad', failed);
  return item;
}

function drawEnd(end: Verdict['end']): readonly HTMLLIElement[] {
  if (end === undefined) return [];
  const [cause, advice] = [end.cause, end.redialAdvice].map((word) => make('code', {}, word));
  return [make('li', {}, 'ends as ', cause ?? '', ', redial ', advice ?? '')];
}
