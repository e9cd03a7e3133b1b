/** Words that say how something is felt about, as in topics.ts: a word stands for all its forms, `word*` for all that begin so. */
export const FEELINGS = {
  /** Of whatever stands beside them these say something good. */
  good: [
    `отличн*, прекрасн*, замечательн*, великолепн*, супер, класс, классн*, хорош*, лучш*, восторг*, восхит*, нравит*, понравил*, любим*, обожа*,
     довол*, спасибо, благодар*, рекоменд*, советуем, советую, помог*, помога*, полезн*, удобн*, эффективн*, качествен*, профессиональн*, идеальн*,
     приятн*, рад, рада, рады, рада, успешн*, повезло, легко, здорово, круто, крут*, шикарн*, золот*, талантлив*, грамотн*, аккуратн*, подробн*,
     тщательн*, регулярн*, всегда, научил*, научи*, подтянул*, улучши*, исчез* ошибк*, ценн*, богат*, выше всяких похвал, на высоте, пятерк*, блестящ*, бесценн*,
     неплох*, без ошибок, в разы, счастлив*, открытие, магия, запомнил*, наконец, четк*, достойн*, заметн*, уверенн*, сильн* сторон*, молодец, толков*, вырос*`,
    `excellent, great, good, best, wonderful, fantastic, amazing, brilliant, superb, outstanding, perfect, lovely, love, loved, loves, like, liked, helpful,
     helped, helps, useful, recommend*, thank, thanks, thankful, happy, pleased, delight*, glad, impressed, impressive, enjoy*, effective, improv*, thorough,
     detailed, high quality, top notch, first rate, strong, strongest, favourite, favorite, genius, well, easy, easily, fun, better, worth, lucky, nice, super, awesome,
     terrific, rich, careful, carefully, regular, regularly, always, valuable, finally, transformed, pays off, made all the difference, easier, stronger, terrific,
     clever, richer, far better, works wonders, beautiful, beautifully, won us over, routine, success*`,
  ],
  /** These something bad. */
  bad: [
    `плох*, ужас*, отвратит*, разочаров*, недовол*, жал*, к сожалению, слаб*, скучн*, зря, хуже, 
     редко, никак*, проблем*, минус*, неудобн*, бесполезн*, странн*, поверхностн*, бестолков*,
     небрежн*, кошмар*, ошиб*, лишн*, устаре*, единственн*, кроме, претенз*, нарекан*, не получил*, не дошли, самостоятельно пришлось, пришлось сам*, не увидел*,
     обидн*, плака*, ненавид*, халатн*, ниже среднего, забросил*, беспоряд*, впустую, формальн*, для галочки, тяжело, сложно, скомкан*, без разбора, не совету*, не рекоменд*`,
    `bad, poor, poorly, terrible, awful, horrible, disappoint*, unhappy, weak, worst, worse, unfortunately, sadly, boring, useless, 
     struggle*, problem, problems, difficult, waste*, except, apart from, never got, barely, hardly,
     outdated, careless, sloppy, superficial, frustrat*, annoy*, upset, hate, regret, complaint*, wrong, rushed, missing, unhelpful, rarely, seldom, left to the last, only downside,
     mediocre, messy, shallow, left us, hated, painful`,
  ],
  /** There is too little or too much of what they name: bad, also of what is good by itself. */
  missing: [
    `не хват*, хотелось бы, хотелось больше, хотелось меньше, хочется больше, хотелось чаще, маловат*, многоват*, слишком, чересчур, недостат*, недостаточн*, мало,
     ожидал больше, никакого, никакой, никаких`,
    `lack*, not enough, too little, too much, too many, too few, would have liked, wish, could be, could have, could use, expected more, more would, shortage, insufficient`,
  ],
} as const;

/** Words that turn what follows them into its opposite. */
export const NEGATIONS: ReadonlySet<string> = new Set(
  `не ни без нет никогда нисколько отнюдь не not no never without neither nor nothing hardly cannot cant dont doesnt didnt isnt wasnt arent werent wont wouldnt
   couldnt hasnt havent hadnt nobody none zero`.split(/\s+/),
);

/** What looks like a negation and is none: «не только», «не раз», "not only". */
export const NO_NEGATIONS: readonly string[] = [
  'не только',
  'не просто',
  'не раз',
  'не один раз',
  'не могу не',
  'нет слов',
  'not only',
  'not just',
  'not least',
  'no doubt',
  'no wonder',
  'without doubt',
];
