import { Random } from '@tutorgraph/kit/demo/random';

/** What a made-up tutor teaches and says of it. */
export interface MadeUpProfile {
  /** A place in {@link SUBJECTS}. */
  subject: number;
  headline: string;
  biography: string;
  level: (typeof LEVELS)[number];
  rateMinor: number;
}

/** What somebody looks for. */
export interface MadeUpWish {
  subject: number;
  text: string;
  level: (typeof LEVELS)[number];
  budgetMinor: number;
}

const LEVELS = ['PRIMARY_SCHOOL', 'SECONDARY_SCHOOL', 'EXAM', 'UNIVERSITY', 'ADULT'] as const;

interface Subject {
  /** Of 100 tutors so many teach it. */
  share: number;
  ru: { name: string; topics: readonly string[]; exams: readonly string[] };
  en: { name: string; topics: readonly string[]; exams: readonly string[] };
}

/** As tutors are spread over subjects: a few are taught by many. */
export const SUBJECTS: readonly Subject[] = [
  {
    share: 30,
    ru: {
      name: 'английский',
      topics: [
        'разговорная практика',
        'грамматика без зубрёжки',
        'деловая переписка',
        'произношение',
        'собеседования в IT',
        'сериалы без субтитров',
        'словарный запас',
        'аудирование',
        'академическое письмо',
        'английский для переезда',
      ],
      exams: ['ЕГЭ', 'ОГЭ', 'IELTS', 'TOEFL', 'FCE', 'олимпиада'],
    },
    en: {
      name: 'English',
      topics: [
        'conversation',
        'grammar that makes sense',
        'business e-mails',
        'pronunciation',
        'job interviews',
        'films without subtitles',
        'vocabulary',
        'listening',
        'academic writing',
        'English for moving abroad',
      ],
      exams: ['IELTS', 'TOEFL', 'Cambridge exams', 'GCSE', 'SAT'],
    },
  },
  {
    share: 25,
    ru: {
      name: 'математика',
      topics: [
        'параметры',
        'стереометрия',
        'тригонометрия',
        'дроби и проценты',
        'матанализ',
        'линейная алгебра',
        'теория вероятностей',
        'текстовые задачи',
        'комбинаторика',
        'дифференциальные уравнения',
      ],
      exams: ['ЕГЭ профиль', 'ОГЭ', 'ВПР', 'олимпиада', 'ДВИ', 'сессия'],
    },
    en: {
      name: 'mathematics',
      topics: [
        'parameters',
        'solid geometry',
        'trigonometry',
        'fractions and percentages',
        'calculus',
        'linear algebra',
        'probability',
        'word problems',
        'combinatorics',
        'differential equations',
      ],
      exams: ['A level', 'GCSE', 'SAT', 'olympiads', 'university finals'],
    },
  },
  {
    share: 12,
    ru: {
      name: 'физика',
      topics: [
        'механика',
        'электричество',
        'оптика',
        'термодинамика',
        'колебания и волны',
        'квантовая физика',
        'лабораторные работы',
        'задачи с подвохом',
      ],
      exams: ['ЕГЭ', 'ОГЭ', 'олимпиада', 'сессия'],
    },
    en: {
      name: 'physics',
      topics: [
        'mechanics',
        'electricity',
        'optics',
        'thermodynamics',
        'waves',
        'quantum physics',
        'lab reports',
        'tricky problems',
      ],
      exams: ['A level', 'GCSE', 'AP', 'university finals'],
    },
  },
  {
    share: 10,
    ru: {
      name: 'программирование',
      topics: [
        'Python с нуля',
        'алгоритмы',
        'веб-разработка',
        'Java',
        'анализ данных',
        'Scratch для детей',
        'базы данных',
        'машинное обучение',
      ],
      exams: ['ЕГЭ по информатике', 'собеседование', 'олимпиада', 'курсовая'],
    },
    en: {
      name: 'programming',
      topics: [
        'Python from scratch',
        'algorithms',
        'web development',
        'Java',
        'data analysis',
        'Scratch for kids',
        'databases',
        'machine learning',
      ],
      exams: ['job interviews', 'AP Computer Science', 'coursework', 'contests'],
    },
  },
  {
    share: 10,
    ru: {
      name: 'русский язык',
      topics: [
        'орфография',
        'пунктуация',
        'сочинения',
        'диктанты',
        'развитие речи',
        'русский как иностранный',
        'анализ текста',
      ],
      exams: ['ЕГЭ', 'ОГЭ', 'итоговое сочинение', 'ТОРФЛ'],
    },
    en: {
      name: 'Russian',
      topics: ['cases', 'verbs of motion', 'speaking', 'reading', 'Russian for foreigners', 'pronunciation'],
      exams: ['TORFL', 'GCSE Russian', 'university courses'],
    },
  },
  {
    share: 8,
    ru: {
      name: 'химия',
      topics: [
        'органика',
        'неорганика',
        'расчётные задачи',
        'окислительно-восстановительные реакции',
        'цепочки превращений',
        'химия с нуля',
      ],
      exams: ['ЕГЭ', 'ОГЭ', 'олимпиада', 'медицинский вуз'],
    },
    en: {
      name: 'chemistry',
      topics: [
        'organic chemistry',
        'stoichiometry',
        'redox',
        'reaction mechanisms',
        'chemistry from scratch',
        'lab work',
      ],
      exams: ['A level', 'GCSE', 'medical school', 'AP'],
    },
  },
  {
    share: 5,
    ru: {
      name: 'фортепиано',
      topics: [
        'джаз и импровизация',
        'чтение с листа',
        'любимые песни',
        'постановка рук',
        'классика',
        'подбор по слуху',
      ],
      exams: ['музыкальная школа', 'поступление в колледж', 'концерт'],
    },
    en: {
      name: 'piano',
      topics: [
        'jazz and improvisation',
        'sight reading',
        'favourite songs',
        'technique',
        'classical pieces',
        'playing by ear',
      ],
      exams: ['graded exams', 'auditions', 'a recital'],
    },
  },
];

