import { CALL_TRANSITIONS, type CallState } from '../core/call-state.js';
import { Emitter } from '../core/emitter.js';
import { createStateMachine } from '../core/state-machine.js';
import type { WaitOptions } from '../core/subscribable.js';
import { DialerError } from '../errors/dialer-error.js';
import { completeCapabilities } from '../failover/capabilities.js';
import { Placement, type PlacementEnd } from '../failover/controller.js';
import type { Route } from '../failover/route.js';
import { CallMicrophone } from '../media/microphone.js';
import type { LegEvent, LegRequest } from '../providers/provider.js';
import type { MediaStep } from '../quality/media-watch.js';
import type { Call, CallEvents, CallOutcome, SendDigitsOptions, TimelineMark } from './call.js';
import { CallActions } from './call-actions.js';
import { CallFields } from './call-fields.js';
import { type CallHost, type CallPlan, initialSnapshot } from './call-plan.js';
import { CallSound } from './call-sound.js';
import type { DialOptions } from './dialer-options.js';
import { type Milestone, Milestones } from './milestones.js';
import { CANCELLED_AT_ONCE, judge, refused, type Verdict } from './outcome.js';
import { Timeline } from './timeline.js';

/** The one implementation of {@link Call}: it turns what legs report into states, flags and events. */
export class LiveCall extends CallFields implements Call {
  readonly #host: CallHost;
  readonly #plan: CallPlan;
  readonly #emitter: Emitter<CallEvents>;
  readonly #timeline: Timeline;
  readonly #milestones: Milestones;
  readonly #machine;
  readonly #microphone: CallMicrophone;
  readonly #sound: CallSound;
  readonly #actions: CallActions;
  readonly #over = new AbortController();
  #placement: Placement | undefined;
  #attempt = 0;
  #flowing = false;
  #wasActive = false;
  #answeredAt = 0;
  #interruptedAt = 0;
  #stopMediaTimer: () => void = () => undefined;

