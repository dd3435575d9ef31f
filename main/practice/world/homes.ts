import type { HomeId } from './options.ts';

/** Where an owner lives: zone, operator and the networks of that place. SSIDs are as people really write them. */
export interface Home {
  readonly id: HomeId;
  readonly zone: string;
  readonly standardMinutes: number;
  readonly locale: string;
  readonly country: string;
  /** MCC and MNC, then the start of the subscriber number. */
  readonly plmn: string;
  readonly operator: string;
  readonly abroad: {
    readonly plmn: string;
    readonly operator: string;
    readonly country: string;
    readonly ssid: string;
  };
  readonly wifi: readonly string[];
}

export const homes: readonly Home[] = [
  {
    id: 'delhi',
    zone: 'Asia/Kolkata',
    standardMinutes: 330,
    locale: 'hi-IN',
    country: 'in',
    plmn: '40410',
    operator: 'airtel',
    abroad: { plmn: '52501', operator: 'Singtel', country: 'sg', ssid: 'Changi#1 {guest}' },
    wifi: ['घर वाई-फ़ाई', 'Sharma, 2nd floor', 'Office-5G', 'Café "Chai"', 'AndroidAP_4412'],
  },
  {
    id: 'beijing',
    zone: 'Asia/Shanghai',
    standardMinutes: 480,
    locale: 'zh-CN',
    country: 'cn',
    plmn: '46000',
    operator: 'CHINA MOBILE',
    abroad: { plmn: '45400', operator: 'CSL', country: 'hk', ssid: '酒店 WiFi}' },
    wifi: ['小王的家', 'TP-LINK_8F2A', '公司网络]', '星巴克 uid=0', 'iPhone 热点'],
  },
  {
    id: 'berlin',
    zone: 'Europe/Berlin',
    standardMinutes: 60,
    locale: 'de-DE',
    country: 'de',
    plmn: '26201',
    operator: 'Telekom.de',
    abroad: { plmn: '22801', operator: 'Swisscom', country: 'ch', ssid: 'Hotel Löwen (Gäste)' },
    wifi: ['FRITZ!Box 7590 AB', 'Büro, 3. Stock', 'eduroam', 'WIFI@DB', 'Annas "Hotspot"'],
  },
  {
    id: 'moscow',
    zone: 'Europe/Moscow',
    standardMinutes: 180,
    locale: 'ru-RU',
    country: 'ru',
    plmn: '25001',
    operator: 'MTS RUS',
    abroad: { plmn: '28601', operator: 'Turkcell', country: 'tr', ssid: 'Otel-Misafir' },
    wifi: ['Дом на Неве', 'RT-GPON-1F', 'Работа}', 'Метро_WiFi_Free', 'Redmi Сергей'],
  },
  {
    id: 'dubai',
    zone: 'Asia/Dubai',
    standardMinutes: 240,
    locale: 'ar-AE',
    country: 'ae',
    plmn: '42402',
    operator: 'etisalat',
    abroad: { plmn: '42001', operator: 'STC', country: 'sa', ssid: 'ضيوف الفندق' },
    wifi: ['شبكة البيت', 'du-Home-5G', 'مكتب, الطابق ٤', 'Mall=Free]', 'Galaxy-Ali'],
  },
  {
    id: 'saopaulo',
    zone: 'America/Sao_Paulo',
    standardMinutes: -180,
    locale: 'pt-BR',
    country: 'br',
    plmn: '72405',
    operator: 'Claro BR',
    abroad: { plmn: '72207', operator: 'Movistar', country: 'ar', ssid: 'Hotel Ñandú' },
    wifi: ['Casa da Vó', 'VIVO-3F20', 'Escritório {3}', 'Café=grátis', 'moto g(7) set=ALL'],
  },
  {
    id: 'newyork',
    zone: 'America/New_York',
    standardMinutes: -300,
    locale: 'en-US',
    country: 'us',
    plmn: '310260',
    operator: 'T-Mobile',
    abroad: { plmn: '302720', operator: 'Rogers', country: 'ca', ssid: 'Marriott_GUEST' },
    wifi: ['x"}] uid=1000 set=ALL tag=0x0', 'Pretty Fly for a Wi-Fi', 'WeWork', 'LinkNYC Free', "Ben's iPhone"],
  },
];
