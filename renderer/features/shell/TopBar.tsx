import { Clock, FlaskConical, Lock, Monitor, Moon, Smartphone, Sun } from 'lucide-react';
import { microsOf } from '../../../shared/base/time.ts';
import { phoneTitle } from '../../../shared/text/phone-name.ts';
import { hrefOf } from '../../state/address-store.ts';
import { useCase } from '../../state/case.ts';
import { useHandOver } from '../../state/imports.ts';
import { chooseLook, type LookChoice, lookChoices, useLook } from '../../state/look.ts';
import { chooseZone, useZoneChoice, useZoneSetting, zoneLabel } from '../../state/zone.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Segments.tsx';
import { SearchButton } from '../search/SearchButton.tsx';
import { CaseMenu } from './CaseMenu.tsx';
import { PhoneChip } from './PhoneChip.tsx';
import { TaskMenu } from './TaskMenu.tsx';

const looks: Readonly<Record<LookChoice, readonly [typeof Sun, string]>> = {
  system: [Monitor, 'Look: as the system. Change to light'],
  light: [Sun, 'Look: light. Change to dark'],
  dark: [Moon, 'Look: dark. Change to as the system'],
};

function LookSwitch() {
  const choice = useLook((state) => state.choice);
  const [Sign, label] = looks[choice];
  const next = lookChoices[(lookChoices.indexOf(choice) + 1) % lookChoices.length] ?? 'system';
  return <IconButton label={label} icon={<Sign className="icon" />} onPress={() => chooseLook(next)} />;
}

/** Which zone the times are in, always written out; a switch where there is a choice. */
function ZoneSwitch() {
  const choice = useZoneChoice((state) => state.choice);
  const { local } = useZoneSetting();
  const until = useCase((state) => state.summary?.span.to ?? null);
  const known = useCase((state) => state.summary !== null);
  if (local === null) {
    const why = known ? 'No source in this case names the phone’s zone' : 'Times are written in universal time';
    return (
      <span className="bar-zone" title={why}>
        <Clock className="icon" /> Times in UTC
      </span>
    );
  }
  // Which offset holds at the end of the case is known with its summary.
  if (!known)
    return (
      <span className="bar-zone">
        <Clock className="icon" /> {choice === 'utc' ? 'UTC' : local.zone.name}
      </span>
    );
  const at = (until === null ? null : microsOf(until)) ?? 0;
  return (
    <div className="bar-zone">
      <Clock className="icon" />
      <Segments
        label="Zone of the times"
        value={choice}
        onChange={chooseZone}
        options={[
          {
            key: 'phone',
            text: zoneLabel(local.zone, at),
            label: `${local.whose === 'phone' ? 'The phone’s zone' : 'The case’s zone'}, ${zoneLabel(local.zone, at)}`,
          },
          { key: 'utc', text: 'UTC' },
        ]}
      />
    </div>
  );
}

/** How far dropped files are on their way to the program. */
function HandOver() {
  const bytes = useHandOver((state) => state.bytes);
  if (bytes === null) return null;
  const share = bytes.all === 0 ? 0 : Math.floor((bytes.done / bytes.all) * 100);
  return (
    <span className="bar-item bar-task" role="status">
      Taking files over <span className="number quiet">{share} %</span>
    </span>
  );
}

/** The bar: whose case, which phone, which clock, what is being done. */
export function TopBar() {
  const view = useCase((state) => state.view);
  const device = useCase((state) => state.summary?.device ?? null);
  const model = device ? (phoneTitle(device) ?? '') : '';
  return (
    <header className="bar">
      <CaseMenu />
      {view?.sample ? (
        <span className="chip chip-info">
          <FlaskConical className="icon" /> sample: a simulated phone
        </span>
      ) : null}
      {view?.readOnly ? (
        <span className="chip chip-warn" title="Nothing can be added to this case where it lies now">
          <Lock className="icon" /> read-only
        </span>
      ) : null}
      {model === '' ? null : (
        <a className="bar-item bar-model" href={hrefOf('phone')} title="The phone that this case is about">
          <Smartphone className="icon" />
          <span className="cut">
            {model}
            {device?.android ? <span className="quiet"> · Android {device.android}</span> : null}
          </span>
        </a>
      )}
      <div className="bar-gap" />
      <SearchButton />
      <HandOver />
      <TaskMenu />
      <PhoneChip />
      <ZoneSwitch />
      <LookSwitch />
    </header>
  );
}