  constructor(plan: CallPlan, host: CallHost) {
    const { clock, media } = host.environment;
    super(initialSnapshot(plan, clock.now()), (error) => host.onListenerError(error, 'subscribe'));
    this.#host = host;
    this.#plan = plan;
    this.#emitter = new Emitter(host.onListenerError);
    this.#timeline = new Timeline(clock);
    this.#milestones = new Milestones(clock);
    this.#machine = createStateMachine(CALL_TRANSITIONS, 'preparing', () => undefined);
    this.#microphone = new CallMicrophone({
      media,
      clock,
      constraints: host.constraints,
      permissionMs: host.timeouts.permissionMs,
      input: plan.input,
    });
    this.#sound = new CallSound({
      media,
      clock,
      ringback: host.ringback,
      onStep: (step) => this.#onMediaStep(step),
      onBlocked: (error) => this.#setProblem(error),
    });
    this.#actions = new CallActions({
      clock,
      leg: () => (this.answeredAtMs === undefined ? undefined : this.#placement?.leg),
      capabilities: () => this.capabilities,
      over: this.#over.signal,
    });
  }

  get durationMs(): number {
    if (this.outcome) return this.outcome.durationMs;
    return this.answeredAtMs === undefined ? 0 : this.#timeline.elapsedMs - this.#answeredAt;
  }
  get timeline(): readonly TimelineMark[] {
    return this.#timeline.marks;
  }
  get remoteStream(): MediaStream | undefined {
    return this.#sound.remoteStream;
  }
  get native(): unknown {
    return this.#placement?.leg?.native;
  }

  /** See {@link Call}. Bound, like every method here. */
  readonly on: Call['on'] = (type, listener, options) => this.#emitter.on(type, listener, options);

  readonly when = <Name extends Milestone>(name: Name, options?: WaitOptions) =>
    this.#milestones.when(name, options);

  readonly hangup = async (): Promise<CallOutcome> => {
    if (this.state !== 'ended' && this.state !== 'ending') {
      this.#sound.stopRinging();
      this.#move('ending');
      if (this.#placement) this.#placement.hangup();
      else queueMicrotask(() => this.#end(CANCELLED_AT_ONCE));
    }
    return this.#milestones.when('ended');
  };

  readonly mute = (muted = true): void => {
    if (muted === this.muted || this.outcome) return;
    this.#microphone.setMuted(muted);
    this.update({ muted });
    this.#emit('mute-changed', { muted });
  };

  readonly hold = async (held = true, options?: WaitOptions): Promise<void> => {
    await this.#actions.hold(held, options);
    if (held === this.held || this.outcome) return;
    this.update({ held });
    this.#emit('hold-changed', { held, by: 'local' });
  };

  readonly sendDigits = (digits: string, options?: SendDigitsOptions): Promise<void> =>
    this.#actions.sendDigits(digits, options);

  readonly redial = (options?: DialOptions): Call => {
    const { signal: _old, ...plan } = this.#plan.options;
    return this.#host.redial(this.#plan.to, { ...plan, ...options });
  };

  /** Ends the call before it began, with an explanation. */
  refuse(error: DialerError): void {
    this.#end(refused(error));
  }

  /** Starts the call: microphone and signalling side by side. */
  start(routes: readonly Route[]): void {
    if (this.state !== 'preparing') return;
    const { environment, timeouts, routes: list, policy, logger } = this.#host;
    const { number, ringMs, signal } = this.#plan;
    const placement = new Placement({
      callId: this.id,
      to: number,
      routes,
      list,
      policy,
      logger,
      clock: environment.clock,
      network: environment.network,
      timeouts: { ...timeouts, ringMs },
      microphone: () => this.#openMicrophone(),
      request: (attempt, route) => this.#legRequest(attempt, route),
      listener: {
        onRoute: (route, attempt) => this.#onRoute(route, attempt),
        onStep: (step, attempt) => this.#timeline.mark(step, attempt),
        onSwitch: (from, to, error) => this.#emit('switched', { from, to, error }),
        onEvent: (event) => this.#onEvent(event),
      },
    });
    this.#placement = placement;
    if (signal) this.#cancelWith(signal);
    // Asked for at once, in the click's own turn; whoever waits for it hears of a failure.
    this.#openMicrophone().catch(() => undefined);
    void placement.run().then((end) => this.#onPlacementEnd(end));
  }

  #cancelWith(signal: AbortSignal): void {
    const cancel = () => {
      if (this.answeredAtMs === undefined) void this.hangup();
    };
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { signal: this.#over.signal });
  }

  async #openMicrophone(): Promise<void> {
    const stream = await this.#microphone.open();
    if (stream) this.#timeline.mark('microphone', 0);
  }

  #legRequest(attempt: number, route: Route): LegRequest {
    const { id: callId, number: to, from, params } = this.#plan;
    if (from !== undefined && !this.capabilities.callerId) {
      this.#host.logger.warn(`route ${route.id} does not let the browser choose the caller ID`);
    }
    const grant = route.tokens?.current;
    return {
      callId,
      attempt,
      to,
      from,
      params: { ...params, ...grant?.params, 'everdial-call-id': callId },
      stream: this.#microphone.copy(),
      iceServers: grant?.iceServers ?? this.#host.iceServers,
    };
  }

  #onRoute(route: Route, attempt: number): void {
    this.#attempt = attempt;
    this.update({
      provider: route.provider.id,
      route: route.id,
      providerCallId: undefined,
      capabilities: completeCapabilities(route.provider.capabilities),
      earlyMedia: false,
    });
  }

  #onEvent(event: Exclude<LegEvent, { type: 'ended' }>): void {
    switch (event.type) {
      case 'sent':
        this.#timeline.mark('sent', this.#attempt);
        this.#move('connecting');
        break;
      case 'acknowledged':
        this.#timeline.mark('acknowledged', this.#attempt);
        break;
      case 'identified':
        this.update({ providerCallId: event.providerCallId });
        break;
      case 'progress':
        this.#onProgress(event.ringing, event.earlyMedia);
        break;
      case 'answered':
        this.#onAnswered(event.evidence);
        break;
      case 'peer-connection':
        this.#sound.watch(event.connection);
        break;
      case 'media-flowing':
        this.#onMediaStep('first-packet');
        break;
      case 'remote-stream':
        this.#sound.play(event.stream);
        break;
      case 'remote-hold':
        this.update({ heldByRemote: event.held });
        this.#emit('hold-changed', { held: event.held, by: 'remote' });
        break;
      case 'interrupted':
        this.#onInterrupted(event.error);
        break;
      case 'restored':
        this.#onRestored();
        break;
    }
  }

  #onProgress(ringing: boolean, earlyMedia: boolean): void {
    if (earlyMedia) {
      this.#timeline.mark('early-media', this.#attempt);
      if (!this.earlyMedia) this.update({ earlyMedia });
    }
    const rings = ringing && this.#machine.can('ringing');
    if (ringing || earlyMedia) this.#sound.ring(this.earlyMedia);
    if (!rings) return;
    this.#timeline.mark('ringing', this.#attempt);
    this.#move('ringing');
    this.#emit('ringing', { earlyMedia: this.earlyMedia });
  }

  #onAnswered(evidence: CallEvents['answered']['evidence']): void {
    if (!this.#machine.can('answered')) return;
    const { clock } = this.#host.environment;
    this.#sound.stopRinging();
    this.#timeline.mark('answered', this.#attempt);
    this.#answeredAt = this.#timeline.elapsedMs;
    this.#move('answered', { answeredAtMs: clock.now(), earlyMedia: false });
    this.#pass('answered', { evidence, setupMs: this.#answeredAt });
    this.#stopMediaTimer = clock.setTimer(
      () => this.#setProblem(new DialerError('media/not-receiving', { route: this.route })),
      this.#host.timeouts.mediaMs,
    );
    this.#activate();
  }

  #onMediaStep(step: MediaStep): void {
    this.#timeline.mark(step, this.#attempt);
    if (step !== 'first-packet') return;
    this.#flowing = true;
    this.#activate();
  }

  #activate(): void {
    if (!this.#flowing || this.state !== 'answered') return;
    this.#stopMediaTimer();
    this.#move('active');
    if (this.problem?.code === 'media/not-receiving') this.#setProblem(undefined);
    if (this.#wasActive) return;
    this.#wasActive = true;
    this.#pass('active', { afterAnswerMs: this.#timeline.elapsedMs - this.#answeredAt });
    if (this.#plan.digits) {
      this.sendDigits(this.#plan.digits).catch((error: unknown) => {
        this.#host.logger.warn('the digits behind the number were not sent', { error });
      });
    }
  }

  #onInterrupted(error: DialerError): void {
    if (!this.#machine.can('reconnecting')) return;
    this.#interruptedAt = this.#timeline.elapsedMs;
    this.#move('reconnecting');
    this.#emit('reconnecting', { error });
  }

  #onRestored(): void {
    if (this.state !== 'reconnecting') return;
    this.#move(this.#flowing ? 'active' : 'answered');
    this.#emit('reconnected', { downMs: this.#timeline.elapsedMs - this.#interruptedAt });
  }

  #onPlacementEnd(end: PlacementEnd): void {
    this.#end(judge(end));
  }

  #end(verdict: Verdict): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.#stopMediaTimer();
    this.#sound.stop();
    // Counted only now: every leg has been released, so whatever is live after this is a leak.
    const media = this.#microphone.release();
    this.#timeline.mark('ended', 0);
    const outcome: CallOutcome = Object.freeze({
      ...verdict,
      durationMs: this.answeredAtMs === undefined ? 0 : this.#timeline.elapsedMs - this.#answeredAt,
      media,
      timeline: this.#timeline.marks,
    });
    this.#move('ended', { outcome, problem: undefined, earlyMedia: false });
    this.#pass('ended', outcome);
    this.#emitter.clear();
  }

  #setProblem(problem: DialerError | undefined): void {
    if (problem === this.problem || this.outcome) return;
    this.update({ problem });
    this.#emit('problem-changed', { problem });
  }

  /** State first, then `state-changed`; the specific event is the caller's. */
  #move(state: CallState, values: Parameters<LiveCall['update']>[0] = {}): void {
    const previous = this.#machine.state;
    if (!this.#machine.move(state)) return;
    this.update({ ...values, state });
    this.#emit('state-changed', { state, previous });
  }

  #pass<Name extends Milestone>(name: Name, event: Omit<CallEvents[Name], 'call'>): void {
    const payload = { ...event, call: this } as unknown as CallEvents[Name];
    this.#milestones.pass(name, payload);
    this.#emitter.emit(name, payload);
  }

  #emit<Type extends keyof CallEvents>(type: Type, event: Omit<CallEvents[Type], 'call'>): void {
    this.#emitter.emit(
      type,
      Object.freeze({ ...event, call: this }) as unknown as CallEvents[Type],
    );
  }
}
