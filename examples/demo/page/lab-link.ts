import type { LabAddresses, LabCommand, LabState } from '../protocol.js';

/** The wire to the lab behind this page. An application has nothing like it. */
export interface LabLink {
  /** Where the simulated carriers are. */
  readonly addresses: LabAddresses;
  /** Asks the lab for something. */
  send(command: LabCommand): void;
}

/** Connects, and calls back with each new state of the lab. */
export async function connectLab(onState: (state: LabState) => void): Promise<LabLink> {
  const response = await fetch('/lab.json');
  const addresses = (await response.json()) as LabAddresses;
  new EventSource('/events').onmessage = ({ data }: MessageEvent<string>) => {
    onState(JSON.parse(data) as LabState);
  };
  return {
    addresses,
    send(command) {
      void fetch('/lab', { method: 'POST', body: JSON.stringify(command) });
    },
  };
}
