import { useState } from 'react';
import { isOf, lookAtPhone, useOffer } from '../../state/offer.ts';
import { cancelTask, newestTask, useTasks } from '../../state/tasks.ts';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { AppsDialog } from './AppsDialog.tsx';
import { FilesDialog } from './FilesDialog.tsx';
import { appsText, filesText } from './offer-words.ts';

interface OfferProps {
  readonly caseId: string;
  readonly serial: string;
  readonly root: boolean;
}

function Looking({ caseId }: { caseId: string }) {
  const tasks = useTasks();
  const task = newestTask(tasks, 'look', caseId);
  const ending = task !== null && tasks.ending.includes(task.task);
  return (
    <div className="looking">
      <Progress label="Looking at the phone" fraction={task?.fraction ?? null} />
      <div className="looking-foot">
        <span className="quiet cut" role="status">
          {task?.now ?? 'Asking the phone'}
        </span>
        {task === null ? null : (
          <Button isDisabled={ending} onPress={() => void cancelTask(task.task)}>
            {ending ? 'Ending' : 'Cancel'}
          </Button>
        )}
      </div>
    </div>
  );
}

interface OfferRowProps {
  readonly title: string;
  readonly chosen: string;
  readonly isDisabled: boolean;
  readonly onChoose: () => void;
}

/** One kind of thing that the phone offers, and what is chosen of it. */
function OfferRow({ title, chosen, isDisabled, onChoose }: OfferRowProps) {
  return (
    <li className="offer-row">
      <span>
        <strong>{title}</strong>
        <span className="quiet">{chosen}</span>
      </span>
      <Button
        aria-label={`Choose ${title.charAt(0).toLowerCase()}${title.slice(1)}`}
        isDisabled={isDisabled}
        onPress={onChoose}
      >
        Choose
      </Button>
    </li>
  );
}

/** Files of the owner and packages of apps: asked for when wanted, offered, and taken only where chosen. */
export function OfferPart({ caseId, serial, root }: OfferProps) {
  const offer = useOffer();
  const [open, setOpen] = useState<'files' | 'apps' | null>(null);
  const mine = isOf(offer, caseId, serial);
  const found = mine ? offer.found : null;
  const running = mine && offer.running;
  const picked = mine ? offer.files.size + offer.apks.size : 0;
  const note = running
    ? 'asking'
    : found === null
      ? 'not asked'
      : picked === 0
        ? 'none chosen'
        : [
            offer.files.size > 0 ? `${offer.files.size} ${offer.files.size === 1 ? 'file' : 'files'}` : null,
            offer.apks.size > 0 ? `${offer.apks.size} ${offer.apks.size === 1 ? 'package' : 'packages'}` : null,
          ]
            .filter((part) => part !== null)
            .join(', ');
  return (
    <Fold title="What else this phone offers" note={note}>
      {found === null && !running ? (
        <p className="quiet">
          The phone is asked which captures, exports and bugreports its owner made, and which apps it has. Nothing is
          taken by asking; the questions stand in the custody log.
        </p>
      ) : null}
      {mine && offer.failure !== null ? <FailureBox failure={offer.failure} /> : null}
      {running ? <Looking caseId={caseId} /> : null}
      {found === null ? null : (
        <ul className="offer">
          <OfferRow
            title="Files that the owner made"
            chosen={filesText(found.files, offer.files)}
            isDisabled={running || found.files.length === 0}
            onChoose={() => setOpen('files')}
          />
          <OfferRow
            title="Packages of apps"
            chosen={appsText(found.apps, offer.apks)}
            isDisabled={running || found.apps.length === 0}
            onChoose={() => setOpen('apps')}
          />
        </ul>
      )}
      {found !== null && found.notes.length > 0 ? (
        <Box tone="info">
          {found.notes.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Box>
      ) : null}
      {running ? null : (
        <div>
          <Button look={found === null ? 'plain' : 'quiet'} onPress={() => void lookAtPhone(caseId, serial, root)}>
            {found === null ? 'Ask the phone' : 'Ask again'}
          </Button>
        </div>
      )}
      {open === 'files' && found !== null ? (
        <FilesDialog files={found.files} chosen={offer.files} onClose={() => setOpen(null)} />
      ) : null}
      {open === 'apps' && found !== null ? (
        <AppsDialog apps={found.apps} chosen={offer.apks} onClose={() => setOpen(null)} />
      ) : null}
    </Fold>
  );
}
