/** Over which network a captured flow went, as far as the phone's own history tells. Derived over the whole case, like the other joins. */
export const flowNetworks: readonly string[] = [
  // network: its row in `network`. how: 'one network of the app', 'one network of the phone'.
  `CREATE TABLE flow_network (
    id INTEGER PRIMARY KEY, contact INTEGER NOT NULL, network INTEGER NOT NULL, how TEXT NOT NULL, confidence TEXT NOT NULL,
    why TEXT NOT NULL)`,
  `CREATE INDEX flow_network_contact ON flow_network (contact)`,
];

/** The same for a reader that may not change an older case file: what it lacks is empty. */
export const flowNetworksForReader: readonly string[] = flowNetworks
  .filter((statement) => statement.startsWith('CREATE TABLE'))
  .map((statement) => statement.replace('CREATE TABLE', 'CREATE TEMP TABLE'));
