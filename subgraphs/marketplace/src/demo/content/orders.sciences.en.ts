import type { OrderSituation } from './content.js';

export const MATHEMATICS_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'EXAM',
    voice: 'self',
    title: 'A-level Maths: from a B to an A in one year',
    description:
      'I am in Year 13 and sit at a solid B. Pure is fine until integration by parts and parametrics, and mechanics questions with connected particles fall apart on me. I can do two hours a week and past papers on top.',
    weeks: 30,
    replies: [
      'A B with those gaps is very fixable: integration and connected particles are each about three lessons, and the rest is exam craft.',
      'Send me your last mock if you can. I will mark it the way an examiner would and we will build the plan from the marks you left behind.',
      '+I teach the Edexcel and AQA specifications every year and keep a bank of mechanics questions sorted by the exact idea they test.',
      'Let us make parametrics visual first; once you can see the curve being drawn, the calculus becomes routine.',
    ],
  },
  {
    level: 'EXAM',
    voice: 'parent',
    title: 'GCSE Higher Maths, predicted 5, hoping for a 7',
    description:
      'Our {son|daughter} is in Year 11. {He|She} knows more than {he|she} shows: loses marks on multi-step problems and gives up on anything with algebra in geometry. Weekly lessons, ideally online after 5 pm.',
    weeks: 26,
    replies: [
      'Multi-step questions are a habit more than a talent: we practise writing the first line even when the last one is not in sight.',
      '+I have taken several pupils from a 5 to a 7 over Year 11. The jump usually comes from ratio, algebraic fractions and circle theorems.',
      'I would start with ten minutes of questions your child can already do. Confidence first, then the harder half of the paper.',
    ],
  },
  {
    level: 'UNIVERSITY',
    voice: 'self',
    title: 'Linear algebra for a first-year engineering student',
    description:
      'Eigenvalues, change of basis and proofs about subspaces. Lectures are fast and the problem sheets assume I followed every step. Exam in January.',
    weeks: 10,
    replies: [
      'Change of basis is where most first-years get lost; I have a single picture for it that makes the matrices obvious.',
      'Bring the problem sheets and we will work from those. I will ask you to explain each proof back to me, which is the fastest way to own it.',
      'January gives us enough time for a full pass: subspaces, then maps, then eigenvalues, with a mock exam before the holidays.',
    ],
  },
  {
    level: 'PRIMARY_SCHOOL',
    voice: 'parent',
    title: 'Times tables and confidence for an eight-year-old',
    description:
      'Our {boy|girl} has decided that {he|she} is "bad at maths". Fractions and times tables cause tears. We are looking for someone warm and playful, thirty minutes twice a week.',
    replies: [
      'No child is bad at maths at eight. I use games with dice and cards, and we keep a "things I can do now" page that grows every week.',
      'Thirty minutes twice a week is perfect for times tables. We learn them in families, never as a list to recite.',
      'I start with a puzzle that has no wrong answer, so that the first lesson ends with a smile. The tables come in through the back door.',
    ],
  },
];

export const PHYSICS_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'EXAM',
    voice: 'self',
    title: 'A-level Physics: fields and the practical questions',
    description:
      'Gravitational and electric fields are a blur, and I keep dropping marks on uncertainties in the practical paper. I need an A for my engineering offer.',
    weeks: 24,
    replies: [
      'Teach fields as one topic with two names and half of it disappears. Uncertainties are a one-lesson fix with the right checklist.',
      '+I mark practical papers and can show you exactly which words earn the marks.',
      'We could alternate: one week fields, one week a practical question under time. That way nothing goes cold before the summer.',
    ],
  },
  {
    level: 'EXAM',
    voice: 'parent',
    title: 'IB Physics HL, struggling with circular motion',
    description:
      'Our {son|daughter} moved to the IB from another system this year and missed a year of mechanics. {He|She} works hard but needs someone to rebuild the base without slowing down in class.',
    weeks: 32,
    replies: [
      'I would rebuild mechanics alongside the current topic: half of each lesson on forces, half on what school is doing that week.',
      '+I have taught IB HL for years and know which parts of earlier mechanics it quietly assumes. It is a shorter list than it feels.',
      'Circular motion is a good place to start, because it forces every force to be drawn properly. A term should do it.',
    ],
  },
  {
    level: 'ADULT',
    voice: 'self',
    title: 'Physics refresher before a renewable energy MSc',
    description:
      'My degree is in business and the course starts in September. I need thermodynamics and basic circuits explained to an adult who has forgotten nearly everything.',
    weeks: 20,
    replies: [
      'Lovely goal. We can do thermodynamics through heat pumps and circuits through a small solar panel, so every formula has a job.',
      'Twenty weeks is generous. I suggest we follow the reading list of your MSc and fill the gaps as they appear.',
      'Adults learn physics well when it is about something real. I will keep the algebra light at first and honest later.',
    ],
  },
];

