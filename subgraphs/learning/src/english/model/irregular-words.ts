/** Verbs whose past or participle is not formed with -ed: base, past, participle; spellings after a slash are also right. */
const VERBS = `arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become|begin began begun|
bend bent bent|bet bet bet|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke broken|breed bred bred|
bring brought brought|broadcast broadcast broadcast|build built built|burst burst burst|buy bought bought|catch caught caught|
choose chose chosen|cling clung clung|come came come|cost cost cost|creep crept crept|cut cut cut|deal dealt dealt|dig dug dug|
do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|
fight fought fought|find found found|flee fled fled|fly flew flown|forbid forbade forbidden|forecast forecast forecast|
forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got gotten/got|give gave given|go went gone|
grind ground ground|grow grew grown|hang hung hung|have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|
hurt hurt hurt|keep kept kept|kneel knelt knelt|know knew known|lay laid laid|lead led led|leave left left|lend lent lent|
let let let|lie lay lain|light lit lit|lose lost lost|make made made|mean meant meant|meet met met|mistake mistook mistaken|
overcome overcame overcome|pay paid paid|prove proved proven/proved|put put put|quit quit quit|read read read|ride rode ridden|
ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent|
set set set|shake shook shaken|shine shone shone|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut|
sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|slide slid slid|speak spoke spoken|spend spent spent|
spin spun spun|split split split|spread spread spread|spring sprang sprung|stand stood stood|steal stole stolen|
stick stuck stuck|sting stung stung|strike struck struck|strive strove striven|swear swore sworn|sweep swept swept|
swim swam swum|swing swung swung|take took taken|teach taught taught|tear tore torn|tell told told|think thought thought|
throw threw thrown|undergo underwent undergone|understand understood understood|undertake undertook undertaken|
upset upset upset|wake woke woken|wear wore worn|weave wove woven|weep wept wept|win won won|wind wound wound|
withdraw withdrew withdrawn|write wrote written`;

/** Nouns whose plural is not formed with -s. */
const NOUNS = `man men|woman women|child children|person people|foot feet|tooth teeth|goose geese|mouse mice|life lives|
wife wives|knife knives|leaf leaves|half halves|self selves|shelf shelves|thief thieves|wolf wolves|loaf loaves|calf calves|
crisis crises|analysis analyses|basis bases|thesis theses|hypothesis hypotheses|criterion criteria|phenomenon phenomena|
medium media|stimulus stimuli|bacterium bacteria`;

/** Nouns that have no plural at all. */
const NEVER_PLURAL = `information advice knowledge homework housework equipment furniture luggage baggage traffic evidence software
hardware weather happiness pollution transportation machinery scenery permission patience poverty electricity feedback`;

/** Nouns that are seldom counted: they stand without an article. */
const UNCOUNTED = `news progress research money music health education work luck fun wealth violence behavior behaviour
vocabulary water air food rice bread sugar salt milk oil gasoline petrol fuel english chinese russian mathematics physics
economics childhood youth society nature safety freedom unemployment entertainment advertising jewelry mail garbage trash litter
stuff`;

/** Past and participle of an irregular verb; the first spelling of each is the one to suggest. */
export interface IrregularVerb {
  past: string;
  participles: readonly string[];
}

export const irregularVerbs: ReadonlyMap<string, IrregularVerb> = new Map(
  VERBS.split('|').map((entry) => {
    const [base = '', past = '', participles = ''] = entry.trim().split(' ');
    return [base, { past, participles: participles.split('/') }];
  }),
);

export const irregularPlurals: ReadonlyMap<string, string> = new Map(
  NOUNS.split('|').map((entry) => {
    const [singular = '', plural = ''] = entry.trim().split(' ');
    return [singular, plural];
  }),
);

export const neverPlural: ReadonlySet<string> = new Set(NEVER_PLURAL.split(/\s+/));

export const uncountedNouns: ReadonlySet<string> = new Set([...neverPlural, ...UNCOUNTED.split(/\s+/)]);