const PHRASES = {
  ru: {
    headlines: [
      '{name}: {topic}',
      '{topic} и {exam}, {name}',
      '{name} для {whom}: {topic}',
      '{exam}: {name} по понятному плану',
    ],
    whom: [
      'школьников',
      'взрослых',
      'малышей',
      'студентов',
      'тех, кто боится',
      'подростков',
      'начинающих',
      'продолжающих',
    ],
    manners: [
      'терпеливо объясняю простыми словами',
      'строго слежу за домашними заданиями',
      'учу через игру и интерес',
      'даю чёткую структуру и конспекты',
      'много практики с первого урока',
      'разбираем ошибки без стресса',
      'ищу подход к каждому',
      'работаю на результат',
    ],
    facts: [
      'Опыт {years} лет',
      'Преподаю в университете',
      'Сам сдал экзамен на высший балл',
      'Носитель языка',
      'Аспирант',
      'Эксперт комиссии',
      'Учитель высшей категории',
      'Работаю по специальности и преподаю',
    ],
    wishes: [
      'Нужен репетитор, {topic}',
      '{exam}, {topic}, горит',
      'подтянуть {name}: {topic}',
      '{whom}: {topic}, {manner}',
      '{name} {exam} {topic}',
    ],
  },
  en: {
    headlines: [
      '{name}: {topic}',
      '{topic} and {exam} in {name}',
      '{name} for {whom}: {topic}',
      '{exam}: {name} with a clear plan',
    ],
    whom: [
      'pupils',
      'adults',
      'small children',
      'students',
      'the anxious',
      'teenagers',
      'beginners',
      'advanced learners',
    ],
    manners: [
      'I explain patiently in plain words',
      'I am strict about homework',
      'we learn through games',
      'you get structure and notes',
      'lots of practice from the first lesson',
      'mistakes are welcome',
      'I adapt to everybody',
      'results matter to me',
    ],
    facts: [
      '{years} years of experience',
      'I lecture at a university',
      'I took the exam with full marks',
      'Native speaker',
      'PhD student',
      'Certified examiner',
      'Qualified teacher',
      'I work in the field and teach',
    ],
    wishes: [
      'Looking for a tutor, {topic}',
      '{exam}, {topic}, urgent',
      'catch up in {name}: {topic}',
      'for {whom}: {topic}, {manner}',
      '{name} {exam} {topic}',
    ],
  },
} as const;

/** Tutors, the same ones for the same seed; each of the first so many is the same however many are asked for. */
export function* madeUpProfiles(seed: number): Generator<MadeUpProfile> {
  const random = new Random('profiles', seed);
  for (;;) {
    const { subject, language, fill } = setting(random);
    const { headlines, manners, facts } = PHRASES[language];
    yield {
      subject,
      headline: fill(random.pick(headlines)),
      biography: `${fill(random.pick(facts))}. ${fill('{topic}, {topic}, {exam}')}. ${random.pick(manners)}, ${random.pick(manners)}.`,
      level: random.pick(LEVELS),
      rateMinor: random.integer(8, 60) * 100,
    };
  }
}

/** What people look for among them. */
export function madeUpWishes(seed: number, count: number): MadeUpWish[] {
  const random = new Random('wishes', seed);
  return Array.from({ length: count }, () => {
    const { subject, language, fill } = setting(random);
    const text = fill(random.pick(PHRASES[language].wishes));
    return { subject, text, level: random.pick(LEVELS), budgetMinor: random.integer(20, 60) * 100 };
  });
}

function setting(random: Random) {
  const language = random.integer(1, 100) <= 70 ? 'ru' : 'en';
  let left = random.integer(1, 100);
  let subject = 0;
  while (left > (SUBJECTS[subject]?.share ?? 100)) left -= SUBJECTS[subject++]?.share ?? 0;
  const { name, topics, exams } = (SUBJECTS[subject] ?? SUBJECTS[0] ?? never())[language];
  const { whom, manners } = PHRASES[language];
  const values: Record<string, () => string> = {
    name: () => name,
    topic: () => random.pick(topics),
    exam: () => random.pick(exams),
    whom: () => random.pick(whom),
    manner: () => random.pick(manners),
    years: () => String(random.integer(1, 30)),
  };
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, key: string) => values[key]?.() ?? '');
  return { subject, language, fill } as const;
}

function never(): never {
  throw new Error('There are no subjects');
}
