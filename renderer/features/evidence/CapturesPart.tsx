import { linkWords } from '../../../shared/text/link-words.ts';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { CaptureView } from '../../../shared/types/summary.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PanelPart } from '../../ui/SidePanel.tsx';

/** The captures of packets in one evidence file: how many packets, from when to when, over what, and what was not read. */
export function CapturesPart({ captures }: { captures: readonly CaptureView[] }) {
  const list = captures.map((capture, n) => ({ ...capture, key: n }));
  return (
    <PanelPart title="Packets" note="times by the clock of whoever captured">
      {list.map(({ key, name, form, packets, first, last, links, unread }) => (
        <div key={key} className="evidence-capture">
          {list.length > 1 ? <p dir="auto">{name}</p> : null}
          <Facts
            list={[
              ['Form', form],
              ['Packets', packets === null ? null : groupedNumber(packets)],
              ['First', first === null ? null : <Moment key="f" iso={first} exact />],
              ['Last', last === null ? null : <Moment key="l" iso={last} exact />],
              ['Link', links.length === 0 ? null : links.map(linkWords).join(', ')],
              ['Frames not read', unread === null ? null : groupedNumber(unread)],
            ]}
          />
        </div>
      ))}
    </PanelPart>
  );
}
