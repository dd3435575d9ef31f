import type { GroupHandlers, HostContext } from '../host-context.ts';

/** `report`: its sections, a preview, and the PDF. */
export function reportHandlers({ engine, cases, tasks }: HostContext): GroupHandlers<'report'> {
  return {
    async sections() {
      return engine.reportSections().map((section) => ({ ...section }));
    },
    preview: (args) => cases.get(args.case).reportPreview(args.choices, args.maxPages),
    async write({ case: id, task, out, choices }) {
      const open = cases.get(id);
      return tasks.run({ task, kind: 'report', case: id }, (work) => open.reportWrite(out, choices, work));
    },
  };
}
