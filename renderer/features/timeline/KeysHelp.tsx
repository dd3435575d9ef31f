import { Keyboard } from 'lucide-react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { keyHelp } from '../../timeline/keys.ts';

/** Every key and gesture of the instrument. */
export function KeysHelp() {
  return (
    <DialogTrigger>
      <Button className="button button-icon" aria-label="Keys and gestures">
        <Keyboard className="icon" />
      </Button>
      <Popover className="popover tl-pop" offset={6} placement="bottom end">
        <Dialog className="tl-pop-body">
          <Heading slot="title" className="tl-pop-title">
            Keys and gestures
          </Heading>
          <dl className="tl-keys">
            {keyHelp.map(({ keys, does }) => (
              <div key={keys}>
                <dt>{keys}</dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
