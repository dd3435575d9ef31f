import type { UsbPhoneView } from '../../../shared/types/device.ts';
import { usbScene } from './device-words.ts';
import { Guide } from './Guide.tsx';

/** A phone that is on the cable and that adb does not list: why, and what to do. */
export function UsbPhoneCard({ phone }: { phone: UsbPhoneView }) {
  const scene = usbScene(phone.problem);
  const name = [phone.maker, phone.product].filter((part) => part !== null).join(' ') || 'A phone';
  return (
    <article className="card device device-heed" aria-label={`${name}: ${scene.title}`}>
      <header className="device-head">
        <div className="device-names">
          <h2 dir="auto">{name}</h2>
          <p className="quiet">
            USB port <code>{phone.port}</code>, id{' '}
            <code>
              {phone.vendorId}:{phone.productId}
            </code>
            {phone.serial === null ? null : (
              <>
                , serial <code>{phone.serial}</code>
              </>
            )}
          </p>
        </div>
        <span className="chip chip-warn">not in adb’s list</span>
      </header>
      <Guide scene={scene} advice={phone.advice} steps={phone.steps} />
    </article>
  );
}
