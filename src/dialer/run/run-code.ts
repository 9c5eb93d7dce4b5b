export { RouteList } from '../../failover/route-list.js';
export { openMicrophoneAhead } from '../../media/microphone-ahead.js';
export { CallRun } from './call-run.js';
