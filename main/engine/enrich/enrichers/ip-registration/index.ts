import type { AddressEnricherFactory } from '../../enricher-factory.ts';

/** Under which country a range is registered. This is no place of a server: ranges of a company of one country serve in many. */
export const ipRegistration: AddressEnricherFactory = ({ databases }) => ({
  id: 'ip-registration',
  title: 'Countries under which addresses are registered',
  ofAddress: (ip) =>
    databases.registrations.flatMap(({ of, source }) => {
      const found = of(ip);
      return found ? [{ kind: 'registration' as const, country: found.country, source }] : [];
    }),
});
