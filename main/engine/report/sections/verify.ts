import { type Block, heading, para } from '../document.ts';
import { count } from '../format.ts';
import { wording } from '../wording.ts';
import type { SectionMaker } from './section.ts';

const ENDING = '.phonehome';

/** The case's folder as a shell takes it. */
function quoted(caseName: string): string {
  const name = caseName.endsWith(ENDING) ? caseName : caseName + ENDING;
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}

export const verify: SectionMaker = {
  id: 'verify',
  title: wording.sections.verify,
  required: true,
  make(data) {
    const folder = quoted(data.caseName);
    const steps = wording.verifySteps;
    const blocks: Block[] = [
      para(wording.custodyText(count(data.custody.lines, 'line', 'lines'))),
      { kind: 'code', lines: [data.custody.head] },
      heading(wording.verifyTitle),
      { kind: 'para', runs: [steps.program], keep: true },
      { kind: 'code', lines: [`phonehome verify --case ${folder}`] },
      { kind: 'para', runs: [steps.hand], keep: true },
      {
        kind: 'code',
        lines: [
          `(cd ${folder}/evidence && sha256sum *)`,
          ...(data.custody.lines === 0
            ? []
            : [`sed -n ${data.custody.lines}p ${folder}/custody.jsonl | tr -d '\\n' | sha256sum`]),
        ],
      },
      { kind: 'para', runs: [steps.windows], keep: true },
      { kind: 'code', lines: [`Get-ChildItem ${folder}\\evidence | Get-FileHash -Algorithm SHA256`] },
      { kind: 'para', runs: [steps.rebuild], keep: true },
      { kind: 'code', lines: [`phonehome rebuild --case ${folder}`] },
      para(steps.report),
    ];
    return blocks;
  },
};
