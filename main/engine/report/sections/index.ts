import { acquisition } from './acquisition.ts';
import { apps } from './apps.ts';
import { contacts } from './contacts.ts';
import { destinations } from './destinations.ts';
import { evidence } from './evidence.ts';
import { findings } from './findings.ts';
import { glossary, limits, notices } from './fixed-texts.ts';
import { phone } from './phone.ts';
import { question } from './question.ts';
import { refused } from './refused.ts';
import type { SectionMaker } from './section.ts';
import { services } from './services.ts';
import { timeline } from './timeline.ts';
import { verify } from './verify.ts';
import { warnings } from './warnings.ts';

/** The chapters in the order of the report. */
export const sections: readonly SectionMaker[] = [
  question,
  phone,
  acquisition,
  refused,
  timeline,
  apps,
  destinations,
  services,
  contacts,
  findings,
  limits,
  warnings,
  evidence,
  verify,
  glossary,
  notices,
];
