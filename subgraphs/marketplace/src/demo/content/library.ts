import type { DemoLocale } from '@tutorgraph/kit/demo/persona';
import type { OrderSituation, ReviewTexts, SubjectKey, TutorTexts } from './content.js';
import * as humanitiesEn from './orders.humanities.en.js';
import * as humanitiesRu from './orders.humanities.ru.js';
import * as languagesEn from './orders.languages.en.js';
import * as languagesRu from './orders.languages.ru.js';
import * as natureRu from './orders.nature-it.ru.js';
import * as sciencesEn from './orders.sciences.en.js';
import * as sciencesRu from './orders.sciences.ru.js';
import { REVIEWS_EN } from './reviews.en.js';
import { REVIEWS_RU } from './reviews.ru.js';
import { HUMANITIES_TUTORS_EN } from './tutors.humanities.en.js';
import { HUMANITIES_TUTORS_RU } from './tutors.humanities.ru.js';
import { SCIENCE_TUTORS_EN } from './tutors.sciences.en.js';
import { SCIENCE_TUTORS_RU } from './tutors.sciences.ru.js';

/** What tutors of each subject say of themselves, by language. */
export const TUTOR_TEXTS: Record<DemoLocale, Record<SubjectKey, TutorTexts>> = {
  ru: { ...SCIENCE_TUTORS_RU, ...HUMANITIES_TUTORS_RU },
  en: { ...SCIENCE_TUTORS_EN, ...HUMANITIES_TUTORS_EN },
};

/** What learners say of lessons in each subject, by language. */
export const REVIEW_TEXTS: Record<DemoLocale, Record<SubjectKey, ReviewTexts>> = { ru: REVIEWS_RU, en: REVIEWS_EN };

/** The situations from which orders come, by language. */
export const ORDER_SITUATIONS: Record<DemoLocale, Record<SubjectKey, readonly OrderSituation[]>> = {
  ru: {
    mathematics: sciencesRu.MATHEMATICS_ORDERS_RU,
    physics: sciencesRu.PHYSICS_ORDERS_RU,
    chemistry: sciencesRu.CHEMISTRY_ORDERS_RU,
    biology: natureRu.BIOLOGY_ORDERS_RU,
    informatics: natureRu.INFORMATICS_ORDERS_RU,
    programming: natureRu.PROGRAMMING_ORDERS_RU,
    english: languagesRu.ENGLISH_ORDERS_RU,
    german: languagesRu.GERMAN_ORDERS_RU,
    french: languagesRu.FRENCH_ORDERS_RU,
    spanish: languagesRu.SPANISH_ORDERS_RU,
    chinese: languagesRu.CHINESE_ORDERS_RU,
    russian: humanitiesRu.RUSSIAN_ORDERS_RU,
    history: humanitiesRu.HISTORY_ORDERS_RU,
    'social-studies': humanitiesRu.SOCIAL_ORDERS_RU,
    piano: humanitiesRu.PIANO_ORDERS_RU,
    guitar: humanitiesRu.GUITAR_ORDERS_RU,
  },
  en: {
    mathematics: sciencesEn.MATHEMATICS_ORDERS_EN,
    physics: sciencesEn.PHYSICS_ORDERS_EN,
    chemistry: sciencesEn.CHEMISTRY_ORDERS_EN,
    biology: sciencesEn.BIOLOGY_ORDERS_EN,
    informatics: sciencesEn.INFORMATICS_ORDERS_EN,
    programming: sciencesEn.PROGRAMMING_ORDERS_EN,
    english: languagesEn.ENGLISH_ORDERS_EN,
    german: languagesEn.GERMAN_ORDERS_EN,
    french: languagesEn.FRENCH_ORDERS_EN,
    spanish: languagesEn.SPANISH_ORDERS_EN,
    chinese: humanitiesEn.CHINESE_ORDERS_EN,
    russian: humanitiesEn.RUSSIAN_ORDERS_EN,
    history: humanitiesEn.HISTORY_ORDERS_EN,
    'social-studies': humanitiesEn.SOCIAL_ORDERS_EN,
    piano: humanitiesEn.PIANO_ORDERS_EN,
    guitar: humanitiesEn.GUITAR_ORDERS_EN,
  },
};
