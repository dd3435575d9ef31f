/** `[key]: [value]` lines of `getprop`, as far as values stand on one line. */
export function propertiesOf(text: string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const [, key, value] of text.matchAll(/^\[([^\]]+)\]: \[(.*)\]\r?$/gm)) properties[key!] = value!;
  return properties;
}

/** The number of the phone's Android, or null where it does not say one. */
export function sdkOf(properties: Readonly<Record<string, string>>): number | null {
  const sdk = Number(properties['ro.build.version.sdk'] ?? Number.NaN);
  return Number.isInteger(sdk) && sdk > 0 ? sdk : null;
}

const bugreportPath =
  /^\/(?:bugreports|data\/user_de\/\d{1,5}\/com\.android\.shell\/files\/bugreports)\/bugreport-[\w.+-]{1,200}\.zip$/;

/** Where `bugreportz` says that its report lies; only in the folders in which Android keeps them. */
export function bugreportIn(text: string): string | null {
  const path = /^OK:(\/\S{1,500})$/m.exec(text)?.[1];
  return path !== undefined && bugreportPath.test(path) ? path : null;
}
