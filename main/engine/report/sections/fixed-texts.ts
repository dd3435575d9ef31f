import { type Block, cell, code, exact, leadIn, line, note, small, strong, user } from '../document.ts';
import { wording } from '../wording.ts';
import type { SectionMaker } from './section.ts';

export const limits: SectionMaker = {
  id: 'limits',
  title: wording.sections.limits,
  required: true,
  make: () => [{ kind: 'items', items: wording.limits.map(([title, text]) => [strong(title), ` ${text}`]) }],
};

export const glossary: SectionMaker = {
  id: 'glossary',
  title: wording.sections.glossary,
  required: false,
  make: () => [{ kind: 'facts', rows: wording.glossary.map(([word, text]) => ({ label: word, value: cell(text) })) }],
};

export const notices: SectionMaker = {
  id: 'notices',
  title: wording.sections.notices,
  required: false,
  make(data) {
    const { columns } = wording;
    const blocks: Block[] = [];
    if (data.notices.length === 0) blocks.push(note(wording.noticesNone));
    else {
      blocks.push(leadIn(wording.noticesData), {
        kind: 'table',
        columns: [
          { title: columns.list, width: 'rest' },
          { title: columns.licence, width: 34 },
          { title: columns.date, width: 22 },
        ],
        rows: data.notices.map((one) => [
          [line(user(one.name)), small(user(one.source)), ...(one.sha256 === null ? [] : [exact(code(one.sha256))])],
          cell(user(one.licence)),
          cell(one.date === null ? wording.notKnown : user(one.date)),
        ]),
      });
    }
    return [...blocks, note(wording.noticesMade)];
  },
};
