import { Circle, CircleDot, FlaskConical } from 'lucide-react';
import type { DeviceView } from '../../../shared/types/device.ts';
import { deviceName } from './device-name.ts';
import { stateWords } from './device-words.ts';
import { Guide } from './Guide.tsx';
import { Picture } from './Picture.tsx';

interface DeviceCardProps {
  readonly device: DeviceView;
  readonly chosen: boolean;
  /** More than one phone is there, so that one must be chosen. */
  readonly oneOfMany: boolean;
  readonly onChoose: () => void;
}

/** One phone: who it is, and, unless it is ready, what to do. */
export function DeviceCard({ device, chosen, oneOfMany, onChoose }: DeviceCardProps) {
  const words = stateWords[device.state];
  const ready = device.state === 'device';
  const Dot = chosen ? CircleDot : Circle;
  const name = deviceName(device);
  return (
    <article className={`card device${ready ? '' : ' device-heed'}`} aria-label={`${name}: ${words.title}`}>
      {ready && !oneOfMany ? <Picture name={device.practice ? 'practice' : 'ready'} /> : null}
      <header className="device-head">
        <div className="device-names">
          <h2>{name}</h2>
          <p className="quiet">
            {device.android === null ? null : <>Android {device.android} · </>}
            serial <code>{device.serial}</code>
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
          <span className={`chip ${ready ? 'chip-good' : 'chip-warn'}`}>{ready ? 'ready' : device.state}</span>
        )}
      </header>
      {ready ? null : <Guide words={words} advice={device.advice} />}
      {ready && device.advice !== null ? <p className="device-advice">{device.advice}</p> : null}
      {ready && !oneOfMany ? (
        <p className="quiet device-advice">
          {device.practice
            ? 'This phone is simulated. It answers as a real one would, and what it says was made up.'
            : 'The phone answers. Only its name and version were asked so far.'}
        </p>
      ) : null}
    </article>
  );
}
