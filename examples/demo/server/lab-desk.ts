import type { Lab } from '../../../test/lab/start-lab.js';
import type { Gateway } from '../../../test/lab/types.js';
import type { CarrierHealth, LabCommand, LabState, PhoneSound } from '../protocol.js';
import { liveCall, viewCall, viewRecords } from './phone-view.js';
import { KEY_MS, keySound, playSource } from './sounds.js';

/** A call that lost its browser is ended after this, milliseconds. */
const ORPHAN_MS = 15_000;

/** The desk at which a visitor of the demo plays the callee and breaks carriers. */
export class LabDesk {
  readonly #lab: Lab;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #sound: PhoneSound = 'melody';
  #carriers: LabState['carriers'] = { telnyx: 'works', twilio: 'works' };

  constructor(lab: Lab) {
    this.#lab = lab;
    // A carrier does not let a call run for ever whose browser is gone.
    lab.telnyx.settings.orphanTimeoutMs = ORPHAN_MS;
    lab.twilio.settings.orphanTimeoutMs = ORPHAN_MS;
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
  obey(command: LabCommand): void {
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
        this.#carriers = { ...this.#carriers, [command.carrier]: command.health };
        setHealth(this.#lab[command.carrier], command.health);
        break;
    }
  }

  /** Stops its timers. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
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

/** A carrier that fails takes its open connections with it, as it would in life. */
function setHealth(gateway: Gateway, health: CarrierHealth): void {
  gateway.faults.tcp = health === 'down' ? 'refuse' : 'ok';
  gateway.faults.login = health === 'silent' ? 'silent' : 'ok';
  if (health !== 'works') gateway.dropSockets();
}
