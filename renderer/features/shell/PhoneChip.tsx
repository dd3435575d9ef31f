import { Cable, TriangleAlert } from 'lucide-react';
import { hrefOf } from '../../state/address-store.ts';
import { usePhones } from '../../state/phones.ts';

/** What is plugged in right now, in two words; leads to Phone. */
export function PhoneChip() {
  const view = usePhones((state) => state.view);
  if (view === null) return null;
  const { bridge, devices } = view;
  const ready = devices.filter((device) => device.state === 'device');
  let text = 'No phone plugged in';
  let heed = false;
  if (bridge.state === 'missing') [text, heed] = ['adb is missing', true];
  else if (bridge.state === 'failed') [text, heed] = ['adb failed', true];
  else if (bridge.state === 'starting') text = 'Starting adb';
  else if (devices.length > 1) text = `${devices.length} phones plugged in`;
  else if (ready[0]) text = ready[0].practice ? 'Practice phone ready' : 'Phone ready';
  else if (devices[0] || view.usb?.length) [text, heed] = ['Phone needs attention', true];
  const Sign = heed ? TriangleAlert : Cable;
  return (
    <a
      className={`bar-item${heed ? ' bar-heed' : ''}${devices.length === 0 && !heed ? ' bar-idle' : ''}`}
      href={hrefOf('phone')}
    >
      <Sign className="icon" />
      <span role="status">{text}</span>
    </a>
  );
}
