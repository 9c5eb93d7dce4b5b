/**
 * `everdial`: call telephone numbers from a web page.
 *
 * Run-time exports: {@link Dialer}, {@link DialerError}, {@link isDialerError}, {@link createFailover},
 * {@link warmUpOnIntent}. Everything else is a type.
 * @packageDocumentation
 */

export type {
  AccessHooks,
  CallGrant,
  CloseCallRequest,
  EndLegRequest,
  GetToken,
  LegFate,
  OpenCallRequest,
  TokenAnswer,
  TokenGrant,
  TokenReason,
  TokenRequest,
} from './access/hooks.js';
export type { CallState } from './core/call-state.js';
export type {
  CallControls,
  Clock,
  ControlledCall,
  Environment,
  KeyValueStorage,
  LevelMeter,
  Logger,
  LogLevel,
  Measurement,
  MediaEnvironment,
  PageEnvironment,
  PageMoment,
  Tone,
} from './core/environment.js';
export type {
  ListenOptions,
  SnapshotSource,
  Subscribable,
  Unsubscribe,
  WaitOptions,
} from './core/subscribable.js';
export type { Timeouts } from './core/timeouts.js';
export type { BrowserSupport } from './diagnostics/browser-support.js';
export type { LogLine } from './diagnostics/log-memory.js';
export type {
  PreflightCheck,
  PreflightCheckId,
  PreflightOptions,
  PreflightResult,
} from './diagnostics/preflight-check.js';
export type { ReportOptions, SupportReport } from './diagnostics/support-report.js';
export type {
  Call,
  CallAttempt,
  CallDirection,
  CallEvent,
  CallEvents,
  CallOutcome,
  CallSnapshot,
  MediaReceipt,
  RedialAdvice,
  SendDigitsOptions,
  TimelineMark,
  TimelineMarkName,
} from './dialer/call.js';
export type { CallInput, DialOptions } from './dialer/dial-options.js';
export { Dialer } from './dialer/dialer.js';
export type {
  DialerOptions,
  DialerOptionsWithoutGetToken,
  DialerSettings,
  WarmUpOptions,
} from './dialer/dialer-options.js';
export type { DialerEvents, DialerSnapshot, DialerStatus } from './dialer/dialer-state.js';
export type { DialerErrorCode, FailureKind } from './errors/codes.js';
export type { DialerErrorOptions, ProviderCodes } from './errors/dialer-error.js';
export { DialerError, isDialerError } from './errors/dialer-error.js';
export type { HangupCause } from './errors/hangup-cause.js';
export type {
  FailoverAction,
  FailoverContext,
  FailoverDecision,
  FailoverOptions,
  FailoverPolicy,
  LegEvidence,
} from './failover/failover-context.js';
export { createFailover } from './failover/policy.js';
export type { RouteStatus } from './failover/route-status.js';
export { type IntentOptions, warmUpOnIntent } from './intent/warm-up-on-intent.js';
export type {
  AudioDevice,
  AudioOptions,
  AudioProcessor,
  AudioProcessorContext,
  AudioSnapshot,
  DialerAudio,
  MicrophonePermission,
} from './media/audio.js';
export type { AudioChange } from './media/live-audio.js';
export type {
  AnswerEvidence,
  Capabilities,
  ConnectionState,
  LegPhase,
  Provider,
  ProviderId,
  ProviderWithoutToken,
  RouteId,
} from './providers/provider.js';
export type {
  QualityLevel,
  QualityReason,
  QualitySample,
  QualitySummary,
  SecurityReport,
  SoundLevels,
} from './quality/quality.js';
