import { Play } from 'lucide-react';
import { useState } from 'react';
import type { DeviceView } from '../../../shared/types/device.ts';
import { acquire, useAcquisition } from '../../state/acquisition.ts';
import { go, useAddress } from '../../state/address-store.ts';
import { useCase } from '../../state/case.ts';
import { askNewCase } from '../../state/new-case.ts';
import { isOf, putOfferAway, useOffer } from '../../state/offer.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { brokenOff } from './broken-off.ts';
import { askOf, type Draft, emptyDraft, liveSpans, profiles, resumeChoice } from './choices.ts';
import { deviceName } from './device-name.ts';
import { ExtrasPart } from './ExtrasPart.tsx';
import { HowMuchChoice } from './HowMuchChoice.tsx';
import { OfferPart } from './OfferPart.tsx';
import { RootPart } from './RootPart.tsx';

/** Why nothing can be started, or null. */
function obstacle(device: DeviceView | null, ready: number, hasCase: boolean, readOnly: boolean): string | null {
  if (!hasCase) return 'What is acquired must lie in a case: make or open one first.';
  if (readOnly) return 'This case is read-only where it lies: nothing can be added to it.';
  if (device === null) return ready > 1 ? 'Choose one of the phones.' : 'No phone is ready.';
  return null;
}

const nothing = { files: new Set<string>(), apks: new Set<string>() };

async function start(caseId: string, serial: string, draft: Draft): Promise<void> {
  const offer = useOffer.getState();
  await acquire(caseId, serial, askOf(draft, isOf(offer, caseId, serial) ? offer : nothing));
  // What was chosen has been asked for; choosing it again is another decision.
  if (useAcquisition.getState().outcome !== null) putOfferAway();
}

/** What will be taken, what that changes, and the button. */
export function AcquirePanel({ device, ready }: { device: DeviceView | null; ready: number }) {
  const view = useCase((state) => state.view);
  const batches = useCase((state) => state.summary?.batches);
  const resumes = useAddress((address) => address.view.how === 'resume');
  const broken = brokenOff(batches ?? []);
  const [written, setDraft] = useState<Draft>({ ...emptyDraft, how: resumes ? 'resume' : 'full' });
  const choices = broken === null ? profiles : [...profiles, resumeChoice(broken)];
  const draft: Draft = choices.some(({ key }) => key === written.how) ? written : { ...written, how: 'full' };
  const hindered = obstacle(device, ready, view !== null, view?.readOnly === true);
  return (
    <section className="card acquire" aria-label="Acquire">
      <h2>Acquire</h2>
      <HowMuchChoice choices={choices} value={draft.how} onChange={(how) => setDraft({ ...draft, how })} />
      {draft.how === 'live' ? (
        <Choice
          label="How long"
          value={draft.span}
          onChange={(span) => setDraft({ ...draft, span })}
          options={liveSpans}
          help="It goes on while the screen is locked and after the cable was pulled; such gaps are shown as gaps."
        />
      ) : null}
      <div className="acquire-folds">
        {draft.how !== 'resume' && hindered === null && view !== null && device !== null ? (
          <>
            <OfferPart caseId={view.id} serial={device.serial} root={draft.root} />
            <RootPart caseId={view.id} serial={device.serial} draft={draft} onChange={setDraft} />
          </>
        ) : null}
        {draft.how === 'resume' || draft.how === 'live' ? null : (
          <ExtrasPart chosen={draft.extras} onChange={(extras) => setDraft({ ...draft, extras })} />
        )}
        <Fold title="What asking leaves behind" note="nothing is written">
          <p className="quiet">
            Nothing is written, installed or set: only questions are asked, and a guard refuses every command that is
            not on the list. Two things can follow from asking. The phone may note that a computer was connected; and
            Android deletes history files that it cannot read when it next loads them, which asking for the counters can
            bring about. Every command is recorded with its times, exit status and hash.
          </p>
        </Fold>
      </div>
      <div className="acquire-go">
        {hindered === null && view !== null && device !== null ? (
          <p className="quiet">
            From <strong>{deviceName(device)}</strong> into <strong>{view.name}</strong>
          </p>
        ) : (
          <p className="quiet">{hindered}</p>
        )}
        <div className="acquire-acts">
          {view === null ? (
            <>
              <Button onPress={() => go('cases')}>Open a case</Button>
              <Button look="primary" onPress={() => askNewCase()}>
                New case
              </Button>
            </>
          ) : (
            <Button
              look="primary"
              icon={<Play className="icon" />}
              isDisabled={hindered !== null}
              onPress={() => device !== null && void start(view.id, device.serial, draft)}
            >
              Acquire
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}
