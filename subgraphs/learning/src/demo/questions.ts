/** A question that students ask, and the entry of the knowledge base that answers it. */
export interface DemoQuestion {
  ask: string;
  slug: string;
}

/** What students ask again and again. */
export const QUESTIONS: readonly DemoQuestion[] = [
  { ask: 'Когда использовать Present Perfect, а когда Past Simple?', slug: 'present-perfect-or-past-simple' },
  { ask: 'Как произносить th в слове think?', slug: 'th' },
  { ask: 'Не понимаю, когда ставить the', slug: 'article-the' },
  { ask: 'How do I choose between make and do?', slug: 'make-or-do' },
  { ask: 'Почему после if нельзя will?', slug: 'conditionals-zero-first' },
  { ask: 'What is the difference between used to and be used to?', slug: 'used-to' },
  { ask: 'Как читается -ed в worked и wanted?', slug: 'ed-endings' },
  { ask: 'Как продлить срок домашнего задания?', slug: 'homework-extension' },
  { ask: 'Почему следующий урок закрыт?', slug: 'lesson-locked' },
  { ask: 'How do I get my certificate?', slug: 'certificate-get' },
  { ask: 'Можно ли пересдать тест?', slug: 'test-retake' },
  { ask: 'Кто проверяет домашнее задание, человек или ИИ?', slug: 'ai-check' },
  { ask: 'Depend on or depend from?', slug: 'verbs-with-prepositions' },
  { ask: 'Как передать чужие слова по-английски?', slug: 'reported-speech' },
  { ask: 'Why is it “I enjoy cooking” and not “to cook”?', slug: 'gerund-or-infinitive' },
  { ask: 'Как вернуть деньги за курс?', slug: 'refund' },
];

/** What the knowledge base does not know yet. */
export const UNANSWERED: readonly string[] = [
  'Будет ли разговорный клуб в эту субботу?',
  'Можно ли получить справку об обучении для работы?',
  'Is there a discount for my sister?',
  'Где посмотреть запись вчерашней встречи?',
];

/** How curators settle what is handed over to them. */
export const CURATORS_SAY: Readonly<Record<'en' | 'ru', readonly string[]>> = {
  en: [
    'Hello! I have looked into it and sent you what you need by mail. Write again if anything is missing.',
    'Good question. We go through it at the beginning of the next meeting; until then look at example 3 of the lesson.',
    'I have moved the date for you. Take your time and send a draft first.',
  ],
  ru: [
    'Здравствуйте! Разобралась и написала вам на почту. Если чего-то не хватает, пишите.',
    'Хороший вопрос. Разберём в начале следующей встречи, а пока посмотрите третий пример в уроке.',
    'Перенесла вам срок. Не спешите, сначала пришлите черновик.',
    'Посмотрела вашу работу: правило вы поняли верно, ошибка только в порядке слов.',
  ],
};
