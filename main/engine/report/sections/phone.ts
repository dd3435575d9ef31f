import { type Block, cell, code, heading, leadIn, note, para, user } from '../document.ts';
import { wording } from '../wording.ts';
import type { SectionMaker } from './section.ts';

export const phone: SectionMaker = {
  id: 'phone',
  title: wording.sections.phone,
  required: false,
  make(data) {
    const { columns } = wording;
    const blocks: Block[] = [];
    if (data.identity.length === 0) blocks.push(para(wording.phoneNothing));
    else {
      blocks.push(leadIn(wording.phoneIntro), {
        kind: 'table',
        columns: [
          { title: columns.property, width: 56 },
          { title: columns.value, width: 'rest' },
          { title: columns.place, width: 28 },
        ],
        rows: data.identity.map((fact) => [
          cell(code(fact.key)),
          cell(user(fact.value)),
          cell(fact.line === null ? fact.evidence : `${fact.evidence},\u00a0line\u00a0${fact.line}`),
        ]),
      });
    }
    blocks.push(heading(wording.users));
    if (data.phone.users.length === 0) return [...blocks, para(wording.usersNone)];
    blocks.push({
      kind: 'table',
      columns: [
        { title: columns.user, width: 20 },
        { title: columns.name, width: 'rest' },
        { title: columns.kind, width: 60 },
      ],
      rows: data.phone.users.map((one) => [
        cell(String(one.id)),
        cell(one.name === null ? wording.notKnown : user(one.name)),
        cell(one.kind ?? wording.none),
      ]),
    });
    return [...blocks, note(wording.usersNote)];
  },
};
