import type { AddVerb } from '../verb.ts';
import { acquire } from './acquire.ts';
import { apps } from './apps.ts';
import { connect, pair } from './connect.ts';
import { custody } from './custody.ts';
import { databases } from './databases.ts';
import { devices } from './devices.ts';
import { events } from './events.ts';
import { explain } from './explain.ts';
import { exportVerb } from './export.ts';
import { findings } from './findings.ts';
import { hosts } from './hosts.ts';
import { importVerb } from './import.ts';
import { key } from './key.ts';
import { look } from './look.ts';
import { compare } from './not-yet.ts';
import { packets } from './packets.ts';
import { practice } from './practice.ts';
import { rebuild } from './rebuild.ts';
import { report } from './report.ts';
import { seal, unseal } from './seal.ts';
import { search } from './search.ts';
import { serve } from './serve.ts';
import { sign } from './sign.ts';
import { stamp } from './stamp.ts';
import { summary } from './summary.ts';
import { timeline } from './timeline.ts';
import { verify } from './verify.ts';
import { warnings } from './warnings.ts';

/** Every verb, in the order of the help. */
export const verbs: readonly AddVerb[] = [
  devices,
  pair,
  connect,
  look,
  acquire,
  importVerb,
  summary,
  events,
  packets,
  timeline,
  apps,
  hosts,
  search,
  explain,
  databases,
  warnings,
  findings,
  compare,
  report,
  exportVerb,
  custody,
  verify,
  rebuild,
  key,
  sign,
  stamp,
  seal,
  unseal,
  practice,
  serve,
];
