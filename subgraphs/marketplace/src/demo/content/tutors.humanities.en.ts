import type { TutorTexts } from './content.js';

export const HUMANITIES_TUTORS_EN = {
  english: {
    headlines: [
      'IELTS and Cambridge exams with honest feedback',
      'Conversational English for people who work in it',
      'GCSE English Language and Literature',
      'Business English: presentations, meetings, emails',
      'English for young learners through stories',
      'Pronunciation and fluency coach',
      'Academic writing and IELTS 7+',
    ],
    specialities: [
      'You talk for most of the lesson; I take notes and we polish them at the end.',
      'IELTS essays come back within a day, marked against the four public criteria with one thing to fix next time.',
      'For work we rehearse your own slides and emails, interruptions included.',
      'Children act out stories, and grammar sneaks in through the characters.',
      'I teach pronunciation one sound and one rhythm at a time, with recordings to prove the progress.',
      'In GCSE lessons we write more about less: one word, three ideas.',
      'Podcasts, stand-up and short articles replace the textbook wherever possible.',
    ],
    results: [
      'Over the past two years twenty-three students have reached IELTS 7.0 or above with me.',
      'My GCSE pupils usually move up two grades between October and June.',
      'Several students have been promoted into roles that they used to avoid because of their English.',
    ],
  },
  german: {
    headlines: [
      'German for life and work in Germany',
      'Goethe exams A1 to C1',
      'German without fear of the cases',
      'A-level and GCSE German',
    ],
    specialities: [
      'Cases come in colours and questions, never as a table to memorise.',
      'We read the letters that really land in your letterbox, from the tax office to the landlord.',
      'Word order is practised with cards you can move, until it becomes a reflex.',
      'For exams we do a timed writing task every week and a recorded oral every month.',
      'School pupils get films, songs and a good deal of laughter alongside the specification.',
    ],
    results: [
      'Nearly all of my B1 candidates pass at the first attempt.',
      'Three of my doctors now work in German hospitals.',
      'A-level pupils have earned nothing below a B since I began.',
    ],
  },
  french: {
    headlines: [
      'French for GCSE, A-level and DELF',
      'Spoken French with a good accent',
      'French for living in France',
      'Bonjour again: French for returning learners',
    ],
    specialities: [
      'Sounds come first: after six lessons French spelling stops looking like a practical joke.',
      'We practise telephone calls early, because that is where real French lives.',
      'For DELF I use short news clips and ten minutes of preparation, just as in the exam.',
      'Tenses are taught through family stories, so that imparfait and passé composé stop quarrelling.',
      'Teenagers get comics, songs and speaking cards that can be bent towards any question.',
    ],
    results: [
      "All of last year's DELF candidates passed, most of them with over 75 points.",
      'Adults normally manage a real phone call to a French office by the fourth month.',
      'My GCSE pupils have learnt to enjoy the speaking exam, which surprises their parents.',
    ],
  },
  spanish: {
    headlines: [
      'Spanish from zero to dinner conversation',
      'Latin American and Peninsular Spanish',
      'DELE, GCSE and A-level Spanish',
      'Relaxed Spanish for travellers and families',
    ],
    specialities: [
      'Every lesson is built around a situation: the market, the flat, the in-laws.',
      'The subjunctive is taught as a mood, with wishes and doubts rather than endings.',
      'Songs and podcasts from several countries keep your ear flexible.',
      'Between lessons we exchange voice messages, short and real.',
      'Literature students rewrite their own essays with a single question beside each paragraph: so what?',
    ],
    results: [
      'Beginners usually hold a ten-minute conversation after twenty lessons.',
      'Eleven students have passed DELE B1 or B2 with me so far.',
      'My favourite success is a grandfather who now tells jokes in Spanish.',
    ],
  },
  chinese: {
    headlines: [
      'Mandarin with proper tones from day one',
      'HSK preparation, levels 1 to 5',
      'Mandarin for business and travel',
      'Mandarin for children and heritage learners',
    ],
    specialities: [
      'Tones are practised in pairs of syllables and recorded, because nobody speaks one syllable at a time.',
      'Each character is taken apart and given a small story.',
      'Business learners practise prices, dates and quality in real messages.',
      'Heritage learners read comics early and interview their own grandparents.',
      'Handwriting is optional: many adults prefer to recognise and type.',
    ],
    results: [
      'Students usually pass HSK 3 after a year of two lessons a week.',
      'Two of my pupils have won places on summer schools in Shanghai.',
      'Several managers now travel without an interpreter.',
    ],
  },
  russian: {
    headlines: [
      'Russian as a foreign language, A1 to B2',
      'Russian for families and travellers',
      'Conversational Russian with patience',
      'Russian for university students',
    ],
    specialities: [
      'Cases are met one at a time and always with people you know.',
      'Verbs of motion are taught on a city map, with a small figure walking around it.',
      'I use plenty of audio, because families speak faster than textbooks.',
      'Short stories by Chekhov appear surprisingly early, in gentle versions.',
      'Aspect is explained through comic strips: is it the process or the result that matters?',
    ],
    results: [
      'After a year most beginners can follow a family dinner.',
      'Four students passed the TORFL B1 last summer.',
      'University students bring me aspect at 50 % and leave with it at 90 %.',
    ],
  },
  history: {
    headlines: [
      'History through stories and sources',
      'GCSE and A-level History',
      'Essay writing for historians',
      'History for IB and A-level candidates',
    ],
    specialities: [
      'Sources are treated as witnesses to be questioned, never as facts to be copied.',
      'We write the last sentence of a paragraph first, which keeps an essay on the question.',
      'Ten anchor dates a unit carry everything else.',
      'Coursework students learn to disagree with historians politely and with evidence.',
      'I read a lot aloud: a letter from a trench explains more than a chapter.',
    ],
    results: [
      "Six of last year's seven A-level students reached an A.",
      'Coursework marks tend to rise by a whole level after two drafts together.',
      'A former pupil is now writing her own dissertation on the Tudors.',
    ],
  },
  'social-studies': {
    headlines: [
      'Sociology and Politics for A-level',
      'IB Global Politics and essay skills',
      'Social studies with real cases',
      'Society, law and politics, clearly explained',
    ],
    specialities: [
      'Theorists are put in one room and made to argue about your own school.',
      "This week's news is translated into the language of the syllabus, every week.",
      'Methods questions are handled with a grid that fits on one card.',
      'Engagement projects begin from a claim that you want to test, not from a pile of interviews.',
      'I mark essays for what to cut, which helps more than what to add.',
    ],
    results: [
      'IB students of mine averaged 6.1 last session.',
      'Sociology candidates have gained two grades in a year more than once.',
      'Three former students are reading law.',
    ],
  },
  piano: {
    headlines: [
      'Piano for beginners of any age',
      'Classical and jazz piano lessons',
      'ABRSM grades with a love of music',
      'Piano for adults who always wanted to',
    ],
    specialities: [
      'Reading music begins with tunes you already know by ear.',
      'I look after hands and posture, so that playing feels easy.',
      'Adults choose their own repertoire, from Satie to Bill Evans.',
      'Exam candidates also learn to breathe before they play, which is worth several marks.',
      'We improvise from the first lesson, even if only on three black keys.',
    ],
    results: [
      'Pupils of mine have passed ABRSM grades 1 to 8, most of them with merit.',
      'My oldest student began at seventy-one and plays every evening.',
      'Twice a year everybody performs at a small house concert, and nobody runs away.',
    ],
  },
  guitar: {
    headlines: [
      'Guitar for singers, strummers and dreamers',
      'Electric guitar and Rockschool grades',
      'Fingerstyle guitar from a gigging musician',
      'Acoustic guitar for adults and teens',
    ],
    specialities: [
      'Your first song happens in lesson two; barre chords come later and without pain.',
      'Fingerstyle starts from a steady thumb, slowly and with a metronome.',
      'Teenagers learn riffs first and discover afterwards that they were theory.',
      'We train the ear, so that you can work out songs without tabs.',
      'I check the set-up of your instrument, because half of all early frustration is a high action.',
    ],
    results: [
      'Two bands formed in my lessons have already played in public.',
      'Rockschool pupils have all passed so far, from Debut to Grade 6.',
      'After half a year most students can sing and play a dozen songs.',
    ],
  },
} satisfies Record<string, TutorTexts>;
