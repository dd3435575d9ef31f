import type { Artifact } from '../../model/artifact.ts';
import { accounts } from './accounts/index.ts';
import { apk } from './apk/index.ts';
import { appLabels } from './app-labels/index.ts';
import { appOps } from './app-ops/index.ts';
import { bugreportHeader } from './bugreport-header/index.ts';
import { clock } from './clock/index.ts';
import { getprop } from './getprop/index.ts';
import { kernelCounters } from './kernel-counters/index.ts';
import { netstatsBinary } from './netstats-binary/index.ts';
import { netstatsText } from './netstats-text/index.ts';
import { packageCheckin } from './package-checkin/index.ts';
import { packageDump } from './package-dump/index.ts';
import { packageList } from './package-list/index.ts';
import { packetCapture } from './packet-capture/index.ts';
import { procNetSockets } from './proc-net-sockets/index.ts';
import { settings } from './settings/index.ts';
import { syncState } from './sync-state/index.ts';
import { userList } from './user-list/index.ts';

/** Every artifact that this program reads, in the order in which a file that nobody named is shown to them. */
export const artifacts: readonly Artifact[] = [
  packetCapture,
  netstatsBinary,
  netstatsText,
  packageDump,
  packageCheckin,
  packageList,
  userList,
  getprop,
  appLabels,
  settings,
  appOps,
  accounts,
  syncState,
  bugreportHeader,
  clock,
  procNetSockets,
  kernelCounters,
  apk,
];
