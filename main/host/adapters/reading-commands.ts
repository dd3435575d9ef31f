import { dumpsysRefusal } from './reading-dumpsys.ts';

/** Says why these arguments are not let through, or null. Refusals complete the sentence “… was not sent: …”. */
export type ArgumentRule = (args: readonly string[]) => string | null;

const notKnown = (words: readonly string[]) => `“${words.join(' ')}” is not on the list of commands that only read`;

/** Every argument must match one of the patterns. */
function only(program: string, ...patterns: readonly RegExp[]): ArgumentRule {
  return (args) =>
    args.every((arg) => patterns.some((pattern) => pattern.test(arg))) ? null : notKnown([program, ...args]);
}

const number = /^\d{1,5}$/;
const packageName = /^[A-Za-z][\w]*(\.\w+)+$/;

/** Sub-commands of `pm` and `cmd package` that only read, each with what may follow. */
const packageReads: Readonly<Record<string, readonly RegExp[]>> = {
  list: [
    /^(users|packages|features|libraries|permissions|permission-groups|instrumentation)$/,
    /^-[fiuUdseas3]$/,
    /^--(user|uid|show-versioncode|apex-only|factory-only|match-libraries)$/,
    number,
    packageName,
  ],
  // Packages of the system itself may have a name without a dot: `android`.
  path: [/^--user$/, number, /^[A-Za-z]\w*(\.\w+)*$/],
  'query-activities': [
    /^--(brief|components|user)$/,
    /^-[acdtn]$/,
    number,
    /^android\.intent\.(action|category)\.[A-Z_]+$/,
    packageName,
  ],
  'get-app-links': [/^--user$/, number, packageName],
  'get-max-users': [],
};

const packageRule =
  (program: string): ArgumentRule =>
  ([verb = '', ...rest]) => {
    const patterns = Object.hasOwn(packageReads, verb) ? packageReads[verb] : undefined;
    if (!patterns) return notKnown([program, verb]);
    return rest.every((arg) => patterns.some((pattern) => pattern.test(arg)))
      ? null
      : notKnown([program, verb, ...rest]);
  };

const settingsRule: ArgumentRule = (args) => {
  // The user may stand before the verb, as Android 5 and 6 want it, or behind.
  const [verb, ...rest] = args[0] === '--user' && number.test(args[1] ?? '') ? args.slice(2) : args;
  if (verb !== 'get' && verb !== 'list') return `“settings ${verb ?? ''}” could change a setting`;
  const words = rest[0] === '--user' && number.test(rest[1] ?? '') ? rest.slice(2) : rest;
  const [table = '', key, ...more] = words;
  const fits =
    /^(global|secure|system)$/.test(table) &&
    (verb === 'get' ? /^[a-z][a-z0-9_]*$/.test(key ?? '') : key === undefined) &&
    more.length === 0;
  return fits ? null : notKnown(['settings', ...args]);
};

const logcatRule: ArgumentRule = (args) => {
  if (args.some((arg) => /^(-c|--clear|-G|--buffer-size|-P|--prune)/.test(arg))) {
    return 'it would empty or resize the phone’s log';
  }
  if (!args.includes('-d') && !args.includes('-g')) return 'a log that is followed without end is not let through';
  return only(
    'logcat',
    /^-[dDg]$|^-L$/,
    /^-[bvtT]$/,
    /^(main|system|radio|events|crash|stats|all)$/,
    /^(threadtime|uid|epoch|usec|printable|year|zone|UTC|descriptive)$/,
    /^\d+(\.\d+)?$/,
    /^\*:[VDIWEFS]$/,
  )(args);
};

/** Files below /proc that tell and do not change by being read. /proc/kmsg, for one, is emptied by reading. */
const procFiles =
  /^\/proc\/(uptime|version|cpuinfo|meminfo|mounts|net\/(tcp6?|udp6?|raw6?|dev|route|ipv6_route|if_inet6|arp|snmp6?|netstat|unix|xt_qtaguid\/stats)|sys\/kernel\/random\/boot_id)$/;

/** A report that the phone made of itself, in the folders in which Android keeps them. Reading it changes nothing. */
const bugreportFile =
  /^\/(?:bugreports|data\/user_de\/\d{1,5}\/com\.android\.shell\/files\/bugreports)\/bugreport-[\w.+-]{1,200}\.zip$/;

const cmdRule: ArgumentRule = ([service = '', ...rest]) => {
  switch (service) {
    case 'package':
      return packageRule('cmd package')(rest);
    case 'settings':
      return settingsRule(rest);
    case 'time_detector':
      return only('cmd time_detector', /^get_unix_epoch_time_state$/)(rest);
    default:
      return notKnown(['cmd', service, ...rest]);
  }
};

const amRule: ArgumentRule = (args) =>
  args.length === 1 && args[0] === 'get-current-user' ? null : notKnown(['am', ...args]);

const ipRule: ArgumentRule = (args) => {
  const words = args.filter((arg) => !/^-[46sdo]$/.test(arg));
  const [object, verb, ...rest] = words;
  const reads = object !== undefined && /^(addr|address|route|rule|link|neigh)$/.test(object);
  return reads && rest.length === 0 && (verb === undefined || verb === 'show' || verb === 'list')
    ? null
    : notKnown(['ip', ...args]);
};

/** Programs by name. What is not here is refused. */
export const readingPrograms: ReadonlyMap<string, ArgumentRule> = new Map<string, ArgumentRule>([
  ['getprop', (args) => (args.length > 1 ? notKnown(['getprop', ...args]) : only('getprop', /^[\w.-]+$/)(args))],
  // Without the plus sign a word would set the clock.
  ['date', only('date', /^-u$/, /^\+[%\w.: -]+$/)],
  ['cat', (args) => (args.length === 0 ? 'it would wait for input' : only('cat', procFiles, bugreportFile)(args))],
  ['echo', only('echo', /^[\w.:=@ /-]*$/)],
  ['id', only('id')],
  ['uname', only('uname', /^-[asrvm]$/)],
  ['uptime', only('uptime')],
  ['getenforce', only('getenforce')],
  ['pm', packageRule('pm')],
  ['cmd', cmdRule],
  ['settings', settingsRule],
  ['am', amRule],
  ['dumpsys', dumpsysRefusal],
  ['logcat', logcatRule],
  ['ip', ipRule],
  ['netstat', only('netstat', /^-[tunapeWlr]+$/)],
]);
