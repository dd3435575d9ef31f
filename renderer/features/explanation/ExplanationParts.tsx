import type { ReactNode } from 'react';
import { countryName } from '../../../shared/text/country-names.ts';
import type { Explanation } from '../../../shared/types/explanation.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useLoad } from '../../state/use-load.ts';
import { Facts } from '../../ui/Facts.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { PanelPart } from '../../ui/SidePanel.tsx';
import { AtStakeTable } from './AtStakeTable.tsx';
import { Candidates } from './Candidates.tsx';
import { Laws } from './Laws.tsx';
import { Places } from './Places.tsx';
import { Sentences } from './Reasons.tsx';
import './explanation.css';

export type Subject = Explanation['subject'];

/** Asks what is known of an event, app, host, address or service beyond what was seen; null asks nothing. */
export function useExplanation(caseId: string, subject: Pick<Subject, 'kind' | 'key'> | null, revision = 0) {
  return useLoad<Explanation>(
    subject === null ? null : `explain ${caseId} ${subject.kind} ${subject.key}`,
    async () => bridge().client.explain.get({ case: caseId, subject: { kind: subject!.kind, key: subject!.key } }),
    revision,
  );
}

function Whose({ explanation }: { explanation: Explanation }) {
  const { owner, tracker } = explanation;
  if (owner === null && tracker === null) return null;
  return (
    <Facts
      list={[
        ...(owner === null
          ? []
          : ([
              [
                'Owner of the host',
                <span key="o">
                  <strong>{owner.name}</strong>
                  {owner.group === null || owner.group === owner.name ? '' : `, group ${owner.group}`}
                  <span className="faint">
                    {' '}
                    · {owner.domain}, {owner.source}, {owner.date}
                  </span>
                </span>,
              ],
              ['State that can command it', owner.state === null ? null : countryName(owner.state)],
            ] as const)),
        ...(tracker === null
          ? []
          : ([
              [
                'Tracker',
                <span key="t">
                  {tracker.owner}, {tracker.category}
                  <span className="faint">
                    {' '}
                    · {tracker.source}, {tracker.date}
                  </span>
                </span>,
              ],
            ] as const)),
      ]}
    />
  );
}

interface ExplanationPartsProps {
  readonly caseId: string;
  readonly subject: Pick<Subject, 'kind' | 'key'>;
  readonly revision?: number;
  /** Stands under the candidates: labels that a list gave. */
  readonly children?: ReactNode;
}

/** What may explain a thing, where its addresses are and whose, what was at stake and which law may reach it: parts of a panel. */
export function ExplanationParts({ caseId, subject, revision = 0, children }: ExplanationPartsProps) {
  const asked = useExplanation(caseId, subject, revision);
  if (asked.failure !== null) {
    return (
      <PanelPart title="What may explain it">
        <FailureBox failure={asked.failure} onAgain={asked.again} />
        {children}
      </PanelPart>
    );
  }
  const explanation = asked.data;
  if (explanation === null) {
    return (
      <PanelPart title="What may explain it">
        <p className="faint">Reading</p>
      </PanelPart>
    );
  }
  const { candidates, addresses, owner, tracker, laws, atStake, limits } = explanation;
  return (
    <>
      <PanelPart title="What may explain it" note={candidates.length > 1 ? 'most speaks for the first' : undefined}>
        <Candidates list={candidates} />
        {children}
      </PanelPart>
      {addresses.length > 0 || owner !== null || tracker !== null ? (
        <PanelPart title="Where, and whose" note="two facts apart">
          <div className="whose">
            <Whose explanation={explanation} />
            <Places list={addresses} />
          </div>
        </PanelPart>
      ) : null}
      {atStake.length > 0 ? (
        <PanelPart title="Data that the app was permitted to read">
          <AtStakeTable list={atStake} />
        </PanelPart>
      ) : null}
      {laws.length > 0 ? (
        <PanelPart title="Law that may reach it">
          <Laws list={laws} />
        </PanelPart>
      ) : null}
      {limits.length > 0 ? (
        <PanelPart title="What all of this does not prove">
          <Sentences title={null} tone="limit" list={limits} />
        </PanelPart>
      ) : null}
    </>
  );
}
