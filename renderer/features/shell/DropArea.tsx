import { FileInput } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useCase } from '../../state/case.ts';
import { takeFiles } from '../evidence/import-files.ts';

/** The whole window takes files. Anything but files is left to the fields it is dragged over. */
export function DropArea({ children }: { children: ReactNode }) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const view = useCase((state) => state.view);
  const hasFiles = (drag: DragEvent) => drag.dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the same is done from the keyboard with "Add files"
    <div
      className="shell"
      onDragEnter={(drag) => {
        if (!hasFiles(drag)) return;
        depth.current += 1;
        setOver(true);
      }}
      onDragLeave={(drag) => {
        if (!hasFiles(drag)) return;
        depth.current -= 1;
        if (depth.current <= 0) setOver(false);
      }}
      onDragOver={(drag) => {
        if (hasFiles(drag)) drag.preventDefault();
      }}
      onDrop={(drag) => {
        if (!hasFiles(drag)) return;
        drag.preventDefault();
        depth.current = 0;
        setOver(false);
        void takeFiles([...drag.dataTransfer.files]);
      }}
    >
      {children}
      {over ? (
        <div className="drop" aria-hidden="true">
          <div className="drop-words">
            <FileInput className="icon" />
            <p className="drop-first">
              {view === null
                ? 'Drop to make a case of it'
                : view.readOnly
                  ? 'This case is read-only'
                  : `Drop to add to ${view.name}`}
            </p>
            <p className="quiet">Bytes are kept as they are, hashed, and read afterwards.</p>
          </div>
        </div>
      ) : null}
    </div>
  );
}
