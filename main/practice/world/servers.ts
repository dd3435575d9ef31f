/** A server of a maker, with a name and an address that were published. */
export interface Server {
  readonly host: string;
  readonly ip: string;
  readonly port: number;
}

/**
 * Whom Xiaomi's own apps call, up to three servers each: before the move, and after it where it is another. Names are those of published
 * code and reports; addresses are of blocks whose place is published: China Telecom and China Mobile in Beijing, Alibaba Cloud and AWS in
 * Singapore, AWS in Oregon, Mumbai and Frankfurt, Alibaba Cloud in the United States. Which name had which address, and that anything moved
 * in those days, is made up.
 */
const lines = `
com.xiaomi.account | api.account.xiaomi.com 42.62.48.10 | api.account.xiaomi.com 52.220.131.242
com.miui.cloudservice | contactapi.micloud.xiaomi.net 42.62.48.11 | contactapi.micloud.xiaomi.net 52.220.131.243
com.miui.cloudservice | statusapi.micloud.xiaomi.net 42.62.48.12 | statusapi.micloud.xiaomi.net 52.220.131.243
com.miui.micloudsync | noteapi.micloud.xiaomi.net 42.62.48.13 | noteapi.micloud.xiaomi.net 52.220.131.244
com.miui.micloudsync | wifiapi.micloud.xiaomi.net 42.62.48.13 | wifiapi.micloud.xiaomi.net 52.220.131.244
com.miui.cloudbackup | us.api.micloud.xiaomi.net 54.186.0.10
com.xiaomi.finddevice | find.api.micloud.xiaomi.net 42.62.48.14 | find.api.micloud.xiaomi.net 52.220.131.245
com.miui.gallery | galleryapi.micloud.xiaomi.net 42.62.48.15 | galleryapi.micloud.xiaomi.net 52.220.131.246
com.android.mms | api.account.xiaomi.com 42.62.48.10 | api.account.xiaomi.com 52.220.131.242
com.xiaomi.xmsf | cn.app.chat.xiaomi.net 111.13.141.211 5222 | app.chat.global.xiaomi.net 161.117.97.20 5222
com.xiaomi.xmsf | resolver.msg.xiaomi.net 111.13.141.212 | resolver.msg.global.xiaomi.net 161.117.97.14
com.xiaomi.xmsf | register.xmpush.xiaomi.com 111.13.141.213 | fr.register.xmpush.global.xiaomi.com 3.120.0.10
com.miui.analytics | tracking.miui.com 42.62.48.20 | tracking.intl.miui.com 161.117.71.214
com.miui.analytics | data.mistat.xiaomi.com 42.62.48.21 | data.mistat.intl.xiaomi.com 161.117.71.215
com.miui.analytics | sdkconfig.ad.xiaomi.com 42.62.48.22 | sdkconfig.ad.india.xiaomi.com 13.126.0.10
com.xiaomi.security.onetrack | tracking.miui.com 42.62.48.20 | tracking.india.miui.com 13.126.0.11
com.miui.daemon | mqs-log.miui.com 42.62.48.23 | mqs-log.miui.com 161.117.71.216
com.miui.misightservice | connect.rom.miui.com 42.62.48.24 | connect.intl.rom.miui.com 161.117.71.217
com.miui.msa.global | api.ad.intl.xiaomi.com 47.74.139.176
com.miui.msa.global | sdkconfig.ad.intl.xiaomi.com 47.74.139.177
com.miui.msa.global | tracking.eu.miui.com 18.184.0.10
com.miui.securitycenter | api.sec.miui.com 111.13.141.220 | api.sec.intl.miui.com 13.250.0.10
com.miui.guardprovider | update.avlyun.sec.miui.com 111.13.141.221
com.miui.packageinstaller | api.installer.xiaomi.com 111.13.141.222
com.miui.powerkeeper | jupiter.sys.miui.com 42.62.48.25 | jupiter.intl.sys.miui.com 13.250.0.11
com.android.updater | update.miui.com 42.62.48.26 | update.intl.miui.com 47.88.0.10
com.xiaomi.mipicks | global.market.xiaomi.com 13.250.0.12
com.android.thememanager | api.zhuti.intl.xiaomi.com 13.250.0.13
com.miui.weather2 | weatherapi.market.xiaomi.com 42.62.48.27 | data.sec.intl.miui.com 13.250.0.14
com.miui.yellowpage | api.huangye.miui.com 42.62.48.28 | global.api.huangye.miui.com 13.250.0.15
com.mi.globalbrowser | sa.api.intl.miui.com 161.117.71.218
com.miui.hybrid | api.hybrid.xiaomi.com 42.62.48.29
com.xiaomi.mi_connect_service | idm.api.io.mi.com 111.13.141.223
com.xiaomi.smarthome | api.io.mi.com 13.126.0.12
`;

const read = (text: string): Server => {
  const [host = '', ip = '', port = '443'] = text.trim().split(' ');
  return { host, ip, port: Number(port) };
};

const byPackage = Map.groupBy(
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', before = '', after = before] = line.split(' | ');
      return { name, before: read(before), after: read(after) };
    }),
  ({ name }) => name,
);

/** The server that a package calls for one of its services, or null where none of its was published. */
export function publishedServer(name: string, which: number, moved: boolean): Server | null {
  const own = byPackage.get(name);
  const one = own?.[which % own.length];
  return one === undefined ? null : moved ? one.after : one.before;
}
