/** A city where made-up people live. */
export interface Place {
  key: string;
  name: { ru: string; en: string };
  country: 'RU' | 'KZ' | 'GE' | 'DE' | 'GB' | 'IE' | 'US' | 'NL' | 'PT';
  /** ISO 4217 currency in which people there name prices. */
  currency: 'RUB' | 'KZT' | 'USD' | 'EUR' | 'GBP';
  /** IANA name. */
  timeZone: string;
  /** What prices there are to those of an average city with the same currency. */
  priceLevel: number;
  /** How many of a hundred people of each language live there. */
  weight: { ru: number; en: number };
}

/** Cities by how many people live there; the shares add up to a hundred for each language. */
export const PLACES: readonly Place[] = [
  place('moscow', ['Москва', 'Moscow'], ['RU', 'RUB', 'Europe/Moscow'], 1.35, [33, 1]),
  place('saint-petersburg', ['Санкт-Петербург', 'St Petersburg'], ['RU', 'RUB', 'Europe/Moscow'], 1.15, [18, 1]),
  place('kazan', ['Казань', 'Kazan'], ['RU', 'RUB', 'Europe/Moscow'], 0.88, [7, 0]),
  place('novosibirsk', ['Новосибирск', 'Novosibirsk'], ['RU', 'RUB', 'Asia/Novosibirsk'], 0.9, [7, 0]),
  place('yekaterinburg', ['Екатеринбург', 'Yekaterinburg'], ['RU', 'RUB', 'Asia/Yekaterinburg'], 0.92, [7, 0]),
  place('nizhny-novgorod', ['Нижний Новгород', 'Nizhny Novgorod'], ['RU', 'RUB', 'Europe/Moscow'], 0.82, [5, 0]),
  place('krasnodar', ['Краснодар', 'Krasnodar'], ['RU', 'RUB', 'Europe/Moscow'], 0.84, [5, 0]),
  place('rostov', ['Ростов-на-Дону', 'Rostov-on-Don'], ['RU', 'RUB', 'Europe/Moscow'], 0.82, [4, 0]),
  place('samara', ['Самара', 'Samara'], ['RU', 'RUB', 'Europe/Samara'], 0.8, [4, 0]),
  place('almaty', ['Алматы', 'Almaty'], ['KZ', 'KZT', 'Asia/Almaty'], 1, [5, 6]),
  place('tbilisi', ['Тбилиси', 'Tbilisi'], ['GE', 'USD', 'Asia/Tbilisi'], 0.55, [3, 8]),
  place('berlin', ['Берлин', 'Berlin'], ['DE', 'EUR', 'Europe/Berlin'], 1.05, [2, 15]),
  place('london', ['Лондон', 'London'], ['GB', 'GBP', 'Europe/London'], 1.25, [0, 28]),
  place('manchester', ['Манчестер', 'Manchester'], ['GB', 'GBP', 'Europe/London'], 0.9, [0, 9]),
  place('edinburgh', ['Эдинбург', 'Edinburgh'], ['GB', 'GBP', 'Europe/London'], 0.98, [0, 8]),
  place('dublin', ['Дублин', 'Dublin'], ['IE', 'EUR', 'Europe/Dublin'], 1.2, [0, 8]),
  place('amsterdam', ['Амстердам', 'Amsterdam'], ['NL', 'EUR', 'Europe/Amsterdam'], 1.1, [0, 5]),
  place('lisbon', ['Лиссабон', 'Lisbon'], ['PT', 'EUR', 'Europe/Lisbon'], 0.75, [0, 3]),
  place('new-york', ['Нью-Йорк', 'New York'], ['US', 'USD', 'America/New_York'], 1.4, [0, 8]),
];

function place(
  key: string,
  [ru, en]: [string, string],
  [country, currency, timeZone]: [Place['country'], Place['currency'], string],
  priceLevel: number,
  [russian, english]: [number, number],
): Place {
  return { key, name: { ru, en }, country, currency, timeZone, priceLevel, weight: { ru: russian, en: english } };
}
