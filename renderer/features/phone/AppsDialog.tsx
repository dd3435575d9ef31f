import { useMemo, useState } from 'react';
import { plainText } from '../../../shared/text/plain-text.ts';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { PhoneLook } from '../../../shared/types/device.ts';
import { chooseApks } from '../../state/offer.ts';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { FilterBox } from '../../ui/FilterBox.tsx';
import { type PickItem, PickList } from '../../ui/PickList.tsx';
import { Tick } from '../../ui/Tick.tsx';
import { appsText, narrowApps, orderedApps } from './offer-words.ts';
import { TakeFoot } from './TakeFoot.tsx';

type App = PhoneLook['apps'][number];

const longestName = 200;

function item(app: App): PickItem {
  const title = plainText(app.name ?? app.package, longestName);
  return {
    key: app.package,
    text: title,
    cells: (
      <>
        <span className="pick-words">
          <span className="cut" dir="auto">
            {title}
          </span>
          {app.name === null ? null : <code className="cut faint">{plainText(app.package, longestName)}</code>}
        </span>
        {app.system ? <span className="chip chip-quiet">came with the phone</span> : null}
      </>
    ),
  };
}

/** Every app of the phone, and whose packages are taken. */
export function AppsDialog({
  apps,
  chosen,
  onClose,
}: {
  apps: readonly App[];
  chosen: ReadonlySet<string>;
  onClose: () => void;
}) {
  const [picked, setPicked] = useState(chosen);
  const [text, setText] = useState('');
  const [own, setOwn] = useState(false);
  const ordered = useMemo(() => orderedApps(apps), [apps]);
  const shown = useMemo(() => narrowApps(ordered, text, own), [ordered, text, own]);
  const installed = apps.filter((app) => !app.system);
  return (
    <DialogBox
      title="Packages of apps"
      width="wide"
      onClose={onClose}
      foot={
        <TakeFoot
          note={appsText(apps, picked)}
          picked={picked.size}
          one="package"
          many="packages"
          onTake={() => chooseApks(picked)}
          onClose={onClose}
        />
      }
    >
      <p className="quiet">
        The base APK of each chosen app is copied and hashed, and the certificate that signed it is read. It proves
        which program was installed; what the app stored is not in it.
      </p>
      <div className="apps-tools">
        <FilterBox label="Find an app" placeholder="Name or package" value={text} onChange={setText} />
        <Tick checked={own} onChange={setOwn}>
          Only those installed later
        </Tick>
        <div className="tools-gap" />
        <Button
          isDisabled={installed.length === 0}
          onPress={() => setPicked(new Set([...picked, ...installed.map((app) => app.package)]))}
        >
          Choose all {groupedNumber(installed.length)} user-installed
        </Button>
        <Button isDisabled={picked.size === 0} onPress={() => setPicked(new Set())}>
          Choose none
        </Button>
      </div>
      <PickList
        label="Apps"
        items={shown.map(item)}
        chosen={picked}
        onChoose={setPicked}
        empty={apps.length === 0 ? 'The phone listed no app.' : 'No app has this in its name.'}
        row={2.75}
      />
    </DialogBox>
  );
}
