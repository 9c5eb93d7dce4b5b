import type { WaitOptions } from '../../core/subscribable.js';
import { sleep } from '../../core/wait.js';
import { asDialerError } from '../../errors/as-dialer-error.js';
import { DialerError } from '../../errors/dialer-error.js';
import { completeCapabilities } from '../../failover/capabilities.js';
import { Placement } from '../../failover/controller.js';
import { createFailover } from '../../failover/policy.js';
import type { Route } from '../../failover/route.js';
import type { RouteList } from '../../failover/route-list.js';
import { StandIn } from '../../media/stand-in.js';
import type { AnswerEvidence, LegEvent, LegRequest, Provider } from '../../providers/provider.js';
import type { MediaStep } from '../../quality/media-watch.js';
import type { QualitySummary, SecurityReport, SoundLevels } from '../../quality/quality.js';
import type { SendDigitsOptions } from '../call.js';
import type { CallShell, Verdict } from '../call-shell.js';
import { beforeSending } from '../verdicts.js';
import { CallActions } from './call-actions.js';
import { CallMedia } from './call-media.js';
import { measureMarks } from './measure-marks.js';
import { applyGrant, askToOpen, type GrantedCall } from './open-at-server.js';
import { judge } from './outcome.js';

/** From sent to the notice that it takes long, milliseconds: about as long as people wait before they wonder. */
const SLOW_MS = 6_000;
/** Pause before another track is offered again to a leg that could not take it yet, milliseconds. */
const REPLACE_MS = 200;

/**
 * Carries one call from its first attempt to its end: it turns what legs report into the states, flags and events of
 * the {@link CallShell}.
 */
export class CallRun {
  readonly #shell: CallShell;
  readonly #list: RouteList;
  readonly #media: CallMedia;
  readonly #actions: CallActions;
  /** `undefined` until the application's server, if there is one, has opened the call. */
  #placement: Placement | undefined;
  #maxDurationMs: number | undefined;
  #attempt = 0;
  #flowing = false;
  #wasActive = false;
  #interruptedAt = 0;
  #stopMediaTimer: () => void = () => undefined;
  #stopSlowTimer: () => void = () => undefined;
  #stopLimit: () => void = () => undefined;
  /** The server allowed no longer conversation. */
  #timeIsUp = false;

