import { useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { setTitle } from '../../bridge/page.ts';
import { type PlaceName, places } from '../../state/address.ts';
import { setView, useAddress } from '../../state/address-store.ts';
import { useCase } from '../../state/case.ts';
import { AppsPlace } from '../apps/AppsPlace.tsx';
import { CasesPlace } from '../cases/CasesPlace.tsx';
import { NewCaseDialog } from '../cases/NewCaseDialog.tsx';
import { DestinationsPlace } from '../destinations/DestinationsPlace.tsx';
import { EvidencePlace } from '../evidence/EvidencePlace.tsx';
import { FindingsPlace } from '../findings/FindingsPlace.tsx';
import { PhonePlace } from '../phone/PhonePlace.tsx';
import { ReportPlace } from '../report/ReportPlace.tsx';
import { TimelinePlace } from '../timeline/TimelinePlace.tsx';
import { DropArea } from './DropArea.tsx';
import { NeedsCase } from './NeedsCase.tsx';
import { Notices } from './Notices.tsx';
import { placeTitles } from './places.ts';
import { Rail } from './Rail.tsx';
import { TopBar } from './TopBar.tsx';
import { useLink } from './use-link.ts';
import './shell.css';

const settleMs = 80;

function Place({ place }: { place: PlaceName }) {
  const view = useAddress((address) => address.view);
  if (place === 'cases') return <CasesPlace />;
  if (place === 'phone') return <PhonePlace />;
  return (
    <NeedsCase place={place}>
      {(caseId) => {
        if (place === 'timeline') return <TimelinePlace caseId={caseId} view={view} onView={setView} />;
        if (place === 'destinations') return <DestinationsPlace caseId={caseId} />;
        if (place === 'apps') return <AppsPlace caseId={caseId} />;
        if (place === 'findings') return <FindingsPlace caseId={caseId} />;
        if (place === 'evidence') return <EvidencePlace caseId={caseId} />;
        return <ReportPlace caseId={caseId} />;
      }}
    </NeedsCase>
  );
}

/** The window: rail, bar, one place. */
export function App() {
  const place = useAddress((address) => address.place);
  const caseId = useAddress((address) => address.caseId);
  const name = useCase((state) => state.view?.name ?? null);
  const link = useLink();
  // biome-ignore lint/correctness/useExhaustiveDependencies: on arrival only, and only where the focus was lost on the way
  useEffect(() => {
    // A closing dialog gives the focus back first, and may find nobody to give it to.
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) document.getElementById('place')?.focus();
    }, settleMs);
    return () => clearTimeout(timer);
  }, [place, caseId]);
  useEffect(() => setTitle([placeTitles[place], name, 'Phonehome'].filter(Boolean).join(' · ')), [place, name]);
  return (
    <I18nProvider locale="en-GB">
      <DropArea>
        <button type="button" className="unseen" onClick={() => document.getElementById('place')?.focus()}>
          Skip to the place
        </button>
        <Rail place={place} />
        <TopBar />
        <main id="place" className="place" tabIndex={-1} aria-label={placeTitles[place]} key={places.indexOf(place)}>
          {link.state === 'lost' ? (
            <p className="link-lost" role="alert">
              {link.sentence}
            </p>
          ) : null}
          <Place place={place} />
        </main>
        <NewCaseDialog />
        <Notices />
      </DropArea>
    </I18nProvider>
  );
}
