import type { LineReader, RecordSink, TextArtifact } from '../../../model/artifact.ts';
import type { Place } from '../../../model/place.ts';
import { cutLine } from '../../cut-line.ts';

/**
 * Reads `dumpsys account`: for each user how many accounts there are, each with type and name, and the apps that keep accounts of
 * a type. Before Android 4.2 there is one part and no user. Source: AccountManagerService.dump, Account.toString,
 * RegisteredServicesCache.dump of AOSP.
 */
class AccountsReader implements LineReader {
  private readonly sink: RecordSink;
  private user: number | null = null;
  /** How many accounts the phone said there are, and how many came. */
  private said: { readonly count: number; readonly at: Place } | null = null;
  private come = 0;
  private parts = 0;

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  line(text: string, at: Place): void {
    const line = text.trim();
    const user = /^User UserInfo\{(\d{1,6}):.{0,500}\}:$/.exec(line);
    if (user) {
      this.close();
      this.user = Number(user[1]);
      return;
    }
    const count = /^Accounts: (\d{1,6})$/.exec(line);
    if (count) {
      this.close();
      this.parts += 1;
      this.said = { count: Number(count[1]), at };
      const whose = this.user === null ? 'accounts' : `accounts.user.${this.user}`;
      this.sink.record({ kind: 'property', key: whose, value: count[1]! }, at);
      return;
    }
    if (line.startsWith('Account {') && this.said) {
      // A name may hold anything, so the type is what stands behind the last comma.
      const account = /^Account \{name=(.*), type=([^\s,{}]{1,200})\}$/.exec(line);
      if (account) {
        this.come += 1;
        this.sink.record({ kind: 'account', user: this.user, type: account[2]!, name: account[1]! }, at);
      } else {
        this.sink.warn({ at, text: null, reason: 'This account could not be read; its name is not repeated here.' });
      }
      return;
    }
    if (line.startsWith('ServiceInfo: AuthenticatorDescription ')) this.keeper(line, at);
  }

  private keeper(line: string, at: Place): void {
    const match =
      /AuthenticatorDescription \{type=([^\s,{}]{1,200})\}, ComponentInfo\{([\w.]{1,300})\/[^}]{0,500}\}(.*)$/.exec(
        line,
      );
    if (!match) {
      this.sink.warn({ at, text: line.slice(0, 200), reason: 'This keeper of accounts could not be read.' });
      return;
    }
    const uid = /, uid (\d{1,8})$/.exec(match[3]!)?.[1];
    this.sink.record(
      {
        kind: 'account keeper',
        user: this.user,
        type: match[1]!,
        package: match[2]!,
        uid: uid === undefined ? null : Number(uid),
      },
      at,
    );
  }

  unfinished(text: string, at: Place): void {
    cutLine(this.sink, 'dump', /Account \{/.test(text) ? '' : text, at);
  }

  passedOver(): void {}

  end(cut: boolean): void {
    if (!cut) this.close();
    if (this.parts === 0 && !cut) {
      this.sink.warn({
        at: { line: null, offset: null },
        text: null,
        reason: 'This dump does not say how many accounts there are.',
      });
    }
  }

  /** Whether as many accounts came as were said. */
  private close(): void {
    const { said, come } = this;
    this.said = null;
    this.come = 0;
    if (said && said.count !== come) {
      const reason = `The phone says that there are ${said.count} accounts here, and ${come} could be read.`;
      this.sink.warn({ at: said.at, text: null, reason });
    }
  }
}

/** The accounts that the phone holds, by type. Section: `dumpsys account`. */
export const accounts: TextArtifact = {
  id: 'accounts',
  title: 'Accounts on the phone',
  form: 'text',
  reads: ['dumpsys account'],
  proves: ['At the time of the dump the phone held these accounts, of these types, for these users.'],
  doesNotProve: [
    'An account on the phone does not say that it was used, or that a server was reached with it.',
    'An account that is not there may have been there before.',
    'It does not say whose account it is.',
  ],
  recognise({ text }) {
    const counted = /^[ \t]*Accounts: \d+[ \t]*\r?$/m.test(text);
    return counted && /^[ \t]*RegisteredServicesCache: \d+ services/m.test(text) && !/^Sync Status/m.test(text)
      ? 'dumpsys account'
      : null;
  },
  open: (_section, sink) => new AccountsReader(sink),
};
