import type { CloseCallRequest } from '../access/hooks.js';
import { CALL_TRANSITIONS, type CallState } from '../core/call-state.js';
import { Emitter } from '../core/emitter.js';
import { createStateMachine } from '../core/state-machine.js';
import type { WaitOptions } from '../core/subscribable.js';
import { asDialerError } from '../errors/as-dialer-error.js';
import { DialerError } from '../errors/dialer-error.js';
import { CallMicrophone } from '../media/microphone.js';
import type { Provider } from '../providers/provider.js';
import type { SecurityReport, SoundLevels } from '../quality/quality.js';
import { NO_SECURITY } from '../quality/quality.js';
import type {
  Call,
  CallEvents,
  CallOutcome,
  CallSnapshot,
  SendDigitsOptions,
  TimelineMark,
} from './call.js';
import { CallFields } from './call-fields.js';
import { type CallHost, type CallPlan, initialSnapshot } from './call-plan.js';
import type { CallShell, Verdict } from './call-shell.js';
import type { DialOptions } from './dial-options.js';
import type { LoadedRunCode } from './load-run-code.js';
import { type Milestone, Milestones } from './milestones.js';
import { createProblems } from './problems.js';
import type { CallRun } from './run/call-run.js';
import { Timeline } from './timeline.js';
import { beforeSending } from './verdicts.js';

/**
 * The one implementation of {@link Call}: the object that the application holds, from the click on. What places the
 * call and carries it is fetched meanwhile ({@link CallRun}).
 */
export class LiveCall extends CallFields implements Call {
  readonly #host: CallHost;
  readonly #runCode: () => Promise<LoadedRunCode>;
  readonly #plan: CallPlan;
  readonly #emitter: Emitter<CallEvents>;
  readonly #timeline: Timeline;
  readonly #milestones: Milestones;
  readonly #machine = createStateMachine(CALL_TRANSITIONS, 'preparing', () => undefined);
  readonly #microphone: CallMicrophone;
  readonly #problems = createProblems((problem) => this.#setProblem(problem));
  readonly #over = new AbortController();
  #run: CallRun | undefined;
  #closeAtServer: ((request: Pick<CloseCallRequest, 'pageLeaving'>) => unknown) | undefined;

