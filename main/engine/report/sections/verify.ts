import { type Block, cell, code, heading, line, para, user } from '../document.ts';
import { count, grouped, hostTime } from '../format.ts';
import type { ReportSignature } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { SectionMaker } from './section.ts';

const ENDING = '.phonehome';

/** The case's folder as a shell takes it. */
function quoted(caseName: string): string {
  const name = caseName.endsWith(ENDING) ? caseName : caseName + ENDING;
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}

function signatureBlocks(signature: ReportSignature | null, folder: string): Block[] {
  const words = wording.signature;
  const head = heading(wording.signatureTitle);
  if (!signature) return [head, para(wording.signatureNone)];
  if (!signature.holds) return [head, para(wording.signatureBroken)];
  const stem = signature.manifest.replace(/\.json$/, '');
  return [
    head,
    para(wording.signatureText(count(signature.files ?? 0, 'file', 'files'), grouped(signature.lines ?? 0))),
    {
      kind: 'facts',
      rows: [
        { label: words.name, value: cell(user(signature.name ?? wording.notKnown)) },
        { label: words.fingerprint, value: [line(code(signature.fingerprint ?? wording.notKnown))] },
        { label: words.at, value: cell(user(plainTime(signature.signedAt))) },
        { label: words.manifest, value: [line(code(signature.manifest))] },
        { label: words.sha256, value: [line(code(signature.sha256))] },
        {
          label: words.stamp,
          value:
            signature.stamps.length === 0
              ? cell(words.notStamped)
              : [
                  ...signature.stamps.map((stamp) => line(user(`${plainTime(stamp.time)}, ${stamp.authority}`))),
                  line(words.issuer),
                ],
        },
      ],
    },
    { kind: 'para', runs: [wording.signatureHand], keep: true },
    {
      kind: 'code',
      lines: [
        `phonehome verify --case ${folder} --key KEY.pem`,
        `(cd ${folder} && openssl pkeyutl -verify -pubin -inkey KEY.pem -rawin -in ${signature.manifest} -sigfile ${stem}.sig)`,
      ],
    },
  ];
}

const plainTime = (iso: string | null) => (iso === null ? wording.notKnown : hostTime(iso));

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
      ...signatureBlocks(data.signature, folder),
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
