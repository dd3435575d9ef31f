import { describe, expect, it } from 'vitest';
import { guardCommand, refusalOf } from './command-guard.ts';
import { changing, reading } from './testing/command-samples.ts';

describe('the guard before the phone', () => {
  it.each(reading)('lets through: %s', (command) => {
    expect(refusalOf(command)).toBeNull();
    expect(() => guardCommand(command)).not.toThrow();
  });

  it.each(changing)('refuses: %j', (command) => {
    expect(refusalOf(command)).not.toBeNull();
    expect(() => guardCommand(command)).toThrow(expect.objectContaining({ name: 'Failure', code: 'refused-command' }));
  });

  it('says what a refused command would have done', () => {
    expect(() => guardCommand('dumpsys batterystats --checkin')).toThrow(
      'The command “dumpsys batterystats --checkin” was not sent to the phone: it deletes the phone’s saved battery record.',
    );
    expect(() => guardCommand('reboot')).toThrow(
      'The command “reboot” was not sent to the phone: “reboot” is not on the list of commands that only read.',
    );
  });
});
