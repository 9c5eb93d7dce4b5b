import type { PhoneEventType } from '../../../test/lab/network/history.js';
import type { Phone } from '../../../test/lab/network/phone.js';
import type { Lab } from '../../../test/lab/start-lab.js';
import type { ExperimentId } from '../experiments.js';
import type { CarrierHealth, LabCommand, LabState, PhoneSound } from '../protocol.js';
import { liveCall, viewCall, viewRecords } from './phone-view.js';
import { KEY_MS, keySound, playSource } from './sounds.js';

/** A call that lost its browser is ended after this, milliseconds. */
const ORPHAN_MS = 15_000;

/** How long a fault that strikes in the middle of a call waits for that call, milliseconds. */
const WAIT_MS = 10_000;

/** Nobody takes the call until the visitor of the demo does. */
const RINGS = { answerAfterMs: undefined } as const;

/** The desk at which a visitor of the demo plays the callee and breaks carriers. */
export class LabDesk {
  readonly #lab: Lab;
  readonly #phone: Phone;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #sound: PhoneSound = 'melody';
  #carriers: LabState['carriers'] = { telnyx: 'works', twilio: 'works' };

  /** @param number - of the phone on the page */
  constructor(lab: Lab, number: string) {
    this.#lab = lab;
    this.#phone = lab.network.phone(number);
    this.#putBack();
  }

  /** What the page draws. */
  get state(): LabState {
    const { network } = this.#lab;
    const call = liveCall(network);
    return {
      call: call && viewCall(call, network.events),
      sound: this.#sound,
      records: viewRecords(network.events),
      carriers: this.#carriers,
    };
  }

  /** Does what the page asks. What makes no sense now, such as answering an idle phone, does nothing. */
  async obey(command: LabCommand): Promise<void> {
    const call = liveCall(this.#lab.network);
    switch (command.do) {
      case 'answer':
        call?.answer();
        this.#play();
        break;
      case 'decline':
        call?.refuse(603);
        break;
      case 'hang-up':
        call?.hangUpByCallee();
        break;
      case 'press':
        if (call?.state === 'answered') {
          call.call.media.play(keySound(command.digit));
          this.#later(KEY_MS, () => this.#play());
        }
        break;
      case 'play':
        this.#sound = command.sound;
        this.#play();
        break;
      case 'set-carrier':
        this.#setHealth(command.carrier, command.health);
        break;
      case 'break':
        this.#break(command.experiment);
        break;
      case 'heal':
        if (command.endCalls) this.#endCalls();
        this.#putBack();
        break;
    }
    await Promise.all([this.#lab.telnyx.settled(), this.#lab.twilio.settled()]);
  }

  /** Stops its timers. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #break(experiment: ExperimentId): void {
    const { telnyx } = this.#lab;
    switch (experiment) {
      case 'refused':
        this.#setHealth('telnyx', 'down');
        break;
      case 'black-hole':
        this.#setHealth('telnyx', 'silent');
        break;
      case 'busy':
        this.#phone.behaviour = { via: 'telnyx', rings: false, refuse: 486 };
        break;
      case 'no-capacity':
        this.#phone.behaviour = { via: 'telnyx', rings: false, refuse: 503 };
        this.#after('refused', () => {
          this.#phone.behaviour = RINGS;
        });
        break;
      case 'lost':
        telnyx.faults.invite = 'stall';
        break;
      case 'lost-unproven':
        this.#after('arrived', () => this.#setHealth('telnyx', 'down'));
        break;
      case 'cut':
        telnyx.dropSockets();
        break;
      case 'cut-for-good':
        this.#setHealth('telnyx', 'down');
        break;
    }
  }

  /** A carrier that fails takes its open connections with it, as it would in life. */
  #setHealth(carrier: keyof LabState['carriers'], health: CarrierHealth): void {
    const { faults } = this.#lab[carrier];
    this.#carriers = { ...this.#carriers, [carrier]: health };
    faults.tcp = health === 'down' ? 'refuse' : 'ok';
    faults.upgrade = health === 'silent' ? 'hold' : 'ok';
    if (health !== 'works') this.#lab[carrier].dropSockets();
  }

  #putBack(): void {
    const { telnyx, twilio } = this.#lab;
    this.#carriers = { telnyx: 'works', twilio: 'works' };
    this.#phone.behaviour = RINGS;
    for (const gateway of [telnyx, twilio]) {
      gateway.resetFaults();
      // A carrier does not let a call run for ever whose browser is gone.
      gateway.settings.orphanTimeoutMs = ORPHAN_MS;
    }
  }

  #endCalls(): void {
    for (const call of this.#phone.calls) {
      if (call.state === 'answered') call.hangUpByCallee();
      else call.endByCarrier();
    }
  }

  /** Acts on the next event of this type at the phone, unless everything is put back before. */
  #after(type: PhoneEventType, action: () => void): void {
    const seen = this.#phone.history.filter((event) => event.type === type).length;
    const { behaviour } = this.#phone;
    this.#phone
      .waitFor(type, { nth: seen + 1, timeoutMs: WAIT_MS })
      .then(() => {
        if (this.#phone.behaviour === behaviour) action();
      })
      .catch(() => undefined);
  }

  #play(): void {
    const call = liveCall(this.#lab.network);
    if (call?.state === 'answered') call.call.media.play(playSource(this.#sound));
  }

  #later(delayMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs);
    this.#timers.add(timer);
  }
}
