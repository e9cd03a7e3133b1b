import type { TopicPhrases, TutorTopic } from './topics.js';

/** How English speaks of each topic; stems are Snowball's, so that one form stands for all. */
export const ENGLISH_TOPICS: Readonly<Record<TutorTopic, TopicPhrases>> = {
  PATIENCE: {
    praise: 'patient, patience, never rush*, same question, takes the time, took the time, as often as',
    complaint:
      'impatient, impatience, loses temper, lost temper, loses patience, raised voice, shouts, shouted, sighs, irritated, snaps, loses his temper, loses her temper',
  },
  KINDNESS: {
    praise:
      'kind, kindly, kindness, gentle, is caring, very caring, supportive, considerate, understanding about, understanding of, encouraging, nice to',
    complaint: 'rude, harsh, condescending, dismissive, unkind, mean, arrogant, humiliat*, sarcastic, cold',
  },
  CLARITY: {
    praise:
      'clear, clearly, clarity, easy to understand, makes sense, made sense, simple terms, simple words, puts simply, easy to follow, finally clicks, finally clicked, breaks down',
    complaint:
      'confusing, confused, unclear, hard to follow, struggles to put, over my head, could not follow, couldnt follow, cannot follow',
    about: 'explain*, explanation*',
  },
  STRUCTURE: {
    praise:
      'well organised, well organized, organised*, organized*, well structured, well planned, well prepared, methodical, systematic, lesson planned, clear plan, always prepared',
    complaint:
      'no plan, no real plan, disorganised, disorganized, unstructured, chaotic, unprepared, all over the place, random topics',
    about: 'plan, structure, syllabus',
  },
  EXAM_RESULTS: {
    praise:
      'passed, exam result better, got an a, top grade, top marks, got into, distinction, aced, band 7, band 8, scored',
    complaint: 'failed, resit',
    about: 'exam result*',
  },
  EXAM_TECHNIQUE: {
    about:
      'exam, exams, gcse, ielts, toefl, sat, past papers, mocks, mark scheme*, exam technique, test preparation, revision, cambridge exam*, mock exam*, mock test*',
  },
  PROGRESS: {
    praise:
      'marks went up, grades went up, improve*, improvement*, steady progress, great progress, gained, progressed, made progress, reached my goal, come a long way, grade up',
    complaint:
      'no progress, stuck, waste of time, wasted, learned nothing, learnt nothing, no improvement, same grades',
    about: 'progress, grades, results',
  },
  PUNCTUALITY: {
    praise: 'on time, punctual*, prompt, starts promptly',
    complaint:
      'late, minutes late, kept waiting, kept us waiting, overran, cut short, finished early, began late, started late',
  },
  RELIABILITY: {
    praise: 'reliable, dependable, keeps promises, never cancel*, never miss*, not one lesson missed, trustworthy',
    complaint:
      'cancel*, no show, unreliable, did not show, didnt show, let us down, let me down, stood up, rescheduled again, never came, disappeared',
  },
  FLEXIBILITY: {
    praise:
      'flexible, flexibility, accommodating, fits around, fitted around, worked around, impossible shifts, available evenings, at short notice, happy to move, move lessons around, around my shifts',
    complaint: 'inflexible, awkward hours, few free hours, hard to book',
    about: 'schedule, scheduling, availability',
  },
  CONVERSATION: {
    praise: 'got me talking, got me speaking, speak freely, speak fluently, speaking confidently, started speaking',
    complaint: 'most of the talking, did all the talking, barely spoke',
    about: 'conversation*, speaking, fluency, discussion*, dialogue*, small talk, talking',
  },
  GRAMMAR: { about: 'grammar, grammatical, tenses, articles, punctuation, spelling, conditionals' },
  PRONUNCIATION: { about: 'pronunciation, accent, intonation, phonetic*, pronounce' },
  VOCABULARY: { about: 'vocabulary, new words, idioms, phrasal verbs, collocations' },
  WRITING: { about: 'essay, essays, writing, composition*, cover letter' },
  READING: { about: 'reading, read, phonics, comprehension, literature' },
  LISTENING: {
    about:
      'listening skills, listening tasks, listening exercises, listening comprehension, podcasts, understand speech',
  },
  HOMEWORK: {
    praise: 'homework marked, marks homework, homework pays off, checks homework',
    complaint:
      'homework never checked, too much homework, homework not checked, homework unmarked, forgets homework, forgets homework, forgot homework, forgets to check homework',
    about: 'homework, assignments',
  },
  FEEDBACK: {
    praise:
      'detailed feedback, useful feedback, helpful feedback, goes through mistakes, corrects mistakes, code review*, clear note',
    complaint: 'no feedback, vague feedback',
    about: 'feedback, comments on, corrections',
  },
  MATERIALS: { about: 'materials, notes, handouts, slides, worksheets, textbook*, resources, flashcards' },
  MOTIVATION: {
    praise:
      'motivat*, inspir*, looks forward, look forward, wants to learn, keen to learn, love of the subject, enthusiastic, enthusiasm',
    complaint: 'demotivat*, discouraging, discouraged, put me off, lost interest, put him off, put her off, put off',
  },
  INTEREST: {
    praise:
      'interesting, engaging, fascinating, never boring, hour flies, time flies, brings to life, brought to life, captivating, enjoy, enjoys, enjoyable, enjoyed',
    complaint: 'boring, dull, monotonous, tedious, bored, dry, yawn*',
  },
  HUMOUR: { praise: 'funny, humour, humor, jokes, laugh, laughing, laughs, witty, cheerful, fun' },
  STRICTNESS: {
    praise:
      'demanding, strict, high standards, pushes me, pushes us, pushed me, keeps on our toes, on my toes, rigorous, firm, discipline*, challenging, challenges me',
    complaint: 'too strict, too demanding, overly strict, too hard on, nitpick*, pedantic, too soft, too lenient',
  },
  PACE: {
    praise: 'my own pace, right pace, good pace, comfortable pace, my pace, perfect pace',
    complaint: 'too fast, too quick, too slow, slow, rushed, rush*, barely touched, pace quick, raced through',
    about: 'pace',
  },
  CHILDREN: {
    praise:
      'great with kids, good with children, great with children, good with kids, warm with our child, loves children, wonderful with our, connects with kids, brilliant with teenagers, wonderful with, patient with our, bond with our',
    complaint:
      'not good with children, scared of the tutor, cried, tears after, with a small child, six year old child',
    about: 'children, kids, toddlers, young learners',
  },
  BEGINNERS: { about: 'beginner*, from scratch, from zero, basics, foundations' },
  CONFIDENCE: {
    praise:
      'confidence, confident, confidently, stopped being afraid, no longer afraid, not afraid any more, nothing to fear, without tears, calmer, never felt silly, never felt stupid, at ease with mistakes, believe in myself',
    complaint: 'felt stupid, felt silly, feel stupid, afraid to ask, undermined',
  },
  PERSONAL_APPROACH: {
    praise:
      'tailored, tailors, personalised*, personalized*, individual approach, my needs, adapts, adapted, adjusted to, my goals, listens to what',
    complaint: 'one size fits all, same lesson for everybody, generic, attention to my own goal, ignored my goals',
  },
  EXPERTISE: {
    praise:
      'knowledgeable, expert, expertise, professional, knows the subject, inside out, qualified, experienced, native speaker, loves what, mastery, competent, brilliant mathematician',
    complaint:
      'incompetent, did not know, unprofessional, wrong answers, gets facts wrong, unqualified, could not answer, couldnt answer, cannot answer',
  },
  PROBLEM_SOLVING: {
    praise: 'taught me to think, think for myself, solve on my own, solve by myself, learned to reason, reasoning step',
    about: 'problem solving, solve problems, solving problems, logic, hard problems, puzzles',
  },
  PROJECTS: {
    praise: 'built an app, built a game, finished the project, real project, own project',
    about: 'project, projects, website, scratch, portfolio, app, code, coding',
  },
  PRACTICE: {
    praise: 'plenty of practice, lots of practice, hands on, plenty of exercises',
    complaint:
      'little more practice, more practice, not enough practice, too much theory, only theory, few exercises, more derivations than problems',
    about: 'practice, exercises, drills',
  },
  DEMONSTRATIONS: {
    about: 'experiment*, demonstration*, diagram*, sketch*, visual*, real life examples, microscope, examples',
  },
  PARENTS: {
    praise:
      'keeps us informed, keeps us updated, note after every lesson, keeps parents, updates parents, report after',
    about: 'parents, report to us',
  },
  ATMOSPHERE: {
    praise:
      'friendly, relaxed, welcoming, warm, got on, get on well, at ease, comfortable, pleasant, approachable, lovely, put me at ease, atmosphere',
    complaint: 'not a good match, awkward, uncomfortable, tense, unfriendly, unpleasant, did not click',
  },
  VALUE: {
    praise:
      'good value, worth the price, worth every penny, affordable, fair price, worth the money, reasonably priced, reasonable price, but worth',
    complaint: 'expensive, overpriced, not worth, pricey, not what i pay for, rip off, too much money',
    about: 'price, rate, cost',
  },
  ONLINE_TOOLS: {
    about: 'whiteboard, zoom, skype, online lessons, recording, screen share, interactive board, connection, platform',
  },
  OLYMPIADS: { about: 'olympiad*, competition*, ukmt, contest*, kangaroo' },
  INTERVIEWS: { about: 'interview*, job offer, cv, resume, mock interview*' },
  GAMES: { about: 'game, games, quiz, quizzes, play, playful, gamified' },
  ATTENTION: {
    praise: 'attentive, focused on me, full attention, not a minute wasted, notices every, listens carefully, listens',
    complaint: 'distracted, on the phone, glancing at, phone, inattentive, forgets, checking messages',
  },
};
