import type { Rule } from '../rule.ts';
import { backgroundSender } from './background-sender/index.ts';
import { nightSender } from './night-sender/index.ts';
import { optionalServiceActive } from './optional-service-active/index.ts';

/** Every rule, one line a folder, in the order in which findings are shown. */
export const rules: readonly Rule[] = [optionalServiceActive, backgroundSender, nightSender];
