import { extraWords } from '../../../shared/text/extras.ts';
import { type AcquisitionExtra, acquisitionExtras } from '../../../shared/types/acquisition.ts';
import { Fold } from '../../ui/Fold.tsx';
import { Tick } from '../../ui/Tick.tsx';

interface ExtrasProps {
  readonly chosen: ReadonlySet<AcquisitionExtra>;
  readonly onChange: (chosen: ReadonlySet<AcquisitionExtra>) => void;
}

/** What is done only on request, because it changes the phone or tells names: what it gives, and what it changes. */
export function ExtrasPart({ chosen, onChange }: ExtrasProps) {
  const note = chosen.size === 0 ? 'none asked for' : chosen.size === 1 ? 'one asked for' : `${chosen.size} asked for`;
  return (
    <Fold title="Steps only on request" note={note}>
      <p className="quiet">
        Left alone unless you ask for it. The custody log then says that it was asked for, before it is done.
      </p>
      {acquisitionExtras.map((extra) => {
        const { title, gives, changes } = extraWords[extra];
        return (
          <Tick
            key={extra}
            checked={chosen.has(extra)}
            onChange={(checked) =>
              onChange(new Set(acquisitionExtras.filter((one) => (one === extra ? checked : chosen.has(one)))))
            }
          >
            <strong>{title}</strong>
            <span className="tick-more">
              <span className="tick-lead">Gives</span> {gives}
            </span>
            <span className="tick-more">
              <span className="tick-lead">Changes</span> {changes}
            </span>
          </Tick>
        );
      })}
    </Fold>
  );
}
