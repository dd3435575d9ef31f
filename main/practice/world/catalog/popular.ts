/**
 * Apps that people install, with the label that their launcher icon carries. One a line:
 * package | label | habit. Five scripts: Latin, Chinese, Devanagari, Arabic, Cyrillic.
 */
export const latinApps = `
com.whatsapp | WhatsApp | chat
com.facebook.katana | Facebook | social
com.facebook.orca | Messenger | chat
com.instagram.android | Instagram | social
org.telegram.messenger | Telegram | chat
com.snapchat.android | Snapchat | social
com.zhiliaoapp.musically | TikTok | video
com.twitter.android | X | social
com.spotify.music | Spotify | music
com.netflix.mediaclient | Netflix | video
com.amazon.mShop.android.shopping | Amazon Shopping | shop
com.ubercab | Uber | maps
org.thoughtcrime.securesms | Signal | chat
com.viber.voip | Viber | chat
com.skype.raider | Skype | chat
com.discord | Discord | chat
com.linkedin.android | LinkedIn | social
com.pinterest | Pinterest | social
com.reddit.frontpage | Reddit | social
com.microsoft.office.outlook | Outlook | mail
com.microsoft.teams | Teams | chat
us.zoom.videomeetings | Zoom | trace
com.dropbox.android | Dropbox | cloud
com.booking | Booking.com | light
com.airbnb.android | Airbnb | light
com.duolingo | Duolingo | light
com.strava | Strava | light
com.king.candycrushsaga | Candy Crush Saga | ads
com.supercell.clashofclans | Clash of Clans | game
com.tencent.ig | PUBG MOBILE | game
com.mojang.minecraftpe | Minecraft | game
com.shazam.android | Shazam | light
com.soundcloud.android | SoundCloud | music
org.mozilla.firefox | Firefox | browser
com.opera.mini.native | Opera Mini | browser
com.brave.browser | Brave | browser
com.UCMobile.intl | UC Browser | browser
com.truecaller | Truecaller | telemetry
com.lenovo.anyshare.gps | SHAREit | ads
cn.wps.moffice_eng | WPS Office | ads
com.adobe.reader | Adobe Acrobat | trace
com.evernote | Evernote | light
com.ebay.mobile | eBay | shop
com.alibaba.aliexpresshd | AliExpress | shop
com.zzkko | SHEIN | shop
com.einnovation.temu | Temu | shop
com.paypal.android.p2pmobile | PayPal | light
com.revolut.revolut | Revolut | light
com.accuweather.android | AccuWeather | weather
com.weather.Weather | The Weather Channel | weather
com.waze | Waze | maps
com.citymapper.app.release | Citymapper | maps
com.tripadvisor.tripadvisor | Tripadvisor | light
com.flipkart.android | Flipkart | shop
com.phonepe.app | PhonePe | light
net.one97.paytm | Paytm | light
com.jio.myjio | MyJio | light
in.swiggy.android | Swiggy | light
com.application.zomato | Zomato | light
com.hotstar.android | Hotstar | video
com.wireguard.android | WireGuard | silent
org.torproject.android | Orbot | trace
com.nordvpn.android | NordVPN | light
org.videolan.vlc | VLC | trace
com.ichi2.anki | AnkiDroid | trace
org.fdroid.fdroid | F-Droid | light
com.fsck.k9 | K-9 Mail | mail
net.osmand.plus | OsmAnd+ | light
de.hafas.android.db | DB Navigator | light
com.lemonde.androidapp | Le Monde | light
br.com.gabba.Caixa | CAIXA | light
com.mercadolibre | Mercado Libre | shop
com.vng.zing.mp3 | Zing MP3 - Nghe nhạc | music
tr.gov.turkiye.edevlet.kapisi | e-Devlet Kapısı | trace
pl.allegro | Allegro | shop
se.bankgirot.swish | Swish | trace
org.example.notes | Notes = {draft}, [v2]: "a" | trace
`;

