import { Wifi } from 'lucide-react';
import { useState } from 'react';
import { useAcquisition } from '../../state/acquisition.ts';
import { useCase } from '../../state/case.ts';
import { askPhones, usePhones } from '../../state/phones.ts';
import { newestTask, useTasks } from '../../state/tasks.ts';
import { Button } from '../../ui/Button.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { AcquirePanel } from './AcquirePanel.tsx';
import { AcquisitionRun } from './AcquisitionRun.tsx';
import { DeviceCard } from './DeviceCard.tsx';
import { bridgeScene } from './device-words.ts';
import { Guide } from './Guide.tsx';
import { NoPhone } from './NoPhone.tsx';
import { PairDialog } from './PairDialog.tsx';
import { Picture } from './Picture.tsx';
import { UsbPhoneCard } from './UsbPhoneCard.tsx';
import './phone.css';

/** The phones on the cable, live, and the way from one of them into the case. */
export function PhonePlace() {
  const { view, failure } = usePhones();
  const [picked, setPicked] = useState<string | null>(null);
  const [pairing, setPairing] = useState(false);
  const caseId = useCase((state) => state.id);
  const run = useAcquisition();
  const devices = view?.devices ?? [];
  const usb = view?.usb ?? [];
  const ready = devices.filter((device) => device.state === 'device');
  const chosen = ready.find((device) => device.serial === picked) ?? (ready.length === 1 ? (ready[0] ?? null) : null);
  // A page that was loaded anew knows of what runs from its news only.
  const underWay = useTasks((tasks) => newestTask(tasks, 'acquire', caseId)?.state === 'running');
  const ofThisPage = run.caseId === caseId && (run.running || run.outcome !== null || run.failure !== null);
  const showsRun = caseId !== null && (ofThisPage || underWay);
  const bridge = view?.bridge ?? { state: 'starting' as const, advice: null };
  const trouble = bridgeScene(bridge);
  return (
    <div className="page">
      <div className="phone">
        <header className="phone-head">
          <h1>Phone</h1>
          {view?.bridge.state === 'ready' && view.bridge.version !== null ? (
            <span className="faint" title={view.bridge.adbPath ?? undefined}>
              adb {view.bridge.version}
            </span>
          ) : null}
          <div className="tools-gap" />
          <Button
            icon={<Wifi className="icon" />}
            isDisabled={view?.bridge.state !== 'ready'}
            onPress={() => setPairing(true)}
          >
            A phone over the network
          </Button>
        </header>
        <div className="phone-side">
          {failure === null ? null : <FailureBox failure={failure} onAgain={() => void askPhones()} />}
          {trouble !== null && failure === null ? (
            <section
              className={`card device${bridge.state === 'starting' ? '' : ' device-heed'}`}
              aria-label={trouble.title}
            >
              <Guide scene={trouble} advice={bridge.advice} steps={view?.bridge.steps ?? []} level={2} />
            </section>
          ) : null}
          {ready.length > 1 ? (
            <div className="card device">
              <div className="guide guide-short" role="status">
                <Picture name="two" />
                <div className="guide-words">
                  <h2 className="guide-title">{ready.length} phones are ready</h2>
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
              oneOfMany={ready.length > 1}
              onChoose={() => setPicked(device.serial)}
            />
          ))}
          {usb.map((phone) => (
            <UsbPhoneCard key={phone.port} phone={phone} />
          ))}
          {view !== null && bridge.state === 'ready' && devices.length + usb.length === 0 ? <NoPhone /> : null}
          {view?.notes?.map((note) => (
            <p key={note} className="faint">
              {note}
            </p>
          ))}
        </div>
        <div className="phone-side">
          {showsRun ? <AcquisitionRun caseId={caseId} /> : <AcquirePanel device={chosen} ready={ready.length} />}
        </div>
      </div>
      {pairing ? <PairDialog onClose={() => setPairing(false)} /> : null}
    </div>
  );
}
