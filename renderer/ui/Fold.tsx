import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import './fold.css';

interface FoldProps {
  readonly title: ReactNode;
  /** What stands inside, in a few words, so that it need not be opened to know. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
  readonly level?: 2 | 3 | 4;
  readonly open?: boolean;
}

/** A part that is closed until someone wants it. */
export function Fold({ title, note, children, level = 3, open = false }: FoldProps) {
  return (
    <Disclosure className="fold" defaultExpanded={open}>
      <Heading level={level} className="fold-head">
        <Button slot="trigger" className="fold-open">
          <ChevronRight className="icon fold-sign" />
          <span className="fold-title">{title}</span>
          {note === undefined ? null : <span className="fold-note">{note}</span>}
        </Button>
      </Heading>
      <DisclosurePanel className="fold-panel">
        <div className="fold-body">{children}</div>
      </DisclosurePanel>
    </Disclosure>
  );
}
