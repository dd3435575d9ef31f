import type { Contract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/contract/derive.ts';
import type { HostContext } from '../host-context.ts';
import { appsHandlers } from './apps.ts';
import { casesHandlers } from './cases.ts';
import { custodyHandlers } from './custody.ts';
import { databasesHandlers } from './databases.ts';
import { destinationsHandlers } from './destinations.ts';
import { eventsHandlers } from './events.ts';
import { evidenceHandlers } from './evidence.ts';
import { explainHandlers } from './explain.ts';
import { findingsHandlers } from './findings.ts';
import { phonesHandlers } from './phones.ts';
import { programHandlers } from './program.ts';
import { reportHandlers } from './report.ts';
import { searchHandlers } from './search.ts';
import { summaryHandlers } from './summary.ts';
import { tasksHandlers } from './tasks.ts';
import { timelineHandlers } from './timeline.ts';

/** All handlers of the contract, a file a group. */
export function allHandlers(context: HostContext): Handlers<Contract> {
  return {
    program: programHandlers(context),
    cases: casesHandlers(context),
    phones: phonesHandlers(context),
    tasks: tasksHandlers(context),
    evidence: evidenceHandlers(context),
    custody: custodyHandlers(context),
    timeline: timelineHandlers(context),
    events: eventsHandlers(context),
    summary: summaryHandlers(context),
    apps: appsHandlers(context),
    destinations: destinationsHandlers(context),
    explain: explainHandlers(context),
    search: searchHandlers(context),
    databases: databasesHandlers(context),
    findings: findingsHandlers(context),
    report: reportHandlers(context),
  };
}
