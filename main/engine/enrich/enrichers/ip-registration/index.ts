import type { AddressEnricherFactory } from '../../enricher-factory.ts';
import { statementsOf } from '../../statements-of.ts';

/** Under which country a range is registered. This is no place of a server: ranges of a company of one country serve in many. */
export const ipRegistration: AddressEnricherFactory = ({ databases }) => ({
  id: 'ip-registration',
  title: 'Countries under which addresses are registered',
  ofAddress: statementsOf(databases.registrations, ({ country }) => ({ kind: 'registration' as const, country })),
});