  constructor(shell: CallShell, list: RouteList) {
    this.#shell = shell;
    this.#list = list;
    const { host, over, timeline, call } = shell;
    const { clock } = host.environment;
    measureMarks(timeline, call.id, host.environment);
    this.#media = new CallMedia(shell, (step) => this.#onMediaStep(step));
    this.#actions = new CallActions({
      clock,
      over,
      leg: () => (shell.call.answeredAtMs === undefined ? undefined : this.#placement?.leg),
      capabilities: () => shell.call.capabilities,
      onDigit: (digit, toneMs) => this.#media.sound.playDigit(digit, toneMs),
    });
  }

  /** What the far side sends; `undefined` until it does. */
  get remoteStream(): MediaStream | undefined {
    return this.#media.sound.remoteStream;
  }

  /** Quality over the whole call; `undefined` when no sound ever flowed. */
  get qualitySummary(): QualitySummary | undefined {
    return this.#media.summary;
  }

  /** The vendor's object of the current leg. */
  get native(): unknown {
    return this.#placement?.leg?.native;
  }

  /** Places the call over the first of these that works; the shell is told how it ended. */
  start(providers: readonly Provider[]): void {
    const { end } = this.#shell;
    this.#place(providers).then(
      (verdict) => {
        if (verdict.cause === 'busy') this.#media.sound.playBusy();
        end(this.#timeIsUp ? { ...verdict, by: 'network' } : verdict);
      },
      (thrown: unknown) => end(beforeSending(asDialerError(thrown))),
    );
  }

  /** Ends the call for the person at the page. */
  hangup(): void {
    this.#media.sound.stopRinging();
    this.#endSlow();
    if (this.#placement) this.#placement.hangup();
    else queueMicrotask(() => this.#shell.end(beforeSending()));
  }

  /** After the hang-up: ends the call in this turn, whether that is confirmed or not. */
  leavePage(): void {
    this.#placement?.leavePage();
  }

  /** See `Call.hold`. */
  async hold(held: boolean, options?: WaitOptions): Promise<void> {
    const { call, update, emit } = this.#shell;
    await this.#actions.hold(held, options);
    if (held === call.held || call.outcome) return;
    update({ held });
    emit('hold-changed', { held, by: 'local' });
  }

  /** See `Call.transfer`. */
  async transfer(to: string, options?: WaitOptions): Promise<void> {
    await this.#actions.transfer(to, options);
  }

  /** See `Call.sendDigits`. */
  sendDigits(digits: string, options?: SendDigitsOptions): Promise<void> {
    return this.#actions.sendDigits(digits, options);
  }

  /** Sends this track from now on. A leg that is still being set up takes it as soon as it can. */
  async replaceTrack(track: MediaStreamTrack): Promise<void> {
    const { clock } = this.#shell.host.environment;
    for (;;) {
      const leg = this.#placement?.leg;
      if (!leg) return;
      try {
        await leg.replaceTrack(track);
        return;
      } catch (error) {
        if (this.#shell.call.answeredAtMs !== undefined) throw error;
        await sleep(clock, REPLACE_MS, this.#shell.over);
      }
    }
  }

  /** See `Call.mute`. */
  onMuted(muted: boolean): void {
    this.#media.onMuted(muted);
  }

  /** See `Call.levels`. */
  levels(): SoundLevels {
    return this.#media.levels();
  }

  /** See `Call.security`. */
  security(): Promise<SecurityReport> {
    return this.#media.security();
  }

  /** Stops sound, watching and timers. Idempotent. */
  dispose(): void {
    this.#stopMediaTimer();
    this.#stopSlowTimer();
    this.#stopLimit();
    this.#media.stop();
  }

  async #place(providers: readonly Provider[]): Promise<Verdict> {
    const { host, plan, timeline, microphone, over, call, emit, setProblem } = this.#shell;
    const { clock, network } = host.environment;
    const routes = this.#list.choose(providers);
    // A better one may work again by now, for the next call.
    void this.#list.probe(routes, over);
    const grant = await askToOpen(this.#shell);
    const granted = applyGrant(grant, plan, routes, this.#list);
    this.#maxDurationMs = granted.maxDurationMs;
    const standIn = new StandIn({
      media: host.environment.media,
      clock,
      microphone,
      isSure: () => host.audio.isSure && !host.audioOptions.waitForMicrophone,
      replaceTrack: (track) => this.replaceTrack(track),
      onFailed: (error) => this.#placement?.giveUp(error),
      onProblem: (problem) => setProblem('microphone', problem),
      over,
    });
    this.#placement = new Placement({
      callId: plan.id,
      startedAtMs: timeline.startedAtMs,
      to: granted.to,
      routes: granted.routes,
      clock,
      network,
      list: this.#list,
      policy: host.policy ?? createFailover(),
      endLeg: host.hooks.endLeg,
      logger: host.logger,
      timeouts: { ...host.timeouts, ringMs: plan.ringMs },
      microphone: () => standIn.ready(),
      microphoneAtMs: () => timeline.marks.find(({ name }) => name === 'microphone')?.atMs,
      request: (attempt, route) => this.#legRequest(granted, attempt, route),
      listener: {
        onRoute: (route, attempt) => this.#onRoute(route, attempt),
        onStep: (step, attempt) => timeline.mark(step, attempt),
        onSwitch: (from, to, error) => emit('switched', { from, to, error }),
        onEvent: (event) => this.#onEvent(event),
      },
    });
    if (over.aborted || call.state !== 'preparing') this.#placement.hangup();
    return judge(await this.#placement.run(), call.answeredAtMs !== undefined);
  }

  #legRequest(granted: GrantedCall, attempt: number, route: Route): LegRequest {
    const { host, microphone, call } = this.#shell;
    const { to, from, params } = granted;
    const { id: callId } = call;
    if (from !== undefined && !call.capabilities.callerId) {
      host.logger.warn(`route ${route.id} does not let the browser choose the caller ID`);
    }
    const grant = route.tokens?.current;
    return {
      callId,
      attempt,
      to,
      from,
      params: {
        ...params,
        ...grant?.params,
        'everdial-call-id': callId,
        'everdial-attempt': String(attempt),
      },
      stream: microphone.copy(),
      iceServers: grant?.iceServers ?? host.iceServers,
    };
  }

  #onRoute(route: Route, attempt: number): void {
    this.#attempt = attempt;
    this.#shell.update({
      provider: route.provider.id,
      route: route.id,
      providerCallId: undefined,
      capabilities: completeCapabilities(route.provider.capabilities),
      earlyMedia: false,
    });
  }

  #onEvent(event: Exclude<LegEvent, { type: 'ended' }>): void {
    const { call, timeline, update, emit, move } = this.#shell;
    switch (event.type) {
      case 'sent':
        timeline.mark('sent', this.#attempt);
        // Told again after the ringing, it would lead back from there.
        if (call.state === 'preparing') move('connecting');
        this.#watchProgress();
        break;
      case 'acknowledged':
        timeline.mark('acknowledged', this.#attempt);
        break;
      case 'identified':
        update({ providerCallId: event.providerCallId });
        break;
      case 'progress':
        this.#onProgress(event.ringing, event.earlyMedia);
        break;
      case 'answered':
        this.#onAnswered(event.evidence);
        break;
      case 'peer-connection':
        this.#media.watch(event.connection);
        break;
      case 'media-flowing':
        this.#onMediaStep('first-packet');
        break;
      case 'remote-stream':
        this.#media.sound.play(event.stream);
        break;
      case 'remote-hold':
        update({ heldByRemote: event.held });
        emit('hold-changed', { held: event.held, by: 'remote' });
        break;
      case 'interrupted':
        this.#onInterrupted(event.error);
        break;
      case 'restored':
        this.#onRestored();
        break;
    }
  }

  /** In some countries it takes long until a telephone rings: then the person should know that nothing is broken. */
  #watchProgress(): void {
    const { call, host, setProblem } = this.#shell;
    this.#endSlow();
    this.#stopSlowTimer = host.environment.clock.setTimer(
      () => setProblem('slow', new DialerError('call/slow', { route: call.route })),
      SLOW_MS,
    );
  }

  #endSlow(): void {
    this.#stopSlowTimer();
    this.#shell.setProblem('slow', undefined);
  }

  #onProgress(ringing: boolean, earlyMedia: boolean): void {
    const { call, timeline, update, can, move, emit } = this.#shell;
    this.#endSlow();
    // After the answer it comes too late: no tone of ours may sound in a conversation.
    if (call.state !== 'connecting' && call.state !== 'ringing') return;
    if (earlyMedia) {
      timeline.mark('early-media', this.#attempt);
      if (!call.earlyMedia) update({ earlyMedia });
    }
    if (ringing && can('ringing')) {
      timeline.mark('ringing', this.#attempt);
      move('ringing');
      emit('ringing', { earlyMedia: call.earlyMedia });
    }
    // Told first: the tone takes the browser some milliseconds. Whoever heard of the ringing may have hung up.
    const rings = call.state === 'connecting' || call.state === 'ringing';
    if (rings && (ringing || earlyMedia)) this.#media.sound.ring(call.earlyMedia);
  }

  #onAnswered(evidence: AnswerEvidence): void {
    const { call, host, timeline, can, move, pass, setProblem } = this.#shell;
    if (!can('answered')) return;
    this.#endSlow();
    const { clock } = host.environment;
    this.#media.sound.stopRinging();
    timeline.mark('answered', this.#attempt);
    this.#media.setDue(true);
    move('answered', { answeredAtMs: clock.now(), earlyMedia: false });
    pass('answered', { evidence, setupMs: timeline.elapsedMs });
    this.#stopMediaTimer = clock.setTimer(
      () => setProblem('late', new DialerError('media/not-receiving', { route: call.route })),
      host.timeouts.mediaMs,
    );
    if (this.#maxDurationMs !== undefined) {
      this.#stopLimit = clock.setTimer(() => {
        this.#timeIsUp = true;
        void call.hangup();
      }, this.#maxDurationMs);
    }
    this.#activate();
  }

  #onMediaStep(step: MediaStep): void {
    this.#shell.timeline.mark(step, this.#attempt);
    if (step !== 'first-packet') return;
    this.#flowing = true;
    this.#activate();
  }

  #activate(): void {
    const { call, plan, host, timeline, move, pass, setProblem } = this.#shell;
    if (!this.#flowing || call.state !== 'answered') return;
    this.#stopMediaTimer();
    move('active');
    setProblem('late', undefined);
    this.#wasActive = true;
    pass('active', { afterAnswerMs: timeline.sinceMs('answered') });
    if (plan.digits) {
      this.sendDigits(plan.digits).catch((error: unknown) => {
        host.logger.warn('the digits behind the number were not sent', { error });
      });
    }
  }

  #onInterrupted(error: DialerError): void {
    const { timeline, can, move, emit } = this.#shell;
    if (!can('reconnecting')) return;
    this.#interruptedAt = timeline.elapsedMs;
    this.#media.setDue(false);
    move('reconnecting');
    emit('reconnecting', { error });
  }

  #onRestored(): void {
    const { call, timeline, move, emit } = this.#shell;
    if (call.state !== 'reconnecting') return;
    this.#media.setDue(true);
    move(this.#wasActive ? 'active' : 'answered');
    emit('reconnected', { downMs: timeline.elapsedMs - this.#interruptedAt });
    this.#activate();
  }
}
