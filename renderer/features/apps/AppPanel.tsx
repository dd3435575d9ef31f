import { ChartNoAxesGantt } from 'lucide-react';
import { groupedNumber, shareText } from '../../../shared/timeline/formats.ts';
import type { AppView } from '../../../shared/types/app.ts';
import type { LaneView } from '../../../shared/types/timeline.ts';
import { bridge } from '../../bridge/bridge.ts';
import { go } from '../../state/address-store.ts';
import { useLoad } from '../../state/use-load.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Button } from '../../ui/Button.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PanelPart, SidePanel } from '../../ui/SidePanel.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { ExplanationParts } from '../explanation/ExplanationParts.tsx';
import { AppEvents } from './AppEvents.tsx';
import { optionalText } from './app-columns.tsx';
import { spread, stepsOf } from './spread.ts';

function Share({ part, whole }: { part: number | null; whole: number }) {
  const share = part === null ? null : shareText(part, whole);
  return (
    <>
      <Amount bytes={part} />
      {share === null ? null : <span className="faint"> · {share} of what it sent</span>}
    </>
  );
}

/** The app's sent and received over the whole span, by the step. */
function History({ caseId, app, revision }: { caseId: string; app: AppView; revision: number }) {
  const history = useLoad(
    `history ${caseId} ${app.key}`,
    async () => {
      const { timeline } = bridge().client;
      const whole = await timeline.overview({ case: caseId, bins: 10 });
      const steps = stepsOf(whole.fromUs, whole.toUs, whole.coverage);
      const seen = await timeline.window({
        case: caseId,
        by: 'app',
        fromUs: whole.fromUs,
        toUs: Math.max(whole.toUs, whole.fromUs + 1),
        buckets: 2000,
        filter: { uid: app.uid },
      });
      const lane: LaneView | undefined = seen.lanes[0];
      return { ...spread(lane?.intervals ?? null, steps), covered: steps.covered, stepText: steps.text };
    },
    revision,
  );
  if (history.failure !== null) return <FailureBox failure={history.failure} onAgain={history.again} />;
  if (history.data === null) return <div className="spark" />;
  const { sent, received, covered, stepText } = history.data;
  const gaps = covered.filter((yes) => !yes).length;
  return (
    <>
      <Sparkline
        sent={sent}
        received={received}
        covered={covered}
        label={`Bytes of ${app.name} by ${stepText}: sent above, received below${gaps > 0 ? `; ${gaps} steps that no source covers are hatched` : ''}`}
      />
      <p className="spark-legend">
        <span className="spark-key spark-key-sent">sent, above</span>
        <span className="spark-key spark-key-received">received, below</span>
        {gaps > 0 ? <span className="spark-key spark-key-gap">no source covers</span> : null}
        <span className="faint">one bar: {stepText}, height by square root</span>
      </p>
    </>
  );
}

interface AppPanelProps {
  readonly caseId: string;
  readonly app: AppView;
  readonly revision: number;
  readonly onEvent: (id: string) => void;
  readonly onClose: () => void;
}

/** One app: its totals, its history and its events. */
export function AppPanel({ caseId, app, revision, onEvent, onClose }: AppPanelProps) {
  return (
    <SidePanel
      label={`App ${app.name}`}
      title={<span dir="auto">{app.name}</span>}
      under={
        <>
          uid {app.uid}
          {app.userName === null ? ` · user ${app.user}` : ` · ${app.userName}`}
          {app.packages.length === 1 ? <> · {app.packages[0]}</> : null}
        </>
      }
      onClose={onClose}
    >
      <PanelPart title="What the phone counted">
        <History caseId={caseId} app={app} revision={revision} />
        <Facts
          list={[
            ['Sent', <Amount key="s" bytes={app.sent} />],
            ['Received', <Amount key="r" bytes={app.received} />],
            ['Packets', `${groupedNumber(app.sentPackets)} sent, ${groupedNumber(app.receivedPackets)} received`],
            ['Sent in background', <Share key="b" part={app.sentBackground} whole={app.sent} />],
            ['Sent at night', <Share key="n" part={app.sentNight} whole={app.sent} />],
            ['Sent on mobile', <Share key="m" part={app.sentMobile} whole={app.sent} />],
            ['Sent roaming', <Share key="o" part={app.sentRoaming} whole={app.sent} />],
            ['First', <Moment key="f" iso={app.first} />],
            ['Last', <Moment key="l" iso={app.last} />],
          ]}
        />
        <p className="panel-act">
          <Button
            icon={<ChartNoAxesGantt className="icon" />}
            onPress={() => go('timeline', { by: 'app', app: app.key })}
          >
            Show in timeline
          </Button>
        </p>
      </PanelPart>
      <PanelPart title="Where it comes from">
        <Facts
          list={[
            ['Preinstalled', app.preinstalled === null ? null : app.preinstalled ? 'yes' : 'no'],
            ['Installed by', app.installer],
            ['First installed', app.firstInstall],
            [
              'Service',
              app.service === null ? (
                <span key="service" className="faint">
                  none known
                </span>
              ) : (
                `${app.service.name} (${app.service.vendor}), ${optionalText(app.service.optional)}`
              ),
            ],
          ]}
        />
        {app.packages.length > 1 ? (
          <>
            <p className="quiet app-shared">These {app.packages.length} packages share the uid, and so one counter:</p>
            <ul className="app-packages">
              {app.packages.map((name) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
          </>
        ) : null}
      </PanelPart>
      <ExplanationParts caseId={caseId} subject={{ kind: 'app', key: app.key }} revision={revision} />
      <AppEvents caseId={caseId} app={app} revision={revision} onEvent={onEvent} />
    </SidePanel>
  );
}
