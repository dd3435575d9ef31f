import { Failure } from '../../../../shared/base/failure.ts';
import { verb } from '../verb.ts';

/** `compare`: two acquisitions side by side. */
export const compare = verb<{ readonly case: string; readonly with: string }>(
  'compare',
  'two acquisitions side by side (not there yet)',
  (command) =>
    command.requiredOption('--case <folder>', 'the case').requiredOption('--with <folder>', 'the case beside it'),
  async () => {
    throw new Failure('wrong-use', 'The verb `compare` is not there yet in this version.');
  },
);
