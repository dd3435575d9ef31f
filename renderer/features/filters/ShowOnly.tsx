import { ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';

interface ShowOnlyProps {
  /** Begins the names of its classes. */
  readonly look: 'dest-pop' | 'tl-pop';
  readonly onOpen?: () => void;
  readonly children: ReactNode;
}

/** The button that opens what can be narrowed. */
export function ShowOnly({ look, onOpen, children }: ShowOnlyProps) {
  return (
    <DialogTrigger onOpenChange={(open) => open && onOpen?.()}>
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
