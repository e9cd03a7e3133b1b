import type { OrderSituation } from './content.js';

export const CHINESE_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'ADULT',
    voice: 'self',
    title: 'Mandarin for a supply chain manager, HSK 1 to 3',
    description:
      'I travel to Shenzhen four times a year. I can order dinner and nothing else. Typing and speaking matter, handwriting does not.',
    weeks: 40,
    replies: [
      'Good choice to leave handwriting out: it saves about half of the time. We would learn the words of factories, dates and prices first.',
      'Between lessons I send voice messages for you to answer, so that tones are practised in real sentences.',
      'Forty weeks to HSK 3 is comfortable. I would time the vocabulary to your trips, so that each of them becomes a test you enjoy.',
    ],
  },
  {
    level: 'SECONDARY_SCHOOL',
    voice: 'parent',
    title: 'Mandarin for a heritage learner, aged 12',
    description:
      'Our {son|daughter} understands {his|her} grandparents but answers in English and cannot read. We would like {him|her} to read simple stories by the summer.',
    weeks: 34,
    replies: [
      'Heritage learners move fast, because the ear is already there. We would read comics and graded stories from the second month.',
      'I like to let the child interview the grandparents: it gives a reason to speak, and the answers become our reading texts.',
      'Characters in families by their parts, ten a week, with a little story each. By summer that is enough for real books.',
    ],
  },
];

export const RUSSIAN_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'ADULT',
    voice: 'self',
    title: "Russian for beginners, to talk with my wife's family",
    description:
      'I can read the alphabet, slowly. We visit every summer and I am tired of being translated. Cases frighten me.',
    weeks: 36,
    replies: [
      'Cases are less frightening one at a time and with people you know: whose aunt, to which aunt, with which aunt.',
      'We would begin with kitchen-table conversation. By the summer you will be able to praise the soup and tell a story.',
      'I teach Russian as a foreign language with lots of audio, because families speak faster than textbooks.',
    ],
  },
  {
    level: 'UNIVERSITY',
    voice: 'self',
    title: 'Russian B1: verbs of motion and aspect',
    description:
      'Second year of Slavonic studies. I guess the aspect and I am wrong half of the time, and verbs of motion are a swamp.',
    weeks: 14,
    replies: [
      'Aspect becomes predictable once you ask what the speaker cares about: the process or the result. I have a set of comic strips for it.',
      'Verbs of motion I teach on a map, walking a little figure around a city. It sounds silly and it works.',
      'Fourteen weeks are enough for both. I would mix short Chekhov stories in, so that the grammar has somewhere to live.',
    ],
  },
];

export const HISTORY_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'EXAM',
    voice: 'self',
    title: 'A-level History: Tudors and the coursework essay',
    description:
      'My essays tell the story instead of answering the question. Coursework on the causes of the 1905 revolution is due after Easter.',
    weeks: 15,
    replies: [
      'Storytelling is cured by writing the last sentence of each paragraph first. We would do it with three Tudor questions.',
      '+I supervise coursework at school and know what counts as evaluation of historians. 1905 is a lovely topic for it.',
      'I suggest that you argue with me for twenty minutes and then write for twenty. It keeps the essay on the question.',
    ],
  },
  {
    level: 'EXAM',
    voice: 'parent',
    title: 'GCSE History: source questions and remembering dates',
    description:
      '{He|She} enjoys documentaries but freezes at "How useful is this source?". Weimar Germany and Medicine through Time.',
    weeks: 20,
    replies: [
      'Usefulness questions have a steady rhythm: content, provenance, what we know. We practise it on memes first, then on posters.',
      'For dates I use ten anchor years a unit and hang the rest on them. It beats lists.',
      'Weimar is a favourite of mine. A few good stories about real people and the sequence stays for good.',
    ],
  },
];

export const SOCIAL_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'EXAM',
    voice: 'self',
    title: 'A-level Sociology: theory and methods',
    description:
      'Functionalism, Marxism and feminism blend into one in my essays. I also need a strategy for the methods in context question.',
    weeks: 18,
    replies: [
      'We would put one theorist of each kind in the same room and let them argue about your school. They stay apart after that.',
      'Methods in context is the most predictable question on the paper, and I have a grid for it that fits on one card.',
      'I mark one essay a week with comments on what to cut, which helps more than what to add.',
    ],
  },
  {
    level: 'EXAM',
    voice: 'self',
    title: 'IB Global Politics: engagement project',
    description:
      'I have a topic, migration and identity in my own city, and no idea how to turn interviews into political analysis. Deadline in three months.',
    weeks: 12,
    replies: [
      'A great topic. We would code your interviews together for three concepts, and the analysis will start to write itself.',
      'I suggest beginning from the claim that you want to test and cutting everything that does not touch it.',
      '+I have guided several engagement projects. The marks are in linking one local voice to a global debate, and I can show you how.',
    ],
  },
];

export const PIANO_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'ADULT',
    voice: 'self',
    title: 'Returning to the piano after twenty years',
    description:
      'I reached Grade 5 as a child and then stopped. I would like to play Satie and some Bill Evans, and to practise without guilt.',
    replies: [
      'Without guilt is my favourite way to teach. Satie will bring your hands back, and Evans will wake up your ears.',
      'Grade 5 fingers remember more than you think. I suggest fifteen minutes a day and one piece that you truly love.',
      'We can look at a few voicings first, so that you can play from a lead sheet within a couple of months.',
    ],
  },
  {
    level: 'PRIMARY_SCHOOL',
    voice: 'parent',
    title: 'First piano lessons for a six-year-old',
    description:
      "Our {son|daughter} picks out tunes by ear on {his|her} grandmother's piano. We want to keep the joy and still learn to read music. At our home if possible.",
    replies: [
      'Playing by ear is a gift and should come first. Reading enters through tunes that are already known.',
      'I come to your home, and for a six-year-old thirty minutes is enough: some singing, some moving, some keys.',
      'We would write down the tunes that your child invents. It is the most natural reason to learn notation.',
    ],
  },
];

export const GUITAR_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'ADULT',
    voice: 'self',
    title: 'Acoustic guitar: from strumming to fingerpicking',
    description:
      'I know a dozen chords and sing in the kitchen. I would like to play "Blackbird" and some Nick Drake, and to stop looking at my left hand.',
    replies: [
      '"Blackbird" is a good first goal, because it is only two strings and a steady thumb. We would have it in a month or so.',
      'For Nick Drake we will retune the guitar, and it is a joy. Not looking comes from practising in the dark, quite literally.',
      'Your strumming hand already keeps time, so fingerpicking is mostly about the thumb. I have a four-week routine for that.',
    ],
  },
  {
    level: 'SECONDARY_SCHOOL',
    voice: 'parent',
    title: 'Electric guitar and Rockschool Grade 3',
    description:
      'Our teenager has learnt everything from tabs and would like a grade for school. Reading rhythm is the weak point. In person or online, either is fine.',
    weeks: 16,
    replies: [
      'Rhythm reading is quick to fix by clapping riffs that they already love. Grade 3 in sixteen weeks is sensible.',
      '+I enter pupils for Rockschool every term and have the backing tracks ready.',
      'We would keep the tabs and add the rhythm on top, so that nothing already learnt is wasted.',
    ],
  },
];
