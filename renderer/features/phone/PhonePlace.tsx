import { useState } from 'react';
import { useAcquisition } from '../../state/acquisition.ts';
import { useCase } from '../../state/case.ts';
import { askPhones, usePhones } from '../../state/phones.ts';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { AcquirePanel } from './AcquirePanel.tsx';
import { AcquisitionRun } from './AcquisitionRun.tsx';
import { DeviceCard } from './DeviceCard.tsx';
import { bridgeWords } from './device-words.ts';
import { Guide } from './Guide.tsx';
import { NoPhone } from './NoPhone.tsx';
import { Picture } from './Picture.tsx';
import './phone.css';

/** The phones on the cable, live, and the way from one of them into the case. */
export function PhonePlace() {
  const { view, failure } = usePhones();
  const [picked, setPicked] = useState<string | null>(null);
  const caseId = useCase((state) => state.id);
  const run = useAcquisition();
  const devices = view?.devices ?? [];
  const ready = devices.filter((device) => device.state === 'device');
  const chosen = ready.find((device) => device.serial === picked) ?? (ready.length === 1 ? (ready[0] ?? null) : null);
  const showsRun =
    caseId !== null && run.caseId === caseId && (run.running || run.outcome !== null || run.failure !== null);
  const bridgeState = view?.bridge.state ?? 'starting';
  return (
    <div className="page">
      <div className="phone">
        <div className="phone-side">
          <header className="phone-head">
            <h1>Phone</h1>
            {view?.bridge.state === 'ready' && view.bridge.version !== null ? (
              <p className="faint" title={view.bridge.adbPath ?? undefined}>
                adb {view.bridge.version}
              </p>
            ) : null}
          </header>
          {failure === null ? null : <FailureBox failure={failure} onAgain={() => void askPhones()} />}
          {bridgeState !== 'ready' && failure === null ? (
            <section className="card device device-heed" aria-label="adb">
              <Guide words={bridgeWords[bridgeState]} advice={view?.bridge.advice ?? null} />
            </section>
          ) : null}
          {devices.length > 1 ? (
            <div className="card device">
              <div className="guide guide-short" role="status">
                <Picture name="two" />
                <div className="guide-words">
                  <h2 className="guide-title">{devices.length} phones are plugged in</h2>
                  <p>
                    Choose the one that belongs to this case. Unplug the others if you can: one phone, one cable, no
                    mistake.
                  </p>
                </div>
              </div>
            </div>
          ) : null}
          {devices.map((device) => (
            <DeviceCard
              key={device.serial}
              device={device}
              chosen={chosen?.serial === device.serial}
              oneOfMany={devices.length > 1}
              onChoose={() => setPicked(device.serial)}
            />
          ))}
          {view !== null && bridgeState === 'ready' && devices.length === 0 ? <NoPhone /> : null}
        </div>
        <div className="phone-side">
          {showsRun ? <AcquisitionRun caseId={caseId} /> : <AcquirePanel device={chosen} ready={ready.length} />}
        </div>
      </div>
    </div>
  );
}
