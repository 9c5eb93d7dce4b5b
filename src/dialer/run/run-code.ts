export { RouteList } from '../../failover/route-list.js';
export { CallRun } from './call-run.js';
