import type { Call, Dialer } from 'everdial';
import { BreakIt } from './break-it.js';
import { CarriersView } from './carriers.js';
import { DevicesView } from './devices.js';
import { makeDialer } from './dialer.js';
import { DialerSlot } from './dialer-slot.js';
import { byId } from './dom.js';
import { connectLab } from './lab-link.js';
import { PhoneView } from './phone.js';
import { allowPlainWebSocket } from './plain-web-socket.js';
import { PreflightView } from './preflight.js';
import { QualityView } from './quality.js';
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
allowPlainWebSocket(lab.addresses.twilio);
const devices = new DevicesView();
const slot = new DialerSlot(() => {
  const dialer = makeDialer(lab.addresses);
  devices.follow(dialer);
  return dialer;
}, drawRoutes);
const quality = new QualityView(() => slot.dialer);
new PreflightView(() => slot.dialer);
const timeline = new TimelineView();
const carriers = new CarriersView(slot, lab);
const phone = new PhoneView(lab);
const visitor = new VisitorPage(slot, lab.addresses.number, () => {
  if (visitor.log) timeline.draw(visitor.log);
  carriers.draw(visitor.log);
  quality.draw(visitor.call);
  breakIt.draw();
});
const breakIt = new BreakIt(lab, slot, visitor);
lab.watch((state) => {
  phone.draw(state);
  carriers.drawSwitches(state);
  drawRecords(state);
  breakIt.drawLab(state);
});
drawRoutes();
setInterval(() => {
  visitor.tick();
  phone.tick();
  quality.tick();
  devices.tick(visitor.live);
}, TICK_MS);
globalThis.everdialDemo = {
  get dialer() {
    return slot.dialer;
  },
  get call() {
    return visitor.call;
  },
};
byId('panel').dataset['ready'] = 'true';

function drawRoutes(): void {
  carriers.draw(visitor.log);
}
