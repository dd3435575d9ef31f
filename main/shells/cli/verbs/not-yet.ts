import { Failure } from '../../../../shared/base/failure.ts';
import { verb } from '../verb.ts';

/** `hosts`: sockets name addresses only, and nothing in a case names hosts yet. */
export const hosts = verb<{ readonly case: string }>(
  'hosts',
  'hosts with their totals and labels (not there yet)',
  (command) => command.requiredOption('--case <folder>', 'the case'),
  async () => {
    throw new Failure(
      'wrong-use',
      'The verb `hosts` is not there yet: `events --kind contact` lists the connections that were seen.',
    );
  },
);

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
