import type { Candidate, ServiceView } from '../../../../shared/types/explanation.ts';
import type { ExplainFacts } from '../../model/explain-facts.ts';

interface Known {
  readonly service: ServiceView;
  readonly on: Candidate['on'];
  readonly unread: readonly string[];
  /** A host of the service was seen. */
  readonly hostSeen: boolean;
}

/** What would decide whether the service explains the subject, the easiest first. */
export function decidesOf({ service, on, unread, hostSeen }: Known, facts: ExplainFacts): string[] {
  const out: string[] = [];
  if (!hostSeen) {
    out.push(
      facts.hosts.length > 0
        ? 'A capture of packets over a longer time: the hosts seen so far are not known to be of this service.'
        : 'A capture of packets while the app is at work: the names that are said when a connection begins tell the host.',
    );
  }
  if (unread.length > 0) {
    out.push(`Asking the phone for ${unread.join(', ')}: a full acquisition does.`);
  }
  if (on === 'not known') {
    out.push(
      'The page of the maker’s settings for this service, photographed; or, with root, the app’s own file of preferences.',
    );
  }
  if (on === 'off') {
    out.push(
      'What was sent since it was switched off: an acquisition some days later shows whether anything of it goes on.',
    );
  } else if (service.switchOff) {
    const basis = service.switchOff.basis === 'published' ? '' : ` (${service.switchOff.basis})`;
    out.push(
      `Switching it off and acquiring again after some days, to see what stops. How${basis}: ${service.switchOff.how}`,
    );
  }
  if ((facts.app?.packages.length ?? 0) > 1) {
    out.push(
      'What the packages that share this uid do apart from each other: the hosts of a capture part them, counters do not.',
    );
  }
  return out;
}

/** What the candidate does not prove, whatever speaks for it. */
export function doesNotProveOf({ service, on, hostSeen }: Known, facts: ExplainFacts): string[] {
  const out = [
    'What was in the bytes: a label of a service is no observation of content.',
    `That ${service.vendor} kept, read or used anything of it.`,
    'Why it was sent, or whether the owner of the phone knew of it.',
  ];
  if (!hostSeen && facts.app) out.push('To whom it was sent: no host of this service was seen with it.');
  if (on !== 'not known') {
    out.push('What was switched on before the phone was asked or after: its state is that of one moment.');
  }
  if (facts.addresses.length > 0) {
    out.push('Where the server stood on that day: a place is that of the date of its database.');
  }
  return out;
}
