import { BriefcaseBusiness } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PlaceName } from '../../state/address.ts';
import { go, goToCase } from '../../state/address-store.ts';
import { askCaseAgain, useCase } from '../../state/case.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';

const filledBy: Readonly<Record<PlaceName, string>> = {
  cases: '',
  phone: '',
  timeline: 'The timeline shows what a phone sent and received, hour by hour. It is filled by the case that is open.',
  destinations:
    'This place shows whom a phone was in contact with: where, whose, and under which state’s law. It is filled by the case that is open.',
  apps: 'This table shows every app with the bytes that the phone counted for it. It is filled by the case that is open.',
  findings: 'Findings are proposed from what a case holds, each with its reasons and its limits.',
  evidence: 'Every file of a case stands here with its hash, as it was received.',
  report: 'The report is written from the case that is open.',
};

/** A place inside a case: says what to do when none is open, or when the one in the address cannot be had. */
export function NeedsCase({ place, children }: { place: PlaceName; children: (caseId: string) => ReactNode }) {
  const id = useCase((state) => state.id);
  const failure = useCase((state) => state.failure);
  if (failure !== null) {
    return (
      <div className="place-words">
        <FailureBox failure={failure} onAgain={askCaseAgain}>
          <p>The case on disk is not touched by this. It can be opened again from Cases.</p>
        </FailureBox>
        <p className="place-act">
          <Button onPress={() => goToCase(null, 'cases')}>Go to Cases</Button>
        </p>
      </div>
    );
  }
  if (id === null) {
    return (
      <EmptyPlace
        icon={<BriefcaseBusiness className="icon" />}
        title="No case is open"
        act={
          <Button look="primary" onPress={() => go('cases')}>
            Go to Cases
          </Button>
        }
      >
        {filledBy[place]}
      </EmptyPlace>
    );
  }
  return children(id);
}
