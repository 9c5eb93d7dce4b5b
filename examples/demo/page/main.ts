import type { Call, Dialer } from 'everdial';
import { CarriersView } from './carriers.js';
import { makeDialer } from './dialer.js';
import { byId } from './dom.js';
import { connectLab } from './lab-link.js';
import { PhoneView } from './phone.js';
import { drawRecords } from './records.js';
import { TimelineView } from './timeline.js';
import { VisitorPage } from './visitor.js';

declare global {
  /** For the console of whoever looks around, and for the headless run. */
  var everdialDemo: { readonly dialer: Dialer; readonly call: Call | undefined };
}

/** How often clocks and running bars are drawn, milliseconds. */
const TICK_MS = 100;

const lab = await connectLab();
const dialer = makeDialer(lab.addresses);
const timeline = new TimelineView();
const carriers = new CarriersView(dialer, lab);
const phone = new PhoneView(lab);
const visitor = new VisitorPage(dialer, lab.addresses.number, (call) => {
  timeline.draw(call);
  carriers.draw(call);
});
lab.watch((state) => {
  phone.draw(state);
  carriers.drawSwitches(state);
  drawRecords(state);
});
carriers.draw(undefined);
dialer.subscribe(() => carriers.draw(visitor.call));
setInterval(() => {
  visitor.tick();
  phone.tick();
}, TICK_MS);
window.addEventListener('pagehide', () => void dialer.close());
globalThis.everdialDemo = {
  dialer,
  get call() {
    return visitor.call;
  },
};
byId('panel').dataset['ready'] = 'true';