  /** @param runCode - Gets the code that places calls, and the routes to place them over. */
  constructor(plan: CallPlan, host: CallHost, runCode: () => Promise<LoadedRunCode>) {
    const { clock, media } = host.environment;
    super(initialSnapshot(plan, clock.now()), (error) => host.onListenerError(error, 'subscribe'));
    this.#host = host;
    this.#runCode = runCode;
    this.#plan = plan;
    this.#emitter = new Emitter(host.onListenerError);
    this.#timeline = new Timeline(clock, host.budgets);
    this.#milestones = new Milestones(clock);
    this.#microphone = new CallMicrophone({
      media,
      clock,
      source: host.audio,
      permissionMs: host.timeouts.permissionMs,
      recoverMs: host.audioOptions.recoverMs ?? 0,
      input: plan.input,
      replaceTrack: async (track) => this.#run?.replaceTrack(track),
      onProblem: (problem) => this.#problems.set('microphone', problem),
    });
  }

  get durationMs(): number {
    return this.outcome?.durationMs ?? this.#timeline.sinceMs('answered');
  }
  get timeline(): readonly TimelineMark[] {
    return this.#timeline.marks;
  }
  get remoteStream(): MediaStream | undefined {
    return this.#run?.remoteStream;
  }
  get native(): unknown {
    return this.#run?.native;
  }

  /** See {@link Call}. Bound, like every method here. */
  readonly on: Call['on'] = (type, listener, options) => this.#emitter.on(type, listener, options);

  readonly when = <Name extends Milestone>(name: Name, options?: WaitOptions) =>
    this.#milestones.when(name, options);

  readonly hangup = async (): Promise<CallOutcome> => {
    if (this.#machine.can('ending')) {
      this.#move('ending');
      if (this.#run) this.#run.hangup();
      else queueMicrotask(() => this.#end(beforeSending()));
    }
    return this.#milestones.when('ended');
  };

  readonly mute = (muted = true): void => {
    if (muted === this.muted || this.outcome) return;
    this.#microphone.setMuted(muted);
    this.update({ muted });
    this.#run?.onMuted(muted);
    this.#emit('mute-changed', { muted });
  };

  readonly hold = async (held = true, options?: WaitOptions): Promise<void> =>
    this.#running('hold').hold(held, options);

  readonly transfer = async (to: string, options?: WaitOptions): Promise<void> =>
    this.#running('transfer').transfer(to, options);

  readonly sendDigits = async (digits: string, options?: SendDigitsOptions): Promise<void> =>
    this.#running('digits').sendDigits(digits, options);

  readonly redial = (options?: DialOptions): Call => {
    const { signal: _old, ...before } = this.#plan.options;
    return this.#host.redial(this.#plan.to, { ...before, ...options });
  };

  readonly levels = (): SoundLevels => this.#run?.levels() ?? { input: 0, output: 0 };

  readonly security = async (): Promise<SecurityReport> =>
    (await this.#run?.security()) ?? NO_SECURITY;

  /** Ends the call before anything was sent, with an explanation. */
  refuse(error: DialerError): void {
    this.#end(beforeSending(error));
  }

  /** Starts the call over the first of these that works. The microphone opens in the click's own turn. */
  start(providers: readonly Provider[]): void {
    const { signal } = this.#plan;
    if (signal) this.#cancelWith(signal);
    if (this.state !== 'preparing') return;
    const { closeCall } = this.#host.hooks;
    if (closeCall) this.#closeAtServer = (how) => closeCall({ callId: this.id, ...how });
    // Whoever waits for it hears of its failure; here it only starts early.
    this.#microphone.open().then(
      (stream) => stream && this.#timeline.mark('microphone', 0),
      () => undefined,
    );
    this.#runCode().then(
      ({ CallRun, routes }) => {
        if (this.state !== 'preparing') return;
        this.#run = new CallRun(this.#shell(), routes);
        this.#run.start(providers);
      },
      (thrown: unknown) => this.refuse(asDialerError(thrown, 'internal/unexpected')),
    );
  }

  /** The page goes: nothing that takes longer than this turn will happen any more. */
  leavePage(): void {
    void this.hangup();
    this.#run?.leavePage();
    this.#close(true);
  }

  /** Tells the server that the call is over, once. */
  #close(pageLeaving: boolean): void {
    const close = this.#closeAtServer;
    this.#closeAtServer = undefined;
    if (!close) return;
    const failed = (error: unknown) => this.#host.logger.warn('closeCall failed', { error });
    try {
      Promise.resolve(close({ pageLeaving })).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  #cancelWith(signal: AbortSignal): void {
    const cancel = () => {
      if (this.answeredAtMs === undefined) void this.hangup();
    };
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { signal: this.#over.signal });
  }

  #running(what: string): CallRun {
    if (!this.#run || this.outcome) throw new DialerError('call/not-ready', { detail: what });
    return this.#run;
  }

  #shell(): CallShell {
    return {
      call: this,
      plan: this.#plan,
      host: this.#host,
      timeline: this.#timeline,
      microphone: this.#microphone,
      over: this.#over.signal,
      can: (state) => this.#machine.can(state),
      move: (state, values) => this.#move(state, values),
      update: (values) => this.update(values),
      setProblem: (slot, problem) => this.#problems.set(slot, problem),
      emit: (type, event) => this.#emit(type, event),
      pass: (name, event) => this.#pass(name, event),
      end: (verdict) => this.#end(verdict),
    };
  }

  #end(verdict: Verdict): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.#run?.dispose();
    // Counted only now: every leg has been released, so whatever is live after this is a leak.
    const media = this.#microphone.release();
    this.#timeline.mark('ended', 0);
    const outcome: CallOutcome = Object.freeze({
      ...verdict,
      durationMs: this.durationMs,
      qualitySummary: this.#run?.qualitySummary,
      media,
      timeline: this.#timeline.marks,
    });
    this.#move('ended', { outcome, problem: undefined, earlyMedia: false });
    this.#pass('ended', outcome);
    this.#emitter.clear();
    this.#close(false);
  }

  #setProblem(problem: DialerError | undefined): void {
    if (this.outcome) return;
    this.update({ problem });
    this.#emit('problem-changed', { problem });
  }

  /** The state first, then `state-changed`; the specific event is the caller's. */
  #move(state: CallState, values: Partial<CallSnapshot> = {}): void {
    const previous = this.#machine.state;
    if (!this.#machine.move(state)) return;
    this.update({ ...values, state });
    this.#emit('state-changed', { state, previous });
  }

  #pass<Name extends Milestone>(name: Name, event: Omit<CallEvents[Name], 'call'>): void {
    this.#milestones.pass(name, this.#emit(name, event));
  }

  #emit<Type extends keyof CallEvents>(
    type: Type,
    event: Omit<CallEvents[Type], 'call'>,
  ): CallEvents[Type] {
    const payload = Object.freeze({ ...event, call: this }) as unknown as CallEvents[Type];
    this.#emitter.emit(type, payload);
    return payload;
  }
}
