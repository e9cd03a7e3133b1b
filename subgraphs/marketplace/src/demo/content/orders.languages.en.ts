import type { OrderSituation } from './content.js';

export const ENGLISH_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'ADULT',
    voice: 'self',
    title: 'IELTS 7.0: Writing is holding me back',
    description:
      'I have taken the test twice: 7.5 in Listening, 7.0 in Reading and Speaking, 6.0 in Writing both times. I work as a nurse and need 7.0 in every part for registration.',
    weeks: 10,
    replies: [
      'A 6.0 with those other scores is nearly always about task response and cohesion. Send me one essay and I will show you what I mean before we begin.',
      '+I have prepared many nurses for registration and know how stubborn that last half band is. Ten weeks of marked essays is the right dose.',
      'We would write in the lesson as well as at home, because timing is half of the problem. I give feedback against the four public criteria.',
    ],
  },
  {
    level: 'ADULT',
    voice: 'self',
    title: 'Business English for weekly presentations',
    description:
      'Product manager in an international company. My grammar is fine, but I sound flat and get lost when somebody interrupts with a question. Lunchtime lessons would be ideal.',
    replies: [
      'We would rehearse your real slides and I would interrupt on purpose. Stress and pausing do more for you than any new vocabulary.',
      'I suggest recording two minutes of each lesson. You hear the change within a month, and so do your colleagues.',
      'Handling questions has its own phrases: buying time, checking, parking. We can make them automatic in six lunchtimes.',
    ],
  },
  {
    level: 'EXAM',
    voice: 'parent',
    title: 'GCSE English Language: creative writing and analysis',
    description:
      'Our {son|daughter} reads a lot, yet {his|her} answers are two lines long. {He|She} was given a 5 and the school says that {he|she} is capable of an 8.',
    weeks: 24,
    replies: [
      'Readers who write two lines usually need a way in. I use one photograph and five questions, and the page fills itself.',
      '+I have taught this paper in school for years. Going from 5 to 8 means writing more about less: one word, three ideas.',
      'I would work on analysis by talking first and writing second. Pupils who can say it clearly soon find that they can write it too.',
    ],
  },
  {
    level: 'ADULT',
    voice: 'self',
    title: 'Conversation practice after moving abroad for work',
    description:
      'I use English all day at work but only about work. At parties I listen and smile. I would like relaxed conversation and honest correction once a week.',
    replies: [
      'Small talk is a skill like any other. We would talk about everything except work, and I keep a short list of things to polish afterwards.',
      'I bring stories, podcasts and the occasional board game. You bring opinions; the corrections come at the end so as not to break the flow.',
      'Humour and idioms are what people miss most, and they are great fun to teach.',
    ],
  },
];

export const GERMAN_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'ADULT',
    voice: 'self',
    title: 'German B1 for permanent residence in Berlin',
    description:
      'I have lived here for three years in an English-speaking bubble. I need B1 and would also like to understand my neighbours and letters from the tax office.',
    weeks: 26,
    replies: [
      'We can use your real letters as texts: they are full of exam grammar. B1 in twenty-six weeks is realistic with two lessons a week.',
      'I would speak German from the first minute, slowly. The bubble bursts quicker than you expect.',
      '+Most of my students take the B1 for exactly this reason, and I know what the examiners listen for in the oral part.',
    ],
  },
  {
    level: 'EXAM',
    voice: 'self',
    title: 'A-level German: speaking exam and the film essay',
    description:
      'My research project is about refugees in Hamburg and the film is "Das Leben der Anderen". I read well but my spoken word order collapses under stress.',
    weeks: 16,
    replies: [
      'Word order under stress improves with chunks learnt aloud. We will build thirty of them around your own project.',
      'A wonderful film to write about. I can help you to plan essays on three themes that cover nearly every question.',
      'I suggest a mock oral every second week, recorded, so that the real one feels like just another Tuesday.',
    ],
  },
];

export const FRENCH_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'EXAM',
    voice: 'parent',
    title: 'GCSE French: speaking and listening',
    description:
      'Written work is good, the listening paper is a disaster and {he|she} dreads the speaking exam. Forty-five minutes a week, online.',
    weeks: 22,
    replies: [
      'Listening improves quickly with short clips heard three times in three ways. I would pair each of them with a speaking card.',
      'For the speaking exam we prepare answers that can be bent towards any question. Dread usually fades after the third rehearsal.',
      'Forty-five minutes works well: fifteen on sounds, fifteen on listening, fifteen on talking.',
    ],
  },
  {
    level: 'ADULT',
    voice: 'self',
    title: 'French for a house in the Dordogne',
    description:
      'We have bought a small ruin and need to talk to builders, the mairie and the neighbours. School French from thirty years ago, and I am not afraid of mistakes.',
    weeks: 30,
    replies: [
      'Builders, mairie and market: that is practically my favourite syllabus. Not being afraid of mistakes is half of the work done.',
      'School French comes back within weeks. I would add telephone calls early, because that is where builders live.',
      'I can help you to read a devis line by line, and to argue about it politely.',
    ],
  },
];

export const SPANISH_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'ADULT',
    voice: 'self',
    title: 'Spanish from zero before a year in Bogotá',
    description:
      'My partner is Colombian and his family speaks no English. I have six months and want to be able to hold a conversation at dinner.',
    weeks: 25,
    replies: [
      'Six months is plenty for dinner conversation. We would start with questions, because whoever asks well is never silent.',
      'I teach Latin American usage, so you would not need to unlearn anything in Bogotá. Families first, grammar as needed.',
      'We can practise with voice messages between lessons: short, real and excellent for the accent.',
    ],
  },
  {
    level: 'EXAM',
    voice: 'self',
    title: 'A-level Spanish: essay on Lorca and the oral',
    description:
      'I love "La casa de Bernarda Alba" but my essays are descriptive. My oral is fluent and full of tense mistakes.',
    weeks: 18,
    replies: [
      'Turning description into argument takes a single question per paragraph: so what? We would rewrite two of your essays that way.',
      'Fluent with mistakes is the better problem to have. I would fix three tenses at a time, not all of them at once.',
      '+I have taught Lorca to sixth-formers for years and never tire of the play. The symbols alone give you five essays.',
    ],
  },
];
