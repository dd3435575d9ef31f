import { Circle, CircleDot, FlaskConical } from 'lucide-react';
import type { DeviceView } from '../../../shared/types/device.ts';
import { deviceName } from './device-name.ts';
import { phoneScene } from './device-words.ts';
import { Guide } from './Guide.tsx';
import { Picture } from './Picture.tsx';

interface DeviceCardProps {
  readonly device: DeviceView;
  readonly chosen: boolean;
  /** More than one phone is there, so that one must be chosen. */
  readonly oneOfMany: boolean;
  readonly onChoose: () => void;
}

const links: Readonly<Record<NonNullable<DeviceView['link']>, string>> = {
  usb: 'by cable',
  network: 'over the network',
  emulator: 'emulator',
};

/** One phone: who it is, and, unless it is ready, what to do. */
export function DeviceCard({ device, chosen, oneOfMany, onChoose }: DeviceCardProps) {
  const scene = phoneScene(device);
  const ready = device.state === 'device';
  const calm = ready && scene === null;
  const Dot = chosen ? CircleDot : Circle;
  const name = deviceName(device);
  return (
    <article className={`card device${calm ? '' : ' device-heed'}`} aria-label={`${name}: ${scene?.title ?? 'Ready'}`}>
      {calm && !oneOfMany ? (
        <Picture name={device.practice ? 'practice' : device.link === 'network' ? 'air' : 'ready'} />
      ) : null}
      <header className="device-head">
        <div className="device-names">
          <h2>{name}</h2>
          <p className="quiet">
            {device.marketName === undefined || device.model === null ? null : <>{device.model} · </>}
            {device.android === null ? null : <>Android {device.android} · </>}
            serial <code>{device.serial}</code>
            {device.link === undefined ? null : <> · {links[device.link]}</>}
          </p>
        </div>
        {device.practice ? (
          <span className="chip chip-info" title="A simulated phone: nothing that it says is about a real person">
            <FlaskConical className="icon" /> practice phone
          </span>
        ) : null}
        {ready && oneOfMany ? (
          <button type="button" className="device-pick" aria-pressed={chosen} onClick={onChoose}>
            <Dot className="icon" /> {chosen ? 'Chosen' : 'Choose this phone'}
          </button>
        ) : (
          <span className={`chip ${calm ? 'chip-good' : 'chip-warn'}`}>{ready ? 'ready' : device.state}</span>
        )}
      </header>
      {scene === null ? null : <Guide scene={scene} advice={device.advice} steps={device.steps ?? []} />}
      {calm && device.advice !== null ? <p className="device-advice">{device.advice}</p> : null}
      {calm && !oneOfMany ? (
        <p className="quiet device-advice">
          {device.practice
            ? 'This phone is simulated. It answers as a real one would, and what it says was made up.'
            : 'The phone answers. Only its name and version were asked so far.'}
        </p>
      ) : null}
    </article>
  );
}
