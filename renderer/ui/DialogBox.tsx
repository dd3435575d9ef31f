import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './Button.tsx';
import './dialog.css';

interface DialogBoxProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the one to press last. */
  readonly foot: ReactNode;
  readonly width?: 'narrow' | 'wide';
}

/** A question over the window. Escape and a click outside close it; focus stays inside and goes back afterwards. */
export function DialogBox({ title, onClose, children, foot, width = 'narrow' }: DialogBoxProps) {
  return (
    <ModalOverlay className="veil" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className={`dialog-frame dialog-${width}`}>
        <Dialog className="dialog">
          <header className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            <IconButton label="Close" icon={<X className="icon" />} onPress={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
          <footer className="dialog-foot">{foot}</footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
