/**
 * Telnyx's SDK as a file of its own beside the script-tag build.
 * @packageDocumentation
 */
export { TelnyxRTC } from '@telnyx/webrtc';
