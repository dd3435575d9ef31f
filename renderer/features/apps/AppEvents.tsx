import type { AppView } from '../../../shared/types/app.ts';
import { EventList } from '../events/EventList.tsx';

interface AppEventsProps {
  readonly caseId: string;
  readonly app: AppView;
  readonly revision: number;
  readonly onEvent: (id: string) => void;
}

const empty = {
  all: 'The phone lists this app, and no counter of the history names it within the span that is covered.',
  contact: 'No look at the phone’s connections listed one of this app.',
};

/** The events of one app as the case has them in order. */
export function AppEvents({ caseId, app, revision, onEvent }: AppEventsProps) {
  return (
    <EventList
      caseId={caseId}
      of={app.name}
      filter={{ uid: app.uid }}
      kinds
      revision={revision}
      onEvent={onEvent}
      empty={empty}
    />
  );
}
