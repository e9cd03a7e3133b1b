import type { ReviewTexts, SubjectKey } from './content.js';

export const REVIEWS_EN: Record<SubjectKey, ReviewTexts> = {
  mathematics: {
    praise: [
      { text: 'Integration by parts finally makes sense.', voice: 'self', about: 'A-level' },
      { text: 'From a predicted 5 to a 7 in GCSE maths.', level: 'EXAM', about: 'GCSE' },
      { text: 'Fractions are no longer a reason for tears.', level: 'PRIMARY_SCHOOL', about: 'Times tables' },
      {
        text: 'The sketches made all the difference to my linear algebra.',
        voice: 'self',
        level: 'UNIVERSITY',
        about: 'Linear',
      },
      {
        text: 'Mechanics has gone from my weakest paper to my strongest.',
        voice: 'self',
        level: 'EXAM',
        about: 'A-level',
      },
    ],
    doubts: [
      'We did past papers one after another without going back to the topics.',
      'Statistics was barely touched.',
    ],
  },
  physics: {
    praise: [
      { text: 'I can finally draw a free-body diagram without guessing.', voice: 'self', about: 'IB' },
      { text: 'The practical questions are now easy marks.', level: 'EXAM', about: 'A-level' },
      { text: 'The springs and magnets on camera were a delight.' },
      { text: 'Fields went from a blur to a favourite.' },
    ],
    doubts: ['More derivations than problems.', 'We never got as far as circular motion.'],
  },
  chemistry: {
    praise: [
      { text: 'Moles with rice and a scale: genius.', about: 'GCSE' },
      { text: 'Mechanisms from memory, every week, and an A in the end.', voice: 'self', about: 'A-level' },
      { text: 'The big reaction map is on my wall.', voice: 'self' },
      { text: 'Equilibrium questions have become routine.' },
    ],
    doubts: ['Organic chemistry was rushed.', 'Too many slides for my taste.'],
  },
  biology: {
    praise: [
      { text: 'The application questions stopped feeling like a lottery.', voice: 'self', about: 'A-level' },
      {
        text: 'I could redraw the whole of metabolism in the exam.',
        voice: 'self',
        level: 'UNIVERSITY',
        about: 'Biochemistry',
      },
      { text: 'Genetics in steps: nothing to fear any more.' },
      { text: 'The microscope camera won us over.' },
    ],
    doubts: ['A lot of reading aloud from the textbook.', 'Ecology was left to the last week.'],
  },
  informatics: {
    praise: [
      { text: 'A finished game with a name on it, and it really works.', voice: 'parent', about: 'Scratch' },
      { text: 'Floating point with coloured bits was brilliant.', about: 'A-level' },
      { text: 'My project write-up went up by a band.', voice: 'self', about: 'A-level' },
      { text: 'Tracing code by hand turned out to be the missing skill.', about: 'A-level' },
    ],
    doubts: ['The theory paper got too little time.', 'Jumped between topics.'],
  },
  programming: {
    praise: [
      { text: 'The code reviews taught me more than a whole bootcamp.', voice: 'self' },
      {
        text: 'I got the analyst job, and the portfolio project was what they asked about.',
        voice: 'self',
        level: 'ADULT',
        about: 'marketing',
      },
      { text: 'The mock interview was honest and extremely useful.', voice: 'self' },
      { text: 'Recursion clicked in a single evening.', voice: 'self', about: 'Data structures' },
      {
        text: 'We paired on my own ticket, which no course would ever do.',
        voice: 'self',
        level: 'ADULT',
        about: 'TypeScript',
      },
    ],
    doubts: ['Wrote the code for me too often.', 'More anecdotes than structure.'],
  },
  english: {
    praise: [
      { text: 'Writing went from 6.0 to 7.0 in nine weeks.', voice: 'self', level: 'ADULT', about: 'IELTS' },
      { text: 'I no longer dread questions after my presentations.', voice: 'self', level: 'ADULT', about: 'Business' },
      { text: 'Essays came back within a day with comments I could use.', voice: 'self', about: 'IELTS' },
      {
        text: 'I made my first joke in English at a party, and people laughed.',
        voice: 'self',
        level: 'ADULT',
        about: 'Conversation',
      },
      { text: 'The two-line answers have become two pages.', level: 'EXAM', about: 'GCSE' },
      { text: 'My accent is still mine, but everybody understands me now.', voice: 'self', level: 'ADULT' },
    ],
    doubts: ['Pleasant chats with few corrections.', 'The materials were a little dated.'],
  },
  german: {
    praise: [
      { text: 'B1 passed, permanent residence on the way.', level: 'ADULT', about: 'B1' },
      { text: 'I can read my own letters from the tax office.', voice: 'self', level: 'ADULT', about: 'B1' },
      { text: 'The movable cards fixed my word order.', voice: 'self' },
      { text: 'My neighbours now talk to me.', voice: 'self', level: 'ADULT' },
    ],
    doubts: ['Rather a lot of grammar tables.', 'I would have liked to speak more.'],
  },
  french: {
    praise: [
      { text: 'I argued with a builder in French and won.', voice: 'self', level: 'ADULT', about: 'Dordogne' },
      { text: 'The listening paper went from disaster to a solid 6.', level: 'EXAM', about: 'GCSE' },
      { text: 'French spelling finally has rules.' },
      { text: 'The telephone no longer scares me.', level: 'ADULT', about: 'Dordogne' },
    ],
    doubts: ['Too many conjugations, too little talking.', 'The audio links often did not work.'],
  },
  spanish: {
    praise: [
      { text: 'I told a whole story at dinner with my in-laws.', voice: 'self', level: 'ADULT', about: 'Bogot' },
      { text: 'The subjunctive turned out to be about feelings.' },
      { text: 'Voice messages between lessons are a wonderful idea.' },
      { text: 'My Lorca essays finally argue something.', voice: 'self', level: 'EXAM', about: 'Lorca' },
    ],
    doubts: ['The past tenses are still a muddle.', 'More chat than lesson.'],
  },
  chinese: {
    praise: [
      { text: 'My colleagues in Shenzhen noticed the tones.', voice: 'self', level: 'ADULT', about: 'supply chain' },
      { text: 'Each character has a story, so they stay.' },
      { text: 'HSK 2 passed, with time to spare.', level: 'ADULT', about: 'HSK' },
      { text: 'Grandmother cried when she heard the first story read aloud.', voice: 'parent', about: 'heritage' },
    ],
    doubts: ['Too many characters a week.', 'We hardly practised tones.'],
  },
  russian: {
    praise: [
      { text: 'I praised the soup in the right case.', voice: 'self', about: 'beginners' },
      { text: 'The comic strips made aspect predictable.', about: 'B1' },
      { text: 'Verbs of motion on a map: silly and perfect.', about: 'B1' },
      { text: 'I follow family dinners now.', voice: 'self', about: 'beginners' },
    ],
    doubts: ['Cases came all at once.', 'Too little listening practice.'],
  },
  history: {
    praise: [
      { text: 'My essays now answer the question.', voice: 'self' },
      { text: 'Source questions have a rhythm, and I have found it.', voice: 'self', about: 'GCSE' },
      { text: 'The letters from the trenches were unforgettable.' },
      { text: 'The coursework went up by a level.', about: 'A-level' },
    ],
    doubts: ['A lecture rather than a lesson.', 'We spent too long on one period.'],
  },
  'social-studies': {
    praise: [
      {
        text: 'Marx and Durkheim argued about our canteen, and I shall never mix them up again.',
        voice: 'self',
        about: 'Sociology',
      },
      { text: 'The methods grid fits on a card and covers everything.', about: 'Sociology' },
      { text: 'The engagement project turned into real analysis.', about: 'IB' },
      { text: 'Every week we talked about the news in the words of the syllabus.', voice: 'self' },
    ],
    doubts: ['Essays came back late.', 'Theory without enough examples.'],
  },
  piano: {
    praise: [
      { text: 'Satie is back under my fingers.', voice: 'self', about: 'Returning' },
      { text: 'A little recital for the grandparents, and no nerves at all.', level: 'PRIMARY_SCHOOL' },
      { text: 'The first tune with both hands came within a month.' },
      { text: 'We make up little tunes every evening now.', voice: 'parent' },
    ],
    doubts: ['More scales than music.', 'The pieces were not really to our taste.'],
  },
  guitar: {
    praise: [
      { text: '"Blackbird" from beginning to end, in six weeks.', voice: 'self', level: 'ADULT', about: 'Acoustic' },
      { text: 'F major no longer hurts.', voice: 'self' },
      { text: 'Singing and playing together at last.', about: 'Acoustic' },
      { text: 'A new set-up for my guitar and it plays like butter.', voice: 'self' },
    ],
    doubts: ["The repertoire was the tutor's rather than mine.", 'Never once used a metronome.'],
  },
};
