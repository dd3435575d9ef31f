import { Keyboard } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { keyHelp } from '../../timeline/keys.ts';
import { takesLetters } from '../../ui/takes-letters.ts';

/** Every key and gesture of the instrument; `?` shows them. */
export function KeysHelp() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.defaultPrevented || takesLetters(event.target)) return;
      if (document.querySelector('[aria-modal="true"], .veil') !== null) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className="button button-icon" aria-label="Keys and gestures  ?">
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
