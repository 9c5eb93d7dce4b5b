/** The browser's codecs, the named ones first and in this order. None is left out: DTMF and comfort noise are codecs, too. */
export function preferredCodecs(names: readonly string[]): RTCRtpCodec[] {
  const all = RTCRtpReceiver.getCapabilities?.('audio')?.codecs ?? [];
  const rank = ({ mimeType }: RTCRtpCodec) => {
    const at = names.indexOf(mimeType.toLowerCase().replace('audio/', ''));
    return at < 0 ? names.length : at;
  };
  return [...all].sort((one, other) => rank(one) - rank(other));
}
