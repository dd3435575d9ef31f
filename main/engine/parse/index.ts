export { artifacts } from './artifacts/index.ts';
export { checkContainer } from './check-container.ts';
export { parseEvidence } from './parse-evidence.ts';
export { type RawLine, readRaw } from './read-raw.ts';
export { defaultLimits, type Limits } from './sections/budget.ts';
