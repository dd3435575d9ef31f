import { lackingIn } from '../../../shared/text/lacking.ts';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { BatchView, EvidenceView } from '../../../shared/types/summary.ts';
import { putAcquisitionAway } from '../../state/acquisition.ts';
import { go } from '../../state/address-store.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { LackingList } from '../../ui/LackingList.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { brokenOff } from '../phone/broken-off.ts';
import { offsetText } from '../phone/clock-words.ts';

/** What is missing, each reason said once with the commands that it concerns. */
function MissingList({ lines }: { lines: readonly string[] }) {
  const { said, lacking } = lackingIn(lines);
  return (
    <>
      {said.length === 0 ? null : (
        <ul className="batch-said">
          {said.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <LackingList lacking={lacking} />
    </>
  );
}

interface BatchListProps {
  readonly batches: readonly BatchView[];
  readonly files: readonly EvidenceView[];
  readonly readOnly: boolean;
}

/** Each acquisition and import: when, from what, how the clocks stood, what is missing, and whether it can be gone on with. */
export function BatchList({ batches, files, readOnly }: BatchListProps) {
  const broken = readOnly ? null : brokenOff(batches);
  if (batches.length === 0)
    return (
      <EmptyPlace title="Nothing was acquired or imported yet">
        Each acquisition of a phone and each import of files is listed here.
      </EmptyPlace>
    );
  return (
    <div className="page">
      {batches.map((batch) => {
        const own = files.filter((file) => file.batch === batch.id).length;
        const title = batch.kind === 'acquisition' ? 'Acquisition' : 'Import';
        return (
          <section key={batch.id} className="card batch" aria-label={`${title} ${batch.id}`}>
            <header className="batch-head">
              <h2>
                {title} {batch.id}
              </h2>
              <StateMark state={batch.state} />
              <div className="tools-gap" />
              {batch === broken ? (
                <Button
                  onPress={() => {
                    putAcquisitionAway();
                    go('phone', { how: 'resume' });
                  }}
                >
                  {batch.state === 'partial' ? 'Ask again for what it lacks' : 'Go on with it'}
                </Button>
              ) : null}
            </header>
            <Facts
              list={[
                ['Begun', <Moment key="b" iso={batch.startedAt} exact />],
                ['Ended', <Moment key="e" iso={batch.finishedAt} exact />],
                ['Evidence files', groupedNumber(own)],
                ...(batch.kind === 'import'
                  ? []
                  : ([
                      ['Phone', batch.serial === null ? null : <code key="s">{batch.serial}</code>],
                      ['Profile', batch.profile],
                      ...(batch.continues == null
                        ? []
                        : ([['Goes on with', `Acquisition ${batch.continues}`]] as const)),
                      ['Clocks before', offsetText(batch.offsetBeforeMs, batch.offsetBeforeErrorMs)],
                      ['Clocks after', offsetText(batch.offsetAfterMs, batch.offsetAfterErrorMs)],
                    ] as const)),
                ...(batch.missing.length === 0
                  ? []
                  : ([['Missing', <MissingList key="m" lines={batch.missing} />]] as const)),
              ]}
            />
          </section>
        );
      })}
    </div>
  );
}
