import type { TutorTexts } from './content.js';

export const SCIENCE_TUTORS_EN = {
  mathematics: {
    headlines: [
      'Maths made visible, from fractions to calculus',
      'GCSE and A-level Maths with a clear plan',
      'University maths without the panic',
      'Patient maths tutor for ages 8 to 18',
      'Calculus, linear algebra and statistics',
      'Problem solving for curious minds',
    ],
    specialities: [
      'I draw everything: a graph or a quick sketch comes before any formula.',
      'With exam classes I work backwards from past papers, so that no lesson is spent on something you already know.',
      'Younger pupils meet fractions in recipes and negative numbers in lifts, long before they see them in a textbook.',
      'Undergraduates bring their problem sheets, and we do not move on until they can explain each step to me.',
      'Mechanics and statistics get the same care as pure, because that is where grades are quietly lost.',
      'Every lesson has five minutes of mental arithmetic; it sounds old-fashioned and it saves a surprising number of marks.',
      'I also run a small problem-solving strand for pupils who enter the UKMT challenges.',
    ],
    results: [
      'Last summer nine of my eleven A-level pupils reached an A or an A*.',
      'Pupils usually gain two GCSE grades over a year of weekly lessons.',
      'The result I am proudest of is a pupil who once cried over fractions and now studies engineering.',
    ],
  },
  physics: {
    headlines: [
      'Physics you can touch: school, A-level and IB',
      'A-level and IB Physics, calmly explained',
      'Physics for future engineers',
      'From forces to fields without the fog',
    ],
    specialities: [
      'I begin with a question that you would ask anyway, such as why a bicycle stays up, and let the formula arrive late.',
      'Free-body diagrams come first; nine mistakes out of ten are born before the algebra begins.',
      'For practical papers we rehearse uncertainties and graph work until they become routine.',
      'I keep a box of springs, magnets and cheap sensors by the camera, so online lessons still have experiments.',
      'If the mathematics is the real obstacle, we take a detour and mend it.',
      'Fields, waves and quanta are taught as stories about energy, which makes them hang together.',
    ],
    results: [
      'Four of my pupils went on to read physics or engineering at Imperial, Edinburgh and Delft.',
      'Most IB students move from a 4 or 5 to a 6 within the year.',
      'My A-level groups have not had a grade below B in three years.',
    ],
  },
  chemistry: {
    headlines: [
      'Chemistry for medicine and beyond',
      'GCSE and A-level Chemistry, step by step',
      'Organic chemistry that finally clicks',
      'Moles, mechanisms and kitchen experiments',
    ],
    specialities: [
      'We draw mechanisms from memory and mark them together, because rereading notes fools everybody.',
      'Moles are counted with rice on a kitchen scale before they ever become a calculation.',
      'I use one large map of organic reactions that the student builds over the year.',
      'Equilibrium and pH calculations follow one layout, drilled until it is boring in the best way.',
      'Future medics get examples from drugs, blood tests and anaesthetics.',
      'Safe experiments with red cabbage and vinegar still beat any animation.',
    ],
    results: [
      'Most of my recent A-level students needed an A for medicine or dentistry, and eight out of ten got it.',
      'Pupils who arrive avoiding the subject tend to leave asking about university courses.',
      'A typical gain is a grade and a half between October and June.',
    ],
  },
  biology: {
    headlines: [
      'Biology with a microscope and good questions',
      'A-level Biology: application questions and essays',
      'GCSE to first-year biology and biochemistry',
      'Biology for future vets and medics',
    ],
    specialities: [
      'Application questions are treated as detective work: command word, data, biology, link.',
      'A microscope camera is always switched on, and drawing what you see is part of the lesson.',
      'Biochemistry students and I build one wall-sized map of metabolism and fill it week after week.',
      'Genetics problems are broken into steps that you can trust under pressure.',
      'I connect plants, animals and ecosystems by evolution, so there is less to memorise and more to understand.',
      'Essays get a bank of twenty examples that can travel between titles.',
    ],
    results: [
      "Half of last year's group now study medicine, zoology or biomedical science.",
      'My pupils typically add fifteen percentage points between the first mock and the exam.',
      'Two former students have already invited me to their graduation.',
    ],
  },
  informatics: {
    headlines: [
      'Computer Science for GCSE and A-level',
      'Scratch, Micro:bit and Python for children',
      'A-level Computer Science: theory, code, project',
      'Computing for curious kids and exam candidates',
    ],
    specialities: [
      'Children invent their own games, and I only ask the questions that get them unstuck.',
      'Theory topics such as floating point are done on paper with coloured bits before any definition.',
      'For the NEA I comment on structure, testing evidence and evaluation, where the marks hide.',
      'We trace code by hand, slowly, because reading programs is the skill that the exams reward.',
      'Algorithms begin with playing cards on the table and end in Python.',
    ],
    results: [
      'Seven of my last eight A-level candidates achieved an A or a B.',
      'One of my ten-year-olds won a regional coding contest with a game about bees.',
      'Students regularly raise their project mark by a full band.',
    ],
  },
  programming: {
    headlines: [
      'Python mentor for career changers',
      'Learn to code by building real things',
      'TypeScript and React with a working developer',
      'Data structures, algorithms and interview practice',
      'SQL, pandas and data storytelling',
    ],
    specialities: [
      'You type, I ask questions: nobody has ever learnt to program by watching.',
      'Between sessions I review your pull requests, exactly as a colleague would.',
      'Career changers build one project from the field they come from, which makes interviews much easier.',
      'Interview practice includes a written report with the honest version of what the panel thought.',
      'I care about habits: clear names, small functions and tests from the second week.',
      'Students with data structures to pass spend the first lessons away from the keyboard, with pencil and paper.',
      'We read error messages aloud until they become friendly.',
    ],
    results: [
      'Nine mentees have found their first developer or analyst job in the past two years.',
      'The quickest journey from zero to an offer took eight months, the happiest took fourteen.',
      'Every student who came to me with a resit has passed it.',
    ],
  },
} satisfies Record<string, TutorTexts>;
