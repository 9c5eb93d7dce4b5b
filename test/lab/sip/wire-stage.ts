import { afterEach, beforeEach, expect, vi } from 'vitest';
import { AbsentPeer } from '../media/absent-peer.js';
import { PhoneNetwork } from '../network/phone-network.js';
import { type SipGateway, startSipGateway } from './gateway.js';
import { type ClientLogin, WireClient } from './wire-client.js';

/** A gateway in front of a phone network, and clients without any SIP library: new for each test. */
export interface WireStage {
  readonly network: PhoneNetwork;
  readonly gateway: SipGateway;
  /** Media peers that the gateway made, oldest first. */
  readonly peers: readonly AbsentPeer[];
  /** Opens a socket. */
  open(login?: ClientLogin): Promise<WireClient>;
  /** Opens a socket and registers. */
  registered(login?: ClientLogin): Promise<WireClient>;
  /** Registers, dials, waits for the answer and acknowledges it. */
  talking(number: string): Promise<WireClient>;
}

/** Waits until the client has got this, in the words of {@link WireClient.order}. */
export async function got(client: WireClient, what: string): Promise<void> {
  await vi.waitFor(() => expect(client.order).toContain(what), { timeout: 3000, interval: 5 });
}

/** Waits for everything that is under way: a request goes there and back behind it. */
export async function settled(client: WireClient): Promise<void> {
  const before = client.order.filter((what) => what === '200 OPTIONS').length;
  client.send('OPTIONS', {
    headers: [
      ['To', '<sip:lab.example>'],
      ['Call-ID', 'options'],
    ],
  });
  await vi.waitFor(() =>
    expect(client.order.filter((what) => what === '200 OPTIONS').length).toBe(before + 1),
  );
}

/** Registers the hooks of a test file. */
export function useWireStage(): WireStage {
  let network: PhoneNetwork;
  let gateway: SipGateway;
  let peers: AbsentPeer[];
  const clients: WireClient[] = [];

  beforeEach(async () => {
    network = new PhoneNetwork();
    peers = [];
    const media = () => {
      const peer = new AbsentPeer();
      peers.push(peer);
      return peer;
    };
    gateway = await startSipGateway({ trunk: network, media });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    network.reset();
    await gateway.close();
  });

  const stage: WireStage = {
    get network() {
      return network;
    },
    get gateway() {
      return gateway;
    },
    get peers() {
      return peers;
    },
    async open(login) {
      const client = new WireClient(gateway.url, login);
      clients.push(client);
      return client.opened();
    },
    async registered(login) {
      const client = await stage.open(login);
      client.register();
      await got(client, '200 REGISTER');
      return client;
    },
    async talking(number) {
      const client = await stage.registered();
      client.invite(number);
      await got(client, '200 INVITE');
      client.inCall('ACK');
      await settled(client);
      return client;
    },
  };
  return stage;
}
