/**
 * Sentences of a biography that do not depend on the subject. Values: `{years}` (12 years), `{subject}` (inside a
 * sentence), `{university}`, `{faculty}`, `{city}`.
 */
export const BIOGRAPHIES_EN = {
  /** First sentence of somebody who has taught for less than three years. */
  newcomerOpeners: [
    'I have recently started to teach {subject} and bring all the energy of a beginner to it.',
    'I have been tutoring for {years}, after helping half of my own year through their exams.',
    'Not long ago I was on the other side of the screen myself, so I remember well what is confusing.',
    'I am building up my practice, which means that every student gets a great deal of my time.',
    'Explaining {subject} to friends before exams was how I discovered that I wanted to do it properly.',
    'I combine tutoring with my own studies, so I am never far away from being a learner.',
  ],
  /** First sentence of somebody with three to nine years behind them. */
  openers: [
    'I have taught {subject} for {years} and still enjoy the moment when it clicks.',
    'Hello! For {years} I have helped people of all ages to make friends with {subject}.',
    'Teaching found me by accident {years} ago, when a neighbour asked for help, and I never stopped.',
    'After leading groups for a while I chose one-to-one lessons, and {years} into teaching I know why.',
    'My {years} of tutoring have taken me through more textbooks than I can count; I kept the best pages.',
    'Based in {city}, I teach {subject} online and have done so for {years}.',
    'I came to love {subject} only when I began to explain it, {years} ago.',
    'People say that I make {subject} sound obvious. It took me {years} of practice.',
    'I am a full-time tutor with {years} of experience, mostly with students who had given up hope.',
    'In {years} of teaching I have never met a student who could not improve, only explanations that did not fit.',
    'Some of my students have an exam to pass and some have a dream to follow; after {years} I enjoy both.',
    'The sentence I like best is "oh, is that all?", and in {years} of teaching {subject} I have heard it often.',
    'I started tutoring as a side job {years} ago and soon gave up everything else for it.',
    'For {years} I have been the person to whom parents turn when {subject} has become a battle at home.',
    'Most of my students come by word of mouth, which after {years} is the compliment I value most.',
  ],
  /** First sentence of somebody with ten years and more. */
  veteranOpeners: [
    'I taught {subject} in schools for a long time and now tutor privately; {years} in all.',
    'More than two hundred students in {years}, and no two of them alike.',
    'With {years} of teaching behind me, I have seen most of the ways in which {subject} can go wrong, and right.',
    'I have been a teacher of {subject} for {years} and still rewrite my materials every September.',
    'My first students now send me their children, which tells you that {years} have passed.',
    'After {years} in classrooms, colleges and online schools I have settled on what works: one person at a time.',
    'Teaching {subject} is the only job I have ever wanted, and I have had it for {years}.',
    'For {years} I have prepared students for exams, so there are few questions left that can surprise me.',
  ],
  /** Where the tutor studied. */
  education: [
    'I hold a degree in {faculty} from {university}.',
    'My background is in {faculty}, which I studied at {university}.',
    'I studied {faculty} at {university} and trained as a teacher afterwards.',
    'My degree is in {faculty} ({university}), and I keep it fresh with a course every year.',
    'I graduated from {university}, where I read {faculty}.',
  ],
  /** Where the tutor studies now; only for newcomers. */
  studying: [
    'I am in the final year of {faculty} at {university}.',
    "At the moment I am finishing a master's degree in {faculty} at {university}.",
    'I study {faculty} at {university}.',
  ],
  /** How the tutor works. */
  methods: [
    'I never rush and never sigh: "why?" is always a welcome question.',
    'Every student has a plan, a progress sheet and homework that fits into real life.',
    'I explain in plain words first and add the terminology once the idea is safe.',
    'There is exactly as much theory as the next step needs, and plenty of practice.',
    'Lessons are friendly and have room for a joke, because nobody learns well when frightened.',
    'I am demanding in a kind way: I will not let you settle for less than you can do.',
    'Homework is short, and it always comes back marked before we meet again.',
    'The pace is yours: sometimes we run, sometimes we walk, but we do not stand still.',
    'Once a month we hold a small review and talk honestly about what has and has not worked.',
    'I get on well with teenagers, including those who did not ask to be there.',
    'With adults I drop the classroom tone and respect your time.',
    'I write my own materials and share them after each lesson, so you can listen rather than copy.',
    'Between lessons you can send me a message when you are stuck.',
    'I promise no miracles in a fortnight, but an honest plan and steady progress.',
    'What I really teach is how to learn: check yourself, use your mistakes, come back stronger.',
    'Difficult things are cut into small steps, and each step is celebrated.',
    'With anxious learners I begin with what already works.',
    'If something does not click, I change the explanation and not the student.',
  ],
  /** Lessons on a screen. */
  online: [
    'We meet on video with a shared whiteboard, and all notes stay with you.',
    'Online lessons need nothing but headphones; I use a tablet, so you see every line I write.',
    'I teach online only, with reliable equipment and a second camera for demonstrations.',
  ],
  /** Lessons face to face. */
  inPerson: [
    'In person we can meet at my quiet study or at your kitchen table.',
    'I am happy to travel within half an hour of the centre of {city}.',
    'For lessons in person I rent a bright room in {city}.',
  ],
  /** Last sentence. */
  closers: [
    'The first lesson is for getting to know each other; after that, you decide.',
    'Send me a message and tell me about your goal.',
    'A trial lesson will show you within forty minutes how we could go on.',
    'I have free hours in the evenings and on Saturdays.',
    'I look forward to meeting you.',
    'If in doubt, begin with a single lesson: there is no obligation.',
    'I never take more than a dozen students at once, so that I remember each of them.',
    "My timetable is flexible, and moving a lesson with a day's notice is no trouble.",
    'Outside lessons I climb and bake bread, so there is always something to talk about.',
    'Write a few words about yourself and I will suggest a plan before we first meet.',
    'I work through the summer too, which is the best time to catch up.',
    'Mornings are cheaper, if you are an early riser.',
  ],
} as const;
