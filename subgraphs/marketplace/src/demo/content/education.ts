import type { SubjectKey } from './content.js';

/** Universities where tutors studied, by the city (a place's key) where they live; `elsewhere` for all the others. */
export const UNIVERSITIES = {
  ru: {
    moscow: ['МГУ имени Ломоносова', 'МПГУ', 'РУДН', 'НИУ ВШЭ'],
    'saint-petersburg': ['СПбГУ', 'РГПУ имени Герцена'],
    kazan: ['Казанский федеральный университет'],
    novosibirsk: ['Новосибирский государственный университет', 'НГПУ'],
    yekaterinburg: ['Уральский федеральный университет', 'УрГПУ'],
    'nizhny-novgorod': ['ННГУ имени Лобачевского', 'Мининский университет'],
    krasnodar: ['Кубанский государственный университет'],
    rostov: ['Южный федеральный университет'],
    samara: ['Самарский университет'],
    almaty: ['КазНУ имени аль-Фараби', 'КазНПУ имени Абая'],
    tbilisi: ['МГУ имени Ломоносова', 'Тбилисский государственный университет'],
    elsewhere: [
      'СПбГУ',
      'МГУ имени Ломоносова',
      'Томский государственный университет',
      'Воронежский государственный университет',
    ],
  },
  en: {
    london: ['University College London', "King's College London", 'Queen Mary University of London'],
    manchester: ['the University of Manchester', 'the University of Leeds'],
    edinburgh: ['the University of Edinburgh', 'the University of Glasgow'],
    dublin: ['Trinity College Dublin', 'University College Dublin'],
    berlin: ['Humboldt University of Berlin', 'Freie Universität Berlin'],
    amsterdam: ['the University of Amsterdam'],
    lisbon: ['the University of Lisbon'],
    'new-york': ['New York University', 'Columbia University', 'Hunter College'],
    tbilisi: ['Tbilisi State University', 'Ilia State University'],
    almaty: ['Al-Farabi Kazakh National University', 'KIMEP University'],
    elsewhere: ['the University of Bristol', 'the University of Leeds', 'Durham University'],
  },
} as const;

/** Where musicians studied. */
export const CONSERVATOIRES = {
  ru: {
    moscow: ['РАМ имени Гнесиных', 'Московская консерватория'],
    'saint-petersburg': ['Санкт-Петербургская консерватория'],
    kazan: ['Казанская консерватория'],
    novosibirsk: ['Новосибирская консерватория'],
    yekaterinburg: ['Уральская консерватория'],
    'nizhny-novgorod': ['Нижегородская консерватория'],
    krasnodar: ['Краснодарский институт культуры'],
    rostov: ['Ростовская консерватория'],
    samara: ['Самарский институт культуры'],
    almaty: ['Казахская консерватория имени Курмангазы'],
    tbilisi: ['Тбилисская консерватория'],
    elsewhere: ['Саратовская консерватория', 'РАМ имени Гнесиных'],
  },
  en: {
    london: ['the Royal Academy of Music', 'the Guildhall School'],
    manchester: ['the Royal Northern College of Music'],
    edinburgh: ['the Royal Conservatoire of Scotland'],
    dublin: ['the Royal Irish Academy of Music', 'TU Dublin Conservatoire'],
    berlin: ['the Hanns Eisler School of Music'],
    amsterdam: ['the Conservatorium van Amsterdam'],
    lisbon: ['the Lisbon School of Music'],
    'new-york': ['Manhattan School of Music', 'the New School'],
    tbilisi: ['Tbilisi State Conservatoire'],
    almaty: ['the Kurmangazy Conservatory'],
    elsewhere: ['Leeds Conservatoire'],
  },
} as const;

/** What tutors of a subject studied. */
export const FACULTIES: Record<SubjectKey, { ru: readonly string[]; en: readonly string[] }> = {
  mathematics: {
    ru: ['математический факультет', 'факультет прикладной математики'],
    en: ['mathematics', 'mathematics and statistics'],
  },
  physics: { ru: ['физический факультет', 'инженерно-физический факультет'], en: ['physics', 'engineering physics'] },
  chemistry: { ru: ['химический факультет'], en: ['chemistry', 'medicinal chemistry'] },
  biology: { ru: ['биологический факультет', 'факультет биологии и экологии'], en: ['biology', 'biomedical science'] },
  informatics: {
    ru: ['факультет информатики', 'факультет прикладной математики и информатики'],
    en: ['computer science'],
  },
  programming: {
    ru: ['факультет прикладной математики и информатики', 'факультет компьютерных наук'],
    en: ['computer science', 'software engineering'],
  },
  english: {
    ru: ['факультет иностранных языков', 'филологический факультет', 'отделение лингвистики'],
    en: ['English literature', 'linguistics', 'English and education'],
  },
  german: {
    ru: ['факультет иностранных языков', 'отделение германистики'],
    en: ['German studies', 'modern languages'],
  },
  french: {
    ru: ['факультет иностранных языков', 'отделение романской филологии'],
    en: ['French and linguistics', 'modern languages'],
  },
  spanish: {
    ru: ['факультет иностранных языков', 'отделение романской филологии'],
    en: ['Hispanic studies', 'modern languages'],
  },
  chinese: {
    ru: ['отделение востоковедения', 'кафедра китайской филологии'],
    en: ['Chinese studies', 'East Asian languages'],
  },
  russian: {
    ru: ['филологический факультет', 'отделение русского языка и литературы'],
    en: ['Slavonic studies', 'Russian and linguistics'],
  },
  history: { ru: ['исторический факультет'], en: ['history', 'history and politics'] },
  'social-studies': {
    ru: ['юридический факультет', 'факультет социальных наук', 'экономический факультет'],
    en: ['sociology', 'politics and sociology'],
  },
  piano: { ru: ['фортепианный факультет'], en: ['piano performance', 'music'] },
  guitar: {
    ru: ['эстрадно-джазовое отделение', 'класс классической гитары'],
    en: ['jazz and popular music', 'guitar performance'],
  },
};

/** "In Moscow" in Russian, by the place's key. */
export const IN_CITY_RU: Readonly<Record<string, string>> = {
  moscow: 'в Москве',
  'saint-petersburg': 'в Петербурге',
  kazan: 'в Казани',
  novosibirsk: 'в Новосибирске',
  yekaterinburg: 'в Екатеринбурге',
  'nizhny-novgorod': 'в Нижнем Новгороде',
  krasnodar: 'в Краснодаре',
  rostov: 'в Ростове',
  samara: 'в Самаре',
  almaty: 'в Алматы',
  tbilisi: 'в Тбилиси',
  berlin: 'в Берлине',
};
