import { useState } from 'react';
import { systemName } from '../../bridge/page.ts';
import { Choice } from '../../ui/Choice.tsx';
import { debuggingSteps } from './debugging-steps.ts';
import { Picture } from './Picture.tsx';

const choices = debuggingSteps.map(({ key, text }) => ({ key, text }));

/** Nothing is plugged in that adb can see: what would make a phone appear. */
export function NoPhone() {
  const [maker, setMaker] = useState('plain');
  const chosen = debuggingSteps.find((entry) => entry.key === maker);
  const windows = systemName() === 'windows';
  return (
    <section className="card none" aria-label="No phone">
      <div className="guide" role="status">
        <Picture name="cable" />
        <div className="guide-words">
          <h2 className="guide-title">No phone is plugged in</h2>
          <p>
            A phone appears here by itself as soon as it is connected by a USB cable with USB debugging switched on.
          </p>
        </div>
      </div>
      <div className="none-parts">
        <section>
          <h3>Switch on USB debugging</h3>
          <Choice label="Maker of the phone" value={maker} onChange={setMaker} options={choices} bare />
          <ol className="guide-steps">
            {chosen?.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
            <li>Plug in the cable and touch Allow in the question on the phone.</li>
          </ol>
          {chosen?.note ? <p className="quiet">{chosen.note}</p> : null}
          <p className="quiet">These switches change the phone’s settings. Note the time at which you set them.</p>
        </section>
        <section>
          <h3>It is on, and no phone appears</h3>
          <div className="none-case">
            <Picture name="charging" />
            <p>
              <strong>The phone only charges.</strong> Many cables carry no data: try another. On the phone, pull down
              the notifications, open the USB notice and choose “File transfer”.
            </p>
          </div>
          <div className="none-case">
            <Picture name={windows ? 'driver' : 'rule'} />
            {windows ? (
              <p>
                <strong>Windows has no driver for it.</strong> In the Device Manager the phone carries a warning sign.
                Install the maker’s USB driver, or Google’s, and plug the phone in again.
              </p>
            ) : (
              <p>
                <strong>The system keeps the port closed.</strong> On Linux the phone then appears with the state “no
                permissions”: a udev rule opens it, and the sentence beside it says how. On Windows the maker’s driver
                is needed.
              </p>
            )}
          </div>
        </section>
      </div>
    </section>
  );
}
