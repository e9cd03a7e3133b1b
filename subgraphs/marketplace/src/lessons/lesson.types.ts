import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { registerEnumType } from 'type-graphql';
import { languageCodes, languageNames } from './language-codes.js';
import { lessonFormats, levels } from './lesson.rules.js';

export const LevelEnum = enumOf(levels);
registerEnumType(LevelEnum, {
  name: 'Level',
  description: 'Whom lessons are for.',
  valuesConfig: {
    PRIMARY_SCHOOL: { description: 'The first years of school.' },
    SECONDARY_SCHOOL: { description: 'School after the first years.' },
    EXAM: { description: 'Somebody who prepares for an exam.' },
    UNIVERSITY: { description: 'Students of a university.' },
    ADULT: { description: 'Grown-ups who learn for work or pleasure.' },
  },
});

export const LessonFormatEnum = enumOf(lessonFormats);
registerEnumType(LessonFormatEnum, {
  name: 'LessonFormat',
  description: 'Where lessons take place.',
  valuesConfig: {
    ONLINE: { description: 'By video call.' },
    IN_PERSON: { description: 'In one room, in a city.' },
  },
});

export const LanguageCodeEnum = enumOf(languageCodes);
registerEnumType(LanguageCodeEnum, {
  name: 'LanguageCode',
  description: 'A language, by its ISO 639-1 code.',
  valuesConfig: Object.fromEntries(languageCodes.map((code) => [code, { description: `${languageNames[code]}.` }])),
});
