import { Play } from 'lucide-react';
import { useState } from 'react';
import { Label, Radio, RadioGroup, Text } from 'react-aria-components';
import type { DeviceView } from '../../../shared/types/device.ts';
import type { BatchView } from '../../../shared/types/summary.ts';
import { acquire, type Profile } from '../../state/acquisition.ts';
import { go } from '../../state/address-store.ts';
import { useCase } from '../../state/case.ts';
import { askNewCase } from '../../state/new-case.ts';
import { Button } from '../../ui/Button.tsx';
import { brokenOff } from './broken-off.ts';
import { deviceName } from './device-name.ts';

const profiles: readonly { readonly key: Profile; readonly name: string; readonly words: string }[] = [
  {
    key: 'quick',
    name: 'Quick',
    words:
      'Identity, both clocks, the zone, users, the apps of each user, and the network counters with every retained interval. Enough for the timeline; about a minute.',
  },
  {
    key: 'full',
    name: 'Full',
    words: 'All of Quick, and which apps are switched off, their versions, installs and permissions. A few minutes.',
  },
];

/** To go on with an acquisition that was broken off. */
function resumeChoice({ id, profile }: BatchView) {
  return {
    key: 'resume',
    name: `Go on where acquisition ${id} stopped`,
    words: `Only what acquisition ${id}${profile === null ? '' : ` (${profile})`} does not have yet. Who the phone is, its users and both clocks are taken anew; it must be the same phone. Whether it was started anew meanwhile is said.`,
  } as const;
}

const start = (caseId: string, serial: string, choice: Profile | 'resume') =>
  choice === 'resume' ? acquire(caseId, serial, 'full', true) : acquire(caseId, serial, choice);

/** Why nothing can be started, or null. */
function obstacle(device: DeviceView | null, ready: number, hasCase: boolean, readOnly: boolean): string | null {
  if (!hasCase) return 'What is acquired must lie in a case: make or open one first.';
  if (readOnly) return 'This case is read-only where it lies: nothing can be added to it.';
  if (device === null) return ready > 1 ? 'Choose one of the phones.' : 'No phone is ready.';
  return null;
}

/** What will be taken, what that changes, and the button. */
export function AcquirePanel({ device, ready }: { device: DeviceView | null; ready: number }) {
  const view = useCase((state) => state.view);
  const batches = useCase((state) => state.summary?.batches);
  const broken = brokenOff(batches ?? []);
  const [chosen, setChosen] = useState<Profile | 'resume'>('full');
  const choices = broken === null ? profiles : [...profiles, resumeChoice(broken)];
  const choice = choices.some(({ key }) => key === chosen) ? chosen : 'full';
  const hindered = obstacle(device, ready, view !== null, view?.readOnly === true);
  return (
    <section className="card acquire" aria-label="Acquire">
      <h2>Acquire</h2>
      <RadioGroup className="profiles" value={choice} onChange={(key) => setChosen(key as Profile | 'resume')}>
        <Label className="field-label">How much</Label>
        {choices.map(({ key, name, words }) => (
          <Radio key={key} value={key} className="profile" aria-label={name}>
            <span className="profile-dot" aria-hidden="true" />
            <span>
              <strong>{name}</strong>
              <Text slot="description" className="profile-words">
                {words}
              </Text>
            </span>
          </Radio>
        ))}
      </RadioGroup>
      <div className="acquire-note">
        <h3>What it changes on the phone</h3>
        <p>
          Nothing is written, installed or set: only questions are asked, and a guard refuses every command that is not
          on the list. Two things can follow from asking. The phone may note that a computer was connected; and Android
          deletes history files that it cannot read when it next loads them, which asking for the counters can bring
          about. Every command is recorded with its times, exit status and hash.
        </p>
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
              onPress={() => device !== null && void start(view.id, device.serial, choice)}
            >
              Acquire
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}
