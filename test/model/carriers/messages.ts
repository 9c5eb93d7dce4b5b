/** What a page sends to a carrier. */
export type Up =
  | { readonly type: 'invite'; readonly callId: string; readonly attempt: number }
  /** A `cancel` ends a leg that was not answered, and does nothing to one that was; a `bye` ends any. */
  | { readonly type: 'cancel' | 'bye'; readonly callId: string; readonly attempt: number }
  /** The page is back after a loss, and names itself. */
  | { readonly type: 'resume' };

/** What a carrier says about one leg. */
export type LegWord =
  | { readonly type: 'acknowledged' | 'ringing' | 'early-media' | 'answered' | 'media' }
  /** The leg is over; the SIP code where it was not answered. */
  | { readonly type: 'final'; readonly code: number | undefined }
  /** To a hang-up: whether the leg was known and is over by it. */
  | { readonly type: 'hangup-result'; readonly done: boolean };

/** What a carrier sends to a page. */
export type Down = LegWord & { readonly callId: string; readonly attempt: number };
