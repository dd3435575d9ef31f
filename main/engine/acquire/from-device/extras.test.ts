import { describe, expect, it } from 'vitest';
import { acquisition } from './testing/good-phone.ts';

describe('what changes the phone', () => {
  const path = '/data/user_de/0/com.android.shell/files/bugreports/bugreport-x-2026.zip';
  const reporting = (said: string) => (command: string) =>
    command.startsWith('bugreportz') ? { stdout: said } : command.startsWith('cat /data') ? { stdout: 'PK' } : null;

  it('is done last, only where it was asked for, and logged before it is sent', async () => {
    const { run, keep, bridge } = acquisition(reporting(`BEGIN:${path}\nPROGRESS:1/2\nOK:${path}\n`));
    const result = await run({ profile: 'quick', extras: ['netstats-poll', 'bugreport'] });
    expect(result.state).toBe('complete');
    expect(bridge.asked.slice(-14, -8)).toEqual([
      expect.stringContaining('query-activities --user 10'),
      'dumpsys -t 30 netstats --poll',
      'dumpsys -t 120 netstats --full --uid --tag',
      'bugreportz -p',
      `cat ${path}`,
      expect.stringContaining('date'),
    ]);
    const changes = keep.logged.filter(({ action }) => action === 'phone.change');
    expect(changes.map(({ details }) => [details.asked, details.command])).toEqual([
      ['netstats-poll', 'dumpsys -t 30 netstats --poll'],
      ['bugreport', 'bugreportz -p'],
    ]);
    expect(keep.kept.filter(({ section }) => section === 'dumpsys netstats')).toHaveLength(2);
    expect(keep.kept.find(({ section }) => section === 'bugreport')!.content.toString()).toBe('PK');
  });

  it('is not done otherwise', async () => {
    const { run, keep, bridge } = acquisition();
    await run();
    expect(bridge.asked.join('\n')).not.toMatch(/poll|bugreport/);
    expect(keep.logged.map(({ action }) => action)).toEqual(['clock.compared', 'clock.compared']);
  });

  it.each([
    ['a failure', 'BEGIN:/x\nFAIL:no space\n', 'This phone cannot say: “FAIL:no space”.'],
    ['no end', `BEGIN:${path}\n`, 'The answer lacks the line with which a whole one ends.'],
  ])('a report that did not come about is not asked for: %s', async (_, said, why) => {
    const { run, bridge } = acquisition(reporting(said));
    const result = await run({ profile: 'quick', extras: ['bugreport'] });
    expect(result.refused.find(({ id }) => id === 'bugreport')!.why).toBe(why);
    expect(result.refused.find(({ id }) => id === 'bugreport file')).toMatchObject({ state: 'unavailable' });
    expect(bridge.asked.some((command) => command.startsWith('cat /data'))).toBe(false);
  });

  it.each(['OK:/etc/passwd', `OK:${path}/../../x.zip`, 'OK:/bugreports/bugreport-a.zip;reboot', 'OK:/bugreports/../x'])(
    'a path that leads elsewhere is not followed: %s',
    async (said) => {
      const { run, bridge } = acquisition(reporting(`BEGIN:/x\n${said}\n`));
      await run({ profile: 'quick', extras: ['bugreport'] });
      expect(bridge.asked.filter((command) => command.startsWith('cat ') && !command.includes('/proc/'))).toEqual([]);
    },
  );
});