export const chineseApps = `
com.tencent.mm | 微信 | chat
com.tencent.mobileqq | 手机QQ | chat
com.eg.android.AlipayGphone | 支付宝 | medium
com.taobao.taobao | 淘宝 | shop
com.jingdong.app.mall | 京东 | shop
com.xunmeng.pinduoduo | 拼多多 | shop
com.ss.android.ugc.aweme | 抖音 | video
com.smile.gifmaker | 快手 | video
com.sina.weibo | 微博 | social
com.xingin.xhs | 小红书 | social
tv.danmaku.bili | 哔哩哔哩 | video
com.zhihu.android | 知乎 | social
com.ss.android.article.news | 今日头条 | ads
com.autonavi.minimap | 高德地图 | maps
com.baidu.BaiduMap | 百度地图 | maps
com.baidu.searchbox | 百度 | browser
com.UCMobile | UC浏览器 | browser
com.netease.cloudmusic | 网易云音乐 | music
com.tencent.qqmusic | QQ音乐 | music
com.kugou.android | 酷狗音乐 | music
com.youku.phone | 优酷视频 | video
com.qiyi.video | 爱奇艺 | video
com.tencent.qqlive | 腾讯视频 | video
com.sankuai.meituan | 美团 | shop
me.ele | 饿了么 | shop
com.sdu.didi.psnger | 滴滴出行 | maps
ctrip.android.view | 携程旅行 | light
com.MobileTicket | 铁路12306 | light
com.tencent.tmgp.sgame | 王者荣耀 | game
com.moji.mjweather | 墨迹天气 | weather
cmb.pb | 招商银行 | light
com.icbc | 中国工商银行 | light
`;

export const devanagariApps = `
in.aajtak.headlines | आज तक | medium
com.hindi.jagran.android.activity | दैनिक जागरण | medium
com.ak.ta.dainikbhaskar.activity | दैनिक भास्कर | medium
com.amarujala.news | अमर उजाला | light
com.eterno | डेलीहंट | ads
in.mohalla.sharechat | शेयरचैट | social
com.vaibhavkalpe.android.khatabook | खाताबुक | light
com.ojassoft.calendar | हिन्दी पंचांग | light
com.whereismytrain.android | मेरी ट्रेन कहाँ है | light
com.bhimupi.hindi | भीम यूपीआई | light
in.gov.umang.negd.g2c | उमंग | light
com.krishi.kisansuvidha | किसान सुविधा | light
com.gaana.hindi | गाना संगीत | music
com.kuku.fm | कुकू एफएम | music
com.ramcharitmanas.hindi | रामचरितमानस | trace
com.epapr.navbharat | नवभारत टाइम्स | light
`;

export const arabicApps = `
net.aljazeera.arabic | الجزيرة | medium
net.alarabiya.android | العربية | medium
com.careem.acma | كريم | maps
com.talabat | طلبات | shop
com.hungerstation.android.web | هنقرستيشن | shop
com.haraj.app | حراج | shop
com.anghami | أنغامي | music
sa.gov.nic.tawakkalna | توكلنا | light
sa.gov.moi | أبشر | light
com.alrajhiretailapp | مصرف الراجحي | light
com.quran.labs.androidquran | القرآن الكريم | light
com.athan.prayer | مواقيت الصلاة | light
com.souq.app | سوق.كوم | shop
net.mbc.shahid | شاهد | video
com.almosafer.mobile | المسافر | light
com.opensooq.OpenSooq | السوق المفتوح | shop
`;

export const cyrillicApps = `
com.vkontakte.android | ВКонтакте | social
ru.ok.android | Одноклассники | social
ru.yandex.searchplugin | Яндекс | browser
ru.yandex.yandexmaps | Яндекс Карты | maps
ru.yandex.taxi | Яндекс Go | maps
ru.yandex.music | Яндекс Музыка | music
ru.beru.android | Яндекс Маркет | shop
ru.sberbankmobile | СберБанк | light
com.idamob.tinkoff.android | Тинькофф | light
ru.rostel | Госуслуги | light
ru.dublgis.dgismobile | 2ГИС | maps
com.avito.android | Авито | shop
ru.mail.mailapp | Почта Mail.ru | mail
ru.kinopoisk | Кинопоиск | video
ru.rzd.pass | РЖД Пассажирам | light
ru.tutu.tutu_emp | Туту.ру | light
ua.privatbank.ap24 | Приват24 | light
ua.novaposhtaa | Нова пошта | light
bg.sofia.transport | Софийски транспорт | light
kz.kaspi.mobile | Kaspi.kz — Народный | light
`;
