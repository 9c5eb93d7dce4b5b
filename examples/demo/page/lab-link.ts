import type { LabAddresses, LabCommand, LabState } from '../protocol.js';

/** The wire to the lab behind this page. An application has nothing like it. */
export interface LabLink {
  /** Where the simulated carriers are. */
  readonly addresses: LabAddresses;
  /** Asks the lab for something. Resolves when it is so. */
  send(command: LabCommand): Promise<void>;
  /** Calls back with the state of the lab, now and after each change. */
  watch(onState: (state: LabState) => void): void;
}

/** Connects to the lab. */
export async function connectLab(): Promise<LabLink> {
  const response = await fetch('/lab.json');
  const addresses = (await response.json()) as LabAddresses;
  return {
    addresses,
    watch(onState) {
      new EventSource('/events').onmessage = ({ data }: MessageEvent<string>) => {
        onState(JSON.parse(data) as LabState);
      };
    },
    async send(command) {
      await fetch('/lab', { method: 'POST', body: JSON.stringify(command) });
    },
  };
}
