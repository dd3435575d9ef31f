import type { LineReader, RecordSink, TextArtifact } from '../../../model/artifact.ts';
import type { Place, SectionHead } from '../../../model/place.ts';
import { cutLine } from '../../cut-line.ts';
import { packageRecord } from '../../packages/package-record.ts';

/** One activity of the answer, as far as it was read. */
interface Activity {
  readonly at: Place;
  packageName: string | null;
  ownLabel: string | null;
  appLabel: string | null;
  inApplication: boolean;
}

/**
 * Reads `cmd package query-activities`: blocks `Activity #0:` with `ActivityInfo:` and, inside, `ApplicationInfo:`, each
 * with `packageName=` and `labelRes=0x… nonLocalizedLabel=TEXT icon=0x…`. Only labels that are plain text in the manifest
 * are said; of the others the dump gives a resource number. Source: ResolveInfo and PackageItemInfo of AOSP.
 */
class AppLabelsReader implements LineReader {
  private readonly sink: RecordSink;
  private readonly user: number | null;
  private activity: Activity | null = null;
  private readonly told = new Set<string>();

  constructor(section: SectionHead, sink: RecordSink) {
    this.sink = sink;
    this.user = section.user ?? null;
  }

  line(text: string, at: Place): void {
    const said = text.trim();
    if (/^Activity #\d+:$/.test(said)) {
      this.release();
      this.activity = { at, packageName: null, ownLabel: null, appLabel: null, inApplication: false };
      return;
    }
    const { activity } = this;
    if (!activity) return;
    if (said === 'ApplicationInfo:') activity.inApplication = true;
    else if (said.startsWith('packageName=')) activity.packageName ??= said.slice('packageName='.length) || null;
    else if (said.startsWith('labelRes=0x')) {
      const label =
        /^labelRes=0x[0-9a-f]{1,8} nonLocalizedLabel=(.{1,1000}) icon=0x[0-9a-f]{1,8}(?: banner=0x[0-9a-f]{1,8})?$/i.exec(
          said,
        )?.[1];
      if (label === undefined || label === 'null') return;
      if (activity.inApplication) activity.appLabel ??= label;
      else activity.ownLabel ??= label;
    }
  }

  unfinished(text: string, at: Place): void {
    cutLine(this.sink, 'answer', text, at);
  }

  passedOver(): void {
    this.release();
  }

  end(): void {
    this.release();
  }

  private release(): void {
    const { activity } = this;
    this.activity = null;
    const name = activity?.packageName;
    const label = activity?.appLabel ?? activity?.ownLabel;
    if (!activity || !name || !label || !/^[\w.-]{1,300}$/.test(name) || this.told.has(name)) return;
    this.told.add(name);
    this.sink.record(packageRecord(name, { user: this.user, label }), activity.at);
  }
}

/** Names under which apps stand in the launcher. Section: `app labels`. */
export const appLabels: TextArtifact = {
  id: 'app-labels',
  title: 'Names of apps',
  form: 'text',
  reads: ['app labels'],
  proves: ['The app gives itself this name.'],
  doesNotProve: ['An app may give itself any name; only its package name and signature identify it.'],
  recognise({ text }) {
    return /^\d+ activities found:/m.test(text) && /^\s+ActivityInfo:\s*$/m.test(text) ? 'app labels' : null;
  },
  open: (section, sink) => new AppLabelsReader(section, sink),
};
