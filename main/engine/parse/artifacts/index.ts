import type { Artifact } from '../../model/artifact.ts';
import { netstatsBinary } from './netstats-binary/index.ts';
import { netstatsText } from './netstats-text/index.ts';

/** Every artifact that this program reads, in the order in which a file that nobody named is shown to them. */
export const artifacts: readonly Artifact[] = [netstatsBinary, netstatsText];
