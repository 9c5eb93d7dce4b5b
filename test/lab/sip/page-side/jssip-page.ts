/** A page with JsSIP as it is, driven from Node: it registers, calls and writes down what the library says. */
import { UA, WebSocketInterface } from 'jssip';

/** What the page offers to the test. */
export interface JssipPage {
  /** Connects, and registers unless told otherwise. */
  connect(url: string, options: Readonly<Record<string, unknown>>): void;
  /** Calls. */
  dial(to: string, options: Readonly<Record<string, unknown>>): void;
  /** Calls a method of the newest call; what is thrown comes back as text. */
  call(method: string, ...args: unknown[]): unknown;
  /** Calls a method of the user agent. */
  agent(method: string, ...args: unknown[]): void;
  /** What the library said, in order: `registered`, `progress 180`, `failed remote Busy 486`. */
  readonly log: string[];
  /** Whether its socket is open, as the browser sees it. */
  socketState(): number;
}

declare global {
  /** The page's controls. */
  var jssipPage: JssipPage;
}

/** Events of the library, as far as the page looks into them. */
interface AgentEvent {
  readonly originator?: string;
  readonly cause?: string;
  readonly session?: Call;
  readonly response?: { readonly status_code?: number } | null;
  readonly message?: { readonly status_code?: number } | null;
}

interface Call {
  on(event: string, listener: (event: AgentEvent) => void): unknown;
  readonly [name: string]: unknown;
}

const SOUND = { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } };

let agent: InstanceType<typeof UA>;
let call: Call;
let socket: WebSocket | undefined;
const log: string[] = [];

const note = (...words: readonly unknown[]): void => {
  log.push(words.filter((word) => word !== undefined && word !== '').join(' '));
};

globalThis.jssipPage = {
  log,
  connect(url, options) {
    const transport = new WebSocketInterface(url);
    agent = new UA({
      sockets: [transport],
      uri: 'sip:alice@lab.example',
      password: 'secret-alice',
      connection_recovery_min_interval: 1,
      ...options,
    });
    const on = agent.on.bind(agent) as unknown as Call['on'];
    on('connected', () => {
      socket = (transport as unknown as { _ws: WebSocket })._ws;
      note('connected');
    });
    for (const name of ['disconnected', 'registered', 'unregistered']) on(name, () => note(name));
    on('registrationFailed', ({ cause, response }) => {
      note('registrationFailed', cause, response?.status_code);
    });
    on('newRTCSession', ({ session, originator }) => {
      if (session === undefined) return;
      if (originator === 'remote') note('incoming');
      call = session;
      for (const name of ['sending', 'confirmed', 'hold', 'unhold', 'newInfo']) {
        call.on(name, () => note(name));
      }
      for (const name of ['progress', 'accepted']) {
        call.on(name, ({ response }) => note(name, response?.status_code));
      }
      for (const name of ['failed', 'ended']) {
        call.on(name, (event) => {
          note(name, event.originator, event.cause, event.message?.status_code);
        });
      }
    });
    agent.start();
  },
  dial(to, options) {
    agent.call(to, { ...SOUND, extraHeaders: ['X-everdial-call-id: call-1'], ...options });
  },
  call(method, ...args) {
    const action = call[method] as (...parameters: unknown[]) => unknown;
    const result = action.apply(call, args.length > 0 ? args : [SOUND]);
    return typeof result === 'boolean' ? result : undefined;
  },
  agent(method, ...args) {
    const action = (agent as unknown as Record<string, (...given: unknown[]) => unknown>)[method];
    action?.apply(agent, args);
  },
  socketState: () => socket?.readyState ?? -1,
};
