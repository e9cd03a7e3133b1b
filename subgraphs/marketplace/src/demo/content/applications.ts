/**
 * What surrounds the heart of an application. The heart is one of the order's own replies; `{years}`, `{subject}` and
 * `{price}` have values, `{a|b}` agrees with the tutor.
 */
export const APPLICATIONS = {
  ru: {
    greetings: [
      'Здравствуйте!',
      'Добрый день!',
      'Здравствуйте, увидел{|а} ваш заказ.',
      'Добрый вечер!',
      'Приветствую!',
      '',
    ],
    /** For tutors with three years and more. */
    experience: [
      'Преподаю {subject} {years}, отзывы есть в профиле.',
      'Опыт — {years}, похожие задачи решаю каждый сезон.',
      'За {years} практики таких учеников было немало.',
      'Стаж {years}, подробности в анкете.',
      '',
      '',
    ],
    /** For beginners. */
    beginner: [
      'Преподаю недавно, зато есть силы и время готовиться к каждому уроку отдельно.',
      'Я в начале пути, поэтому первое занятие проведу бесплатно.',
      'Опыт пока небольшой, но эту тему знаю хорошо и умею объяснять просто.',
    ],
    offers: [
      'Могу начать на этой неделе.',
      'Предлагаю пробное занятие на 30 минут, ни к чему не обязывает.',
      'Есть окна во вторник и четверг вечером, ещё в субботу утром.',
      'Моя ставка — {price} в час.',
      'Если подходит, напишите, и я пришлю план на первые четыре занятия.',
      'Расписание обсудим, я {гибок|гибка} в этом вопросе.',
      'Буду рад{|а} познакомиться.',
      'Готов{|а} ответить на вопросы здесь, в чате.',
      'По цене укладываюсь в ваш бюджет.',
    ],
    /** When every reply of the order's own has been taken. */
    generic: [
      'Задача знакомая. Сначала посмотрим, что уже получается, и за два занятия составим понятный план.',
      'С такой целью ко мне приходят часто. Разобью её на этапы, чтобы каждую неделю было видно продвижение.',
      'Внимательно {прочитал|прочитала} описание: мне близок такой запрос, и есть материалы именно под него.',
      'Возьмусь с удовольствием. Домашние задания проверяю в тот же день, так что застревать не придётся.',
      'Думаю, здесь важнее всего регулярность. Два коротких занятия в неделю дадут больше, чем одно длинное.',
      'Хочу уточнить пару деталей, но в целом это ровно то, чем я занимаюсь.',
    ],
  },
  en: {
    greetings: ['Hello!', 'Hi there!', 'Good afternoon!', 'Hello, I have just read your request.', 'Good morning!', ''],
    experience: [
      'I have taught {subject} for {years}, and the reviews are on my profile.',
      'With {years} of experience I have met this situation many times.',
      'You will find more about my {years} of teaching on my profile.',
      '',
      '',
    ],
    beginner: [
      'I have not taught for long, which means that I have the time to prepare each lesson for you alone.',
      'I am at the beginning of my practice, so the first lesson would be free of charge.',
      'My experience is still short, but I know this topic well and explain it simply.',
    ],
    offers: [
      'I could start this week.',
      'How about a trial lesson of thirty minutes, with no obligation?',
      'Tuesday and Thursday evenings are free at the moment, as is Saturday morning.',
      'My rate is {price} an hour.',
      'If this sounds right, write to me and I will send a plan for the first four lessons.',
      'My timetable is flexible, so we shall find an hour that suits you.',
      'I would be glad to meet you.',
      'Happy to answer any questions first.',
      'Your budget works for me.',
    ],
    generic: [
      'This is familiar ground. We would look first at what already works and have a clear plan after two lessons.',
      'Many students come to me with this goal. I would cut it into stages, so that you can see progress every week.',
      'I have read your description with care and have materials that fit it closely.',
      'I would love to take this on. Homework comes back the same day, so you would never be stuck for long.',
      'Regularity matters most here: two short lessons a week will do more than one long one.',
      'I would like to ask about a few details, but this is exactly what I do.',
    ],
  },
} as const;

/** Sentences that end an order's description, by who writes. `{a|b}` agrees with the learner. */
export const ORDER_DETAILS = {
  ru: {
    self: [
      '{Занимался|Занималась} бы онлайн, камера и микрофон хорошие.',
      'Важно, чтобы было домашнее задание и кто-то его проверял.',
      'Если будет пробный урок, с удовольствием приду.',
      'Раньше с репетиторами не {занимался|занималась}.',
      'Хочется понимать план хотя бы на месяц вперёд.',
      'Люблю, когда объясняют на примерах.',
    ],
    parent: [
      'Ребёнок немного стеснительный, но контактный.',
      'Просим короткую обратную связь после занятий.',
      'Лучше онлайн, дорога отнимает слишком много времени.',
      'Готовы заниматься и на каникулах.',
      'Раньше с репетитором не занимались, это первый опыт.',
      'Прошлый педагог уехал, ищем человека надолго.',
      'Хотелось бы пробный урок, чтобы посмотреть, сложится ли контакт.',
    ],
  },
  en: {
    self: [
      'Online is fine, I have a good camera and a quiet room.',
      'I would like regular homework that somebody really reads.',
      'A trial lesson would be very welcome.',
      'I have never had a tutor before.',
      'It would help to see a plan for the first month.',
      'I learn best from examples.',
    ],
    parent: [
      'A little shy at first, but friendly.',
      'A short note after each lesson would be appreciated.',
      'Online is easier for us than travelling.',
      'We are happy to continue during the holidays.',
      'This would be our first tutor.',
      'Our last tutor moved away, so we hope for somebody who stays.',
      'We would like a trial lesson to see whether the two of them get on.',
    ],
  },
} as const;

/** When lessons would suit, by who writes. */
export const ORDER_TIMES = {
  ru: {
    self: [
      'По будням после 18:00',
      'Суббота или воскресенье, первая половина дня',
      'Утром, до десяти',
      'Вторник и четверг вечером',
      'Гибко, главное — регулярно',
      'Будни после 20:00, выходные в любое время',
    ],
    parent: [
      'После 16:00, когда заканчивается школа',
      'Суббота до обеда',
      'Понедельник и среда, с 17:00 до 19:00',
      'Любой будний вечер до 20:00',
      'Два раза в неделю, дни обсудим',
    ],
  },
  en: {
    self: [
      'Weekday evenings after six',
      'Saturday or Sunday, before noon',
      'Early mornings before nine',
      'Tuesday and Thursday evenings',
      'Flexible, as long as it is every week',
    ],
    parent: [
      'After four in the afternoon, once school is over',
      'Saturday mornings',
      'Monday and Wednesday between five and seven',
      'Any weekday before eight in the evening',
    ],
  },
} as const;
