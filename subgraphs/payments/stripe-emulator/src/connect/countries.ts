const EURO = 'AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK';
const OWN_CURRENCIES: Readonly<Record<string, string>> = {
  AE: 'aed',
  AU: 'aud',
  BR: 'brl',
  CA: 'cad',
  CH: 'chf',
  CZ: 'czk',
  DK: 'dkk',
  GB: 'gbp',
  HK: 'hkd',
  HU: 'huf',
  IN: 'inr',
  JP: 'jpy',
  LI: 'chf',
  MX: 'mxn',
  NO: 'nok',
  NZ: 'nzd',
  PL: 'pln',
  RO: 'ron',
  SE: 'sek',
  SG: 'sgd',
  TH: 'thb',
  US: 'usd',
};
const CURRENCIES = new Map([
  ...EURO.split(' ').map((country) => [country, 'eur'] as const),
  ...Object.entries(OWN_CURRENCIES),
]);

/** The currency of a country in which connected accounts are kept, or nothing where there are none. */
export function currencyOfCountry(country: string): string | undefined {
  return CURRENCIES.get(country);
}
