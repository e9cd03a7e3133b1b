import { assistant } from './assistant/ru.js';
import { certificates } from './certificates/ru.js';
import { getCourse } from './getcourse/ru.js';
import { homework } from './homework/ru.js';
import { risk } from './risk/ru.js';
import { speech } from './speech/ru.js';
import { students } from './students/ru.js';
import { vocabulary } from './vocabulary/ru.js';

/** Messages of this room in Russian. */
export const messages = {
  ...assistant,
  ...certificates,
  ...students,
  ...getCourse,
  ...homework,
  ...risk,
  ...speech,
  ...vocabulary,
  INVALID_INPUT: 'Поле заполнено неправильно.',
  NOT_FOUND: 'Такого нет среди того, что вам доступно.',
  IDEMPOTENCY_KEY_REUSED: 'Этот запрос уже использован для другого. Отправьте его заново.',
  // Writing courses.
  SLUG_TAKEN: 'Такой адрес уже у другого курса. Выберите другой.',
  PRICE_REQUIRED: 'У платного курса должна быть цена.',
  VERSION_PUBLISHED: 'Опубликованное больше не меняется. Создайте черновик курса и правьте его.',
  COURSE_ARCHIVED: 'Курс в архиве. Сначала верните его оттуда.',
  NOTHING_TO_PUBLISH: 'У курса нет черновика. Сначала создайте его.',
  COURSE_EMPTY: 'Уроков пока нет. Добавьте модуль и в него хотя бы один урок.',
  MODULE_EMPTY: 'В модуле «{{title}}» нет уроков. Добавьте урок или уберите модуль.',
  LESSON_EMPTY: 'В уроке «{{title}}» пока нет текста. Напишите его.',
  QUIZ_WITHOUT_TEST: 'В уроке «{{title}}» нет теста или в тесте не хватает вопросов. Дополните тест.',
  NOTHING_SCORED:
    'Для сертификата нужен балл, но в курсе нет ни теста, ни домашней работы. Добавьте их или измените правило.',
  PREREQUISITE_CYCLE: 'Урок «{{title}}» через другие ждал бы сам себя. Уберите одно из условий.',
  OTHER_VERSION: 'Это относится к другой версии курса или к другому курсу.',
  VIDEO_MISMATCH: 'Видеоуроку нужен адрес видео, у остальных уроков его нет.',
  TOO_MANY_MODULES: 'Модулей уже 100, больше не поместится.',
  TOO_MANY_LESSONS: 'В этом модуле уже 100 уроков. Добавьте урок в другой модуль.',
  // Tests.
  TITLE_TAKEN: 'Такое название уже есть. Выберите другое.',
  QUESTION_CHANGED: 'Пока вы правили вопрос, его изменил кто-то другой. Загрузите его заново и повторите правку.',
  NOT_A_QUIZ: 'Тест бывает только у урока-теста. Сначала измените вид урока.',
  TEST_EXISTS: 'У этого урока уже есть тест. Измените его.',
  TOO_FEW_QUESTIONS: 'Столько вопросов для выбора нет. Добавьте вопросы или выберите меньше.',
  TEST_EMPTY: 'Сейчас в этом тесте нет вопросов. Пожалуйста, сообщите куратору.',
  ATTEMPTS_USED_UP: 'Попыток больше не осталось. Обратитесь к куратору.',
  PAUSE_NOT_OVER: 'Попробовать снова можно позже. А пока повторите урок.',
  ATTEMPT_OVER: 'Эта попытка завершена. Более поздние ответы не учитываются.',
  OWN_ALLOWANCE: 'Себе ничего разрешить нельзя. Попросите другого куратора.',
};
