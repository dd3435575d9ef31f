import { bytesInFull, groupedNumber } from '../../../shared/timeline/formats.ts';
import type { EvidenceView, WarningView } from '../../../shared/types/summary.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Hash } from '../../ui/Hash.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PanelPart, SidePanel } from '../../ui/SidePanel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { offsetText } from '../phone/clock-words.ts';
import { CapturesPart } from './CapturesPart.tsx';
import { stateMeanings } from './state-meanings.ts';
import { placeText } from './warning-place.ts';

const mostShown = 100;

/** One evidence file: whole hash, how and when it came, what was found in it, and what could not be read. */
export function EvidencePanel({
  file,
  warnings,
  onClose,
}: {
  file: EvidenceView;
  warnings: readonly WarningView[];
  onClose: () => void;
}) {
  return (
    <SidePanel
      label={`Evidence ${file.id}`}
      title={<span dir="auto">{file.name}</span>}
      under={`${file.id} · ${bytesInFull(file.bytes)}`}
      onClose={onClose}
    >
      <PanelPart title="Identity">
        <Facts
          list={[
            ['SHA-256', <Hash key="h" sha256={file.sha256} />],
            ['Size', bytesInFull(file.bytes)],
            ['State', <StateMark key="s" state={file.state} />],
          ]}
        />
        <p className="quiet evidence-meaning">{stateMeanings[file.state]}</p>
      </PanelPart>
      <PanelPart title="How it was obtained">
        <Facts
          list={[
            ['From', file.obtained],
            ...(file.command === null ? [] : ([['Command', <code key="c">{file.command}</code>]] as const)),
            ...(file.command === null ? [] : ([['Exit status', file.exit]] as const)),
            ['Begun', <Moment key="b" iso={file.hostBefore} exact />],
            ['Ended', <Moment key="e" iso={file.hostAfter} exact />],
            ['Clocks', offsetText(file.offsetMs, file.offsetErrorMs)],
          ]}
        />
      </PanelPart>
      <PanelPart title="What was found in it">
        {file.sections.length === 0 ? (
          <p className="quiet">
            {file.bytes === 0
              ? 'Nothing arrived.'
              : 'Nothing was recognised. The file is kept as it is, and a later version may read it.'}
          </p>
        ) : (
          <ul className="evidence-sections">
            {file.sections.map((section, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one name may come more than once
              <li key={index}>{section}</li>
            ))}
          </ul>
        )}
      </PanelPart>
      {file.captures === undefined ? null : <CapturesPart captures={file.captures} />}
      <PanelPart
        title="What could not be read"
        note={warnings.length === 0 ? undefined : groupedNumber(warnings.length)}
      >
        {warnings.length === 0 ? (
          <p className="quiet">No warning.</p>
        ) : (
          <ul className="evidence-warnings">
            {warnings.slice(0, mostShown).map((warning, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: warnings have no name of their own
              <li key={index}>
                <p>{warning.reason}</p>
                <p className="faint">{placeText(warning)}</p>
                {warning.text === null ? null : <code className="evidence-text">{warning.text}</code>}
              </li>
            ))}
            {warnings.length > mostShown ? (
              <li className="quiet">{groupedNumber(warnings.length - mostShown)} more stand under Warnings.</li>
            ) : null}
          </ul>
        )}
      </PanelPart>
    </SidePanel>
  );
}
