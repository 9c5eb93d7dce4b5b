/** Only Chromium has this interface; elsewhere the refusal comes from the feature itself. */
interface PolicyDocument {
  readonly featurePolicy?: { allowsFeature(name: string): boolean };
}

/** Whether this page, or the frame it is in, may use a feature of the browser at all (Permissions Policy). */
export function allowedByPolicy(
  feature: 'microphone' | 'speaker-selection' | 'screen-wake-lock',
): boolean {
  const { featurePolicy } = document as PolicyDocument;
  return featurePolicy?.allowsFeature(feature) ?? true;
}