export const CHEMISTRY_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'EXAM',
    voice: 'self',
    title: 'A-level Chemistry for a medicine offer (A needed)',
    description:
      'Organic mechanisms and equilibrium calculations. I revise a lot but mostly by reading, and my test marks do not move. Two sessions a week until May please.',
    weeks: 25,
    replies: [
      'Reading is the problem: we will swap it for drawing mechanisms from memory and marking them against the scheme.',
      '+Most of my A-level students need the grade for medicine or dentistry. Kp and Kc follow one layout, and I will drill it until it is boring.',
      'Two sessions a week is right. One for new mechanisms, one for mixed questions, with a short quiz in between.',
    ],
  },
  {
    level: 'EXAM',
    voice: 'parent',
    title: 'GCSE Chemistry: moles and electrolysis',
    description:
      'Triple science, currently a 6. {He|She} says that moles make no sense and has started avoiding the subject. We would love somebody patient who can show it with real examples.',
    weeks: 20,
    replies: [
      'Moles are just counting by weighing. I do it with rice and a kitchen scale, and it tends to click within one lesson.',
      'Electrolysis becomes simple with one diagram and three rules. I am happy to start with whichever of the two comes up first at school.',
      'I would build back the enjoyment first with a couple of kitchen experiments, then go for the exam questions.',
    ],
  },
];

export const BIOLOGY_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'EXAM',
    voice: 'self',
    title: 'A-level Biology essay and application questions',
    description:
      'I know the content but the mark schemes feel like a lottery. My last mock was 58 %. Aiming for an A to study zoology.',
    weeks: 22,
    replies: [
      'It is not a lottery once you see the pattern: command word, data, biology, link. We will practise one question of each kind per lesson.',
      '+I mark for an exam board in the summer, and application questions are what I enjoy teaching most.',
      'For the essay I would build a bank of twenty examples that you can move between titles. Zoology students usually love that part.',
    ],
  },
  {
    level: 'UNIVERSITY',
    voice: 'self',
    title: 'Biochemistry help: metabolism and enzymes',
    description:
      'Second-year biomedical science. Pathways swim before my eyes and the kinetics problems need maths that I avoided at school.',
    weeks: 9,
    replies: [
      'We will draw one big map of metabolism together and add to it each week; by the exam you will be able to redraw it alone.',
      'Michaelis–Menten needs only a little algebra, and I am used to teaching it to people who dislike maths.',
      'I suggest that we learn pathways by the question "what does the cell need right now?" rather than by enzyme names.',
    ],
  },
];

export const INFORMATICS_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'EXAM',
    voice: 'self',
    title: 'A-level Computer Science: theory paper and NEA',
    description:
      'The programming project is going well but the theory paper is not: floating point, Big O, and anything about the processor. I would also like a second pair of eyes on my NEA write-up.',
    weeks: 20,
    replies: [
      'Floating point is much easier on paper with coloured bits. For the NEA I can comment on the structure without touching your code, as the rules ask.',
      '+I have supported many NEA projects and know where the write-up marks hide: testing evidence and evaluation.',
      'Big O and the processor are both four-week topics at a calm pace. Past questions every time, marked by the scheme.',
    ],
  },
  {
    level: 'PRIMARY_SCHOOL',
    voice: 'parent',
    title: 'Scratch and Micro:bit for a curious ten-year-old',
    description:
      'Our {son|daughter} follows videos step by step but cannot start from a blank screen. We want {him|her} to invent and finish something, not copy.',
    replies: [
      'Blank-screen fear is common. We draw the idea on paper first, then build the smallest piece that does anything at all.',
      'I would use a Micro:bit early: a thing that blinks in your hand is worth ten tutorials.',
      'My rule is that the child types and I ask questions. After six weeks there is usually a finished game with their name on it.',
    ],
  },
];

export const PROGRAMMING_ORDERS_EN: readonly OrderSituation[] = [
  {
    level: 'ADULT',
    voice: 'self',
    title: 'Python for a move from marketing into data',
    description:
      'I have worked in marketing for six years and taught myself some SQL. I need pandas, clean code and one portfolio project that an employer would take seriously.',
    weeks: 24,
    replies: [
      'Marketing gives you the best data to practise on. I suggest a campaign attribution project: messy, real and easy to explain in an interview.',
      '+I hire analysts, so I can tell you what makes a portfolio project convincing. We would start with your SQL and move to pandas from there.',
      'One session a week with code review in between works well for people with jobs. You would have something to show by week ten.',
    ],
  },
  {
    level: 'UNIVERSITY',
    voice: 'self',
    title: 'Data structures in Java, resit in August',
    description:
      'I passed everything else but failed data structures. Trees, hashing and recursion; I can read code but freeze when I have to write it.',
    weeks: 8,
    replies: [
      'Freezing is a writing problem, so every lesson would be you writing small recursive functions while I only ask questions.',
      'Eight weeks is enough: two on recursion, three on trees, one on hashing and two of past papers.',
      '+I have been a teaching assistant on exactly this course and know the shape of the resit.',
    ],
  },
  {
    level: 'ADULT',
    voice: 'self',
    title: 'TypeScript and React for a backend developer',
    description:
      'Ten years of PHP, now my team is moving to React. I do not need the basics of programming, I need somebody who writes modern front-end code every day.',
    weeks: 12,
    replies: [
      'Happy to skip the basics. I would start with how React thinks about state, because that is where backend habits get in the way.',
      '+I moved from PHP to TypeScript myself and remember every wrong turn. We can pair on a ticket from your own backlog.',
      'Twelve sessions, one small feature each, with types, tests and a review, would cover what your team will expect.',
    ],
  },
];
