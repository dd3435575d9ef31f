import { ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';

/** The button that opens what can be narrowed. `look` begins the names of its classes. */
export function ShowOnly({ look, children }: { readonly look: 'dest-pop' | 'tl-pop'; readonly children: ReactNode }) {
  return (
    <DialogTrigger>
      <Button className="button">
        <ListFilter className="icon" />
        <span className="button-text">Filter</span>
      </Button>
      <Popover className={`popover ${look}`} offset={6} placement="bottom start">
        <Dialog className={`${look}-body`}>
          <Heading slot="title" className={`${look}-title`}>
            Show only
          </Heading>
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
