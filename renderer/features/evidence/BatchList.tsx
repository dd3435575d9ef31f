import type { BatchView, EvidenceView } from '../../../shared/types/summary.ts';
import { groupedNumber } from '../../timeline/formats.ts';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { offsetText } from '../phone/clock-words.ts';

/** Each acquisition and import: when, from what, how the clocks stood, and what is missing. */
export function BatchList({ batches, files }: { batches: readonly BatchView[]; files: readonly EvidenceView[] }) {
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
                      ['Clocks before', offsetText(batch.offsetBeforeMs, batch.offsetBeforeErrorMs)],
                      ['Clocks after', offsetText(batch.offsetAfterMs, batch.offsetAfterErrorMs)],
                    ] as const)),
                ...(batch.missing.length === 0
                  ? []
                  : ([
                      [
                        'Missing',
                        <ul key="m">
                          {batch.missing.map((entry) => (
                            <li key={entry}>{entry}</li>
                          ))}
                        </ul>,
                      ],
                    ] as const)),
              ]}
            />
          </section>
        );
      })}
    </div>
  );
}
