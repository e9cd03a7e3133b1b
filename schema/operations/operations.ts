/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A field whose value is a Currency: https://en.wikipedia.org/wiki/ISO_4217. */
  Currency: { input: string; output: string; }
  /** A moment, ISO 8601 in UTC, such as 2026-11-21T10:15:30.000Z. */
  DateTime: { input: string; output: string; }
  /** A field whose value conforms to the standard internet email address format as specified in HTML Spec: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address. */
  EmailAddress: { input: string; output: string; }
  /** The `SafeInt` scalar type represents non-fractional signed whole numeric values that are considered safe as defined by the ECMAScript specification. */
  SafeInt: { input: number; output: number; }
  /** A field whose value exists in the standard IANA Time Zone Database: https://www.iana.org/time-zones */
  TimeZone: { input: string; output: string; }
};

/** Expected failures around accounts. */
export type AccountErrorCode =
  /** The address is unknown or the password is wrong; we do not tell which. */
  | 'INVALID_CREDENTIALS'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** The session is over: sign in again. */
  | 'SESSION_ENDED';

/** A subject that you teach. */
export type AddOfferingInput = {
  /** What an hour costs, in your profile's currency. */
  hourlyRate: MoneyInput;
  /** Whom you teach it, at least one. */
  levels: Array<Level>;
  /** Which subject; each at most once. */
  subjectId: Scalars['ID']['input'];
};

/** Expected failures around applications. */
export type ApplicationErrorCode =
  /** You have applied to this order before; one may do so once. */
  | 'ALREADY_APPLIED'
  /** An application to this order was chosen already. */
  | 'ALREADY_CHOSEN'
  /** The application was decided or withdrawn already. */
  | 'APPLICATION_NOT_PENDING'
  /** The rate must be in the currency of the order's budget. */
  | 'CURRENCY_MISMATCH'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** There is no such order or application that you may see. */
  | 'NOT_FOUND'
  /** Only the tutor who sent it may do this. */
  | 'NOT_YOUR_APPLICATION'
  /** Only the student who posted the order may do this. */
  | 'NOT_YOUR_ORDER'
  /** The order is closed. */
  | 'ORDER_NOT_OPEN'
  /** You posted this order yourself. */
  | 'OWN_ORDER'
  /** Your profile is hidden: show it before you apply. */
  | 'PROFILE_HIDDEN'
  /** Create your tutor profile first. */
  | 'PROFILE_REQUIRED';

/** Where an application stands. Only PENDING can still change. */
export type ApplicationStatus =
  /** The student chose it; there is a booking. */
  | 'CHOSEN'
  /** The student declined it. */
  | 'DECLINED'
  /** The order closed while it was pending. */
  | 'NOT_CHOSEN'
  /** The student has not decided. */
  | 'PENDING'
  /** The tutor took it back. */
  | 'WITHDRAWN';

/** Your answer to an order. */
export type ApplyToOrderInput = {
  /** What you write to the student, 1 to 2,000 characters. */
  message: Scalars['String']['input'];
  /** Which order. */
  orderId: Scalars['ID']['input'];
  /** What you ask for an hour, in the currency of the order's budget if it has one. */
  proposedRate: MoneyInput;
};

/** Which subject not to offer any longer. */
export type ArchiveSubjectInput = {
  /** Which subject. */
  subjectId: Scalars['ID']['input'];
};

/** What you are in a booking. */
export type BookingRole =
  /** You learn. */
  | 'STUDENT'
  /** You teach. */
  | 'TUTOR';

/** Where a booking stands. */
export type BookingStatus =
  /** It does not take place. */
  | 'CANCELLED'
  /** The lesson has taken place; it may be reviewed. */
  | 'COMPLETED'
  /** Agreed, without times yet. */
  | 'UNSCHEDULED';

/** Whom you choose. */
export type ChooseApplicationInput = {
  /** Which application to an order of yours. */
  applicationId: Scalars['ID']['input'];
};

/** Which order to close. */
export type CloseOrderInput = {
  /** Which order of yours. */
  orderId: Scalars['ID']['input'];
};

/** A new subject. */
export type CreateSubjectInput = {
  /** Name in English, 1 to 100 characters. */
  nameEn: Scalars['String']['input'];
  /** Name in Russian, 1 to 100 characters. */
  nameRu: Scalars['String']['input'];
  /** Lower-case Latin letters, digits and hyphens, at most 60 characters. */
  slug: Scalars['String']['input'];
};

/** Your new tutor profile. */
export type CreateTutorProfileInput = {
  /** What you tell of yourself, at most 5,000 characters. */
  biography?: InputMaybe<Scalars['String']['input']>;
  /** Your city, at most 100 characters; needed for lessons in person. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** The currency of all your rates. */
  currency: Scalars['Currency']['input'];
  /** Where you have learnt it, at most 2,000 characters. */
  education?: InputMaybe<Scalars['String']['input']>;
  /** Years of teaching, 0 to 80. */
  experienceYears: Scalars['Int']['input'];
  /** Where you teach, at least one. */
  formats: Array<LessonFormat>;
  /** You in one line, 1 to 150 characters. */
  headline: Scalars['String']['input'];
  /** Languages in which you teach, 1 to 10. */
  languages: Array<LanguageCode>;
};

/** Whom you decline. */
export type DeclineApplicationInput = {
  /** Which application to an order of yours. */
  applicationId: Scalars['ID']['input'];
};

/** Which order to delete. */
export type DeleteOrderInput = {
  /** Which order of yours. */
  orderId: Scalars['ID']['input'];
};

/** Which review to delete. */
export type DeleteReviewInput = {
  /** Which review of yours. */
  reviewId: Scalars['ID']['input'];
};

/** Whether you are to be found. */
export type HideTutorProfileInput = {
  /** True to leave lists and search, false to be found again. */
  hidden: Scalars['Boolean']['input'];
};

/** A language, by its ISO 639-1 code. */
export type LanguageCode =
  /** Afar. */
  | 'aa'
  /** Abkhazian. */
  | 'ab'
  /** Avestan. */
  | 'ae'
  /** Afrikaans. */
  | 'af'
  /** Akan. */
  | 'ak'
  /** Amharic. */
  | 'am'
  /** Aragonese. */
  | 'an'
  /** Arabic. */
  | 'ar'
  /** Assamese. */
  | 'as'
  /** Avaric. */
  | 'av'
  /** Aymara. */
  | 'ay'
  /** Azerbaijani. */
  | 'az'
  /** Bashkir. */
  | 'ba'
  /** Belarusian. */
  | 'be'
  /** Bulgarian. */
  | 'bg'
  /** Bislama. */
  | 'bi'
  /** Bambara. */
  | 'bm'
  /** Bengali. */
  | 'bn'
  /** Tibetan. */
  | 'bo'
  /** Breton. */
  | 'br'
  /** Bosnian. */
  | 'bs'
  /** Catalan. */
  | 'ca'
  /** Chechen. */
  | 'ce'
  /** Chamorro. */
  | 'ch'
  /** Corsican. */
  | 'co'
  /** Cree. */
  | 'cr'
  /** Czech. */
  | 'cs'
  /** Church Slavonic. */
  | 'cu'
  /** Chuvash. */
  | 'cv'
  /** Welsh. */
  | 'cy'
  /** Danish. */
  | 'da'
  /** German. */
  | 'de'
  /** Divehi. */
  | 'dv'
  /** Dzongkha. */
  | 'dz'
  /** Ewe. */
  | 'ee'
  /** Greek. */
  | 'el'
  /** English. */
  | 'en'
  /** Esperanto. */
  | 'eo'
  /** Spanish. */
  | 'es'
  /** Estonian. */
  | 'et'
  /** Basque. */
  | 'eu'
  /** Persian. */
  | 'fa'
  /** Fulah. */
  | 'ff'
  /** Finnish. */
  | 'fi'
  /** Fijian. */
  | 'fj'
  /** Faroese. */
  | 'fo'
  /** French. */
  | 'fr'
  /** Western Frisian. */
  | 'fy'
  /** Irish. */
  | 'ga'
  /** Scottish Gaelic. */
  | 'gd'
  /** Galician. */
  | 'gl'
  /** Guarani. */
  | 'gn'
  /** Gujarati. */
  | 'gu'
  /** Manx. */
  | 'gv'
  /** Hausa. */
  | 'ha'
  /** Hebrew. */
  | 'he'
  /** Hindi. */
  | 'hi'
  /** Hiri Motu. */
  | 'ho'
  /** Croatian. */
  | 'hr'
  /** Haitian Creole. */
  | 'ht'
  /** Hungarian. */
  | 'hu'
  /** Armenian. */
  | 'hy'
  /** Herero. */
  | 'hz'
  /** Interlingua. */
  | 'ia'
  /** Indonesian. */
  | 'id'
  /** Interlingue. */
  | 'ie'
  /** Igbo. */
  | 'ig'
  /** Sichuan Yi. */
  | 'ii'
  /** Inupiaq. */
  | 'ik'
  /** Ido. */
  | 'io'
  /** Icelandic. */
  | 'is'
  /** Italian. */
  | 'it'
  /** Inuktitut. */
  | 'iu'
  /** Japanese. */
  | 'ja'
  /** Javanese. */
  | 'jv'
  /** Georgian. */
  | 'ka'
  /** Kongo. */
  | 'kg'
  /** Kikuyu. */
  | 'ki'
  /** Kuanyama. */
  | 'kj'
  /** Kazakh. */
  | 'kk'
  /** Kalaallisut. */
  | 'kl'
  /** Khmer. */
  | 'km'
  /** Kannada. */
  | 'kn'
  /** Korean. */
  | 'ko'
  /** Kanuri. */
  | 'kr'
  /** Kashmiri. */
  | 'ks'
  /** Kurdish. */
  | 'ku'
  /** Komi. */
  | 'kv'
  /** Cornish. */
  | 'kw'
  /** Kyrgyz. */
  | 'ky'
  /** Latin. */
  | 'la'
  /** Luxembourgish. */
  | 'lb'
  /** Ganda. */
  | 'lg'
  /** Limburgish. */
  | 'li'
  /** Lingala. */
  | 'ln'
  /** Lao. */
  | 'lo'
  /** Lithuanian. */
  | 'lt'
  /** Luba-Katanga. */
  | 'lu'
  /** Latvian. */
  | 'lv'
  /** Malagasy. */
  | 'mg'
  /** Marshallese. */
  | 'mh'
  /** Maori. */
  | 'mi'
  /** Macedonian. */
  | 'mk'
  /** Malayalam. */
  | 'ml'
  /** Mongolian. */
  | 'mn'
  /** Marathi. */
  | 'mr'
  /** Malay. */
  | 'ms'
  /** Maltese. */
  | 'mt'
  /** Burmese. */
  | 'my'
  /** Nauru. */
  | 'na'
  /** Norwegian Bokmål. */
  | 'nb'
  /** North Ndebele. */
  | 'nd'
  /** Nepali. */
  | 'ne'
  /** Ndonga. */
  | 'ng'
  /** Dutch. */
  | 'nl'
  /** Norwegian Nynorsk. */
  | 'nn'
  /** Norwegian. */
  | 'no'
  /** South Ndebele. */
  | 'nr'
  /** Navajo. */
  | 'nv'
  /** Nyanja. */
  | 'ny'
  /** Occitan. */
  | 'oc'
  /** Ojibwa. */
  | 'oj'
  /** Oromo. */
  | 'om'
  /** Odia. */
  | 'or'
  /** Ossetian. */
  | 'os'
  /** Punjabi. */
  | 'pa'
  /** Pali. */
  | 'pi'
  /** Polish. */
  | 'pl'
  /** Pashto. */
  | 'ps'
  /** Portuguese. */
  | 'pt'
  /** Quechua. */
  | 'qu'
  /** Romansh. */
  | 'rm'
  /** Rundi. */
  | 'rn'
  /** Romanian. */
  | 'ro'
  /** Russian. */
  | 'ru'
  /** Kinyarwanda. */
  | 'rw'
  /** Sanskrit. */
  | 'sa'
  /** Sardinian. */
  | 'sc'
  /** Sindhi. */
  | 'sd'
  /** Northern Sami. */
  | 'se'
  /** Sango. */
  | 'sg'
  /** Sinhala. */
  | 'si'
  /** Slovak. */
  | 'sk'
  /** Slovenian. */
  | 'sl'
  /** Samoan. */
  | 'sm'
  /** Shona. */
  | 'sn'
  /** Somali. */
  | 'so'
  /** Albanian. */
  | 'sq'
  /** Serbian. */
  | 'sr'
  /** Swati. */
  | 'ss'
  /** Southern Sotho. */
  | 'st'
  /** Sundanese. */
  | 'su'
  /** Swedish. */
  | 'sv'
  /** Swahili. */
  | 'sw'
  /** Tamil. */
  | 'ta'
  /** Telugu. */
  | 'te'
  /** Tajik. */
  | 'tg'
  /** Thai. */
  | 'th'
  /** Tigrinya. */
  | 'ti'
  /** Turkmen. */
  | 'tk'
  /** Tagalog. */
  | 'tl'
  /** Tswana. */
  | 'tn'
  /** Tongan. */
  | 'to'
  /** Turkish. */
  | 'tr'
  /** Tsonga. */
  | 'ts'
  /** Tatar. */
  | 'tt'
  /** Twi. */
  | 'tw'
  /** Tahitian. */
  | 'ty'
  /** Uyghur. */
  | 'ug'
  /** Ukrainian. */
  | 'uk'
  /** Urdu. */
  | 'ur'
  /** Uzbek. */
  | 'uz'
  /** Venda. */
  | 've'
  /** Vietnamese. */
  | 'vi'
  /** Volapük. */
  | 'vo'
  /** Walloon. */
  | 'wa'
  /** Wolof. */
  | 'wo'
  /** Xhosa. */
  | 'xh'
  /** Yiddish. */
  | 'yi'
  /** Yoruba. */
  | 'yo'
  /** Zhuang. */
  | 'za'
  /** Chinese. */
  | 'zh'
  /** Zulu. */
  | 'zu';

/** Where lessons take place. */
export type LessonFormat =
  /** In one room, in a city. */
  | 'IN_PERSON'
  /** By video call. */
  | 'ONLINE';

/** Whom lessons are for. */
export type Level =
  /** Grown-ups who learn for work or pleasure. */
  | 'ADULT'
  /** Somebody who prepares for an exam. */
  | 'EXAM'
  /** The first years of school. */
  | 'PRIMARY_SCHOOL'
  /** School after the first years. */
  | 'SECONDARY_SCHOOL'
  /** Students of a university. */
  | 'UNIVERSITY';

/** A language in which we talk to people. */
export type Locale =
  /** English. */
  | 'en'
  /** Russian. */
  | 'ru';

/** An amount of money in one currency. */
export type MoneyInput = {
  /** The amount in minor units of the currency: 2550 is 25.50 EUR, and 2550 JPY is 2550 yen. */
  amountMinor: Scalars['SafeInt']['input'];
  /** ISO 4217 code of the currency, such as EUR. */
  currency: Scalars['Currency']['input'];
};

/** Which of your applications; all without it. */
export type MyApplicationsFilter = {
  /** Only applications that stand so. */
  status?: InputMaybe<ApplicationStatus>;
};

/** Which of your bookings; conditions add up. */
export type MyBookingsFilter = {
  /** Only bookings in which you are this. */
  role?: InputMaybe<BookingRole>;
  /** Only bookings that stand so. */
  status?: InputMaybe<BookingStatus>;
};

/** Which of your orders; all without it. */
export type MyOrdersFilter = {
  /** Only orders that stand so. */
  status?: InputMaybe<OrderStatus>;
};

/** Expected failures around orders. */
export type OrderErrorCode =
  /** Lessons in person need a city. */
  | 'CITY_REQUIRED'
  /** Tutors have applied: close it instead. */
  | 'HAS_APPLICATIONS'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** There is no such order or subject that you may see. */
  | 'NOT_FOUND'
  /** Only the student who posted it may do this. */
  | 'NOT_YOUR_ORDER'
  /** The order is matched or closed already. */
  | 'ORDER_NOT_OPEN'
  /** This subject is not offered any longer. */
  | 'SUBJECT_ARCHIVED';

/** Which orders to find; conditions add up. */
export type OrderFilter = {
  /** Only budgets from this amount an hour on, in minor units of `currency`, which must be given. */
  budgetFrom?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Only budgets up to this amount an hour, in minor units of `currency`, which must be given. */
  budgetTo?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Only orders in this city; case does not matter. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** Only orders with a budget in this currency. */
  currency?: InputMaybe<Scalars['Currency']['input']>;
  /** Only orders of this kind. */
  format?: InputMaybe<LessonFormat>;
  /** Only orders at this level. */
  level?: InputMaybe<Level>;
  /** Only orders that stand so; OPEN when not given. Others than open ones are for staff. */
  status?: InputMaybe<OrderStatus>;
  /** Only orders of this subject. */
  subjectId?: InputMaybe<Scalars['ID']['input']>;
  /** Words of title, description or goal, each from its beginning; at most 100 characters. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** Where an order stands. */
export type OrderStatus =
  /** The student closed it without choosing. */
  | 'CLOSED'
  /** A tutor was chosen; closed to others. */
  | 'MATCHED'
  /** Tutors may apply. */
  | 'OPEN';

/** What you look for. It is public: leave out names, addresses and telephone numbers. */
export type PostOrderInput = {
  /** What you would pay for an hour; open when not given. */
  budget?: InputMaybe<MoneyInput>;
  /** The city, at most 100 characters; needed for lessons in person. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** What a tutor should know, at most 5,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Where lessons are to take place. */
  format: LessonFormat;
  /** What is to be reached, at most 2,000 characters. */
  goal?: InputMaybe<Scalars['String']['input']>;
  /** Whom the lessons are for. */
  level: Level;
  /** When you have time, at most 500 characters. */
  preferredTimes?: InputMaybe<Scalars['String']['input']>;
  /** Which subject. */
  subjectId: Scalars['ID']['input'];
  /** The order in one line, 3 to 150 characters. */
  title: Scalars['String']['input'];
};

/** The refresh token to exchange. */
export type RefreshSessionInput = {
  /** The newest refresh token of the session. */
  refreshToken: Scalars['String']['input'];
};

/** A new account. */
export type RegisterInput = {
  /** Email address; one account an address. */
  email: Scalars['String']['input'];
  /** First name, 1 to 100 characters. */
  firstName: Scalars['String']['input'];
  /** Last name, 1 to 100 characters. */
  lastName: Scalars['String']['input'];
  /** Language for messages; that of the request when not given. */
  locale?: InputMaybe<Locale>;
  /** Password, 10 to 200 characters. */
  password: Scalars['String']['input'];
  /** To learn or to teach. */
  role: SelfRegisteredRole;
  /** IANA time zone; UTC when not given. */
  timeZone?: InputMaybe<Scalars['TimeZone']['input']>;
};

/** Expected failures around reviews. */
export type ReviewErrorCode =
  /** You have reviewed this booking: change that review. */
  | 'ALREADY_REVIEWED'
  /** The lesson has not taken place. */
  | 'BOOKING_NOT_COMPLETED'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** There is no such booking that you may see, or no such review. */
  | 'NOT_FOUND'
  /** Only the student of the booking may review it. */
  | 'NOT_YOUR_BOOKING'
  /** Only whoever wrote it may do this. */
  | 'NOT_YOUR_REVIEW';

/** Your review of a lesson. */
export type ReviewTutorInput = {
  /** Which completed booking of yours. */
  bookingId: Scalars['ID']['input'];
  /** From 1, bad, to 5, excellent. */
  rating: Scalars['Int']['input'];
  /** In your words, at most 3,000 characters; it is public. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** What somebody is to the platform. */
export type Role =
  /** Manages everything but super admins. */
  | 'ADMIN'
  /** Keeps students of the school going. */
  | 'CURATOR'
  /** Finds and checks tutors, manages staff below. */
  | 'HR'
  /** Learns. */
  | 'STUDENT'
  /** Looks after tutors and students. */
  | 'SUPERVISOR'
  /** Manages everybody and everything, permissions included. */
  | 'SUPER_ADMIN'
  /** Teaches. */
  | 'TUTOR';

/** Roles that one can give oneself. */
export type SelfRegisteredRole =
  /** Looks for a tutor. */
  | 'STUDENT'
  /** Wants to teach. */
  | 'TUTOR';

/** Who signs in. */
export type SignInInput = {
  /** The email address of the account. */
  email: Scalars['String']['input'];
  /** The password of the account. */
  password: Scalars['String']['input'];
};

/** Which session to end. */
export type SignOutInput = {
  /** A refresh token of the session to end; without it the session of the access token ends. */
  refreshToken?: InputMaybe<Scalars['String']['input']>;
};

/** Expected failures around subjects. */
export type SubjectErrorCode =
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** There is no such subject. */
  | 'NOT_FOUND'
  /** Another subject has this slug. */
  | 'SLUG_TAKEN';

/** Which subjects to list; conditions add up. */
export type SubjectFilter = {
  /** True for archived subjects only, which whoever manages subjects may list; else those that are offered. */
  archived?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only subjects whose name, in any language, has words that begin like these; at most 100 characters. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** Expected failures around tutor profiles and their offerings. */
export type TutorErrorCode =
  /** You offer this subject already: change that offering. */
  | 'ALREADY_OFFERED'
  /** Lessons in person need a city. */
  | 'CITY_REQUIRED'
  /** Offerings have rates in the present currency: withdraw them first. */
  | 'CURRENCY_IN_USE'
  /** The rate must be in the profile's currency. */
  | 'CURRENCY_MISMATCH'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** There is no such subject, or no such offering of yours. */
  | 'NOT_FOUND'
  /** You have a profile already: change that one. */
  | 'PROFILE_EXISTS'
  /** Create your profile first. */
  | 'PROFILE_REQUIRED'
  /** This subject is not offered any longer. */
  | 'SUBJECT_ARCHIVED'
  /** A profile has at most 20 offerings. */
  | 'TOO_MANY_OFFERINGS';

/** Which tutors to find; conditions add up. Subject, level and price must hold for one offering. */
export type TutorFilter = {
  /** Only tutors of this city; case does not matter. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** Only tutors whose rates are in this currency. */
  currency?: InputMaybe<Scalars['Currency']['input']>;
  /** Only tutors who teach so. */
  format?: InputMaybe<LessonFormat>;
  /** Only tutors who teach in this language. */
  language?: InputMaybe<LanguageCode>;
  /** Only tutors who teach at this level. */
  level?: InputMaybe<Level>;
  /** Only rates from this amount of an hour on, in minor units of `currency`, which must be given. */
  priceFrom?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Only rates up to this amount for an hour, in minor units of `currency`, which must be given. */
  priceTo?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Only tutors rated so or better, from 1 to 5. */
  ratingAtLeast?: InputMaybe<Scalars['Float']['input']>;
  /** Only tutors who teach this subject. */
  subjectId?: InputMaybe<Scalars['ID']['input']>;
  /** Only tutors who teach the subject with this slug. */
  subjectSlug?: InputMaybe<Scalars['String']['input']>;
  /** Words of the profile or of a subject that is taught, each from its beginning; at most 100 characters. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** How to order tutors. */
export type TutorOrder =
  /** The most experienced first. */
  | 'EXPERIENCE'
  /** The newest profiles first. */
  | 'NEWEST'
  /** The dearest first; otherwise as PRICE_LOW. */
  | 'PRICE_HIGH'
  /** The cheapest first, by the lowest rate that fits the filter. Currencies are not compared: without `currency` in the filter they follow one another by code. */
  | 'PRICE_LOW'
  /** The best rated first. */
  | 'RATING';

/** What to change in an offering; what is left out stays. */
export type UpdateOfferingInput = {
  /** What an hour costs, in your profile's currency. */
  hourlyRate?: InputMaybe<MoneyInput>;
  /** Whom you teach it, at least one. */
  levels?: InputMaybe<Array<Level>>;
  /** Which offering of yours. */
  offeringId: Scalars['ID']['input'];
};

/** What to change in an open order: what is left out stays, null clears what may be empty. */
export type UpdateOrderInput = {
  /** What you would pay for an hour. */
  budget?: InputMaybe<MoneyInput>;
  /** The city, at most 100 characters; needed for lessons in person. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** What a tutor should know, at most 5,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Where lessons are to take place. */
  format?: InputMaybe<LessonFormat>;
  /** What is to be reached, at most 2,000 characters. */
  goal?: InputMaybe<Scalars['String']['input']>;
  /** Whom the lessons are for. */
  level?: InputMaybe<Level>;
  /** Which order of yours. */
  orderId: Scalars['ID']['input'];
  /** When you have time, at most 500 characters. */
  preferredTimes?: InputMaybe<Scalars['String']['input']>;
  /** Which subject. */
  subjectId?: InputMaybe<Scalars['ID']['input']>;
  /** The order in one line, 3 to 150 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
};

/** What to change in your own account; what is left out stays. */
export type UpdateProfileInput = {
  /** First name, 1 to 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** Last name, 1 to 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** Language for messages. */
  locale?: InputMaybe<Locale>;
  /** IANA time zone. */
  timeZone?: InputMaybe<Scalars['TimeZone']['input']>;
};

/** What to change in your review: what is left out stays, a null text clears it. */
export type UpdateReviewInput = {
  /** From 1, bad, to 5, excellent. */
  rating?: InputMaybe<Scalars['Int']['input']>;
  /** Which review of yours. */
  reviewId: Scalars['ID']['input'];
  /** In your words, at most 3,000 characters; it is public. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** What to change in a subject; what is left out stays. */
export type UpdateSubjectInput = {
  /** Name in English, 1 to 100 characters. */
  nameEn?: InputMaybe<Scalars['String']['input']>;
  /** Name in Russian, 1 to 100 characters. */
  nameRu?: InputMaybe<Scalars['String']['input']>;
  /** Lower-case Latin letters, digits and hyphens, at most 60 characters. */
  slug?: InputMaybe<Scalars['String']['input']>;
  /** Which subject. */
  subjectId: Scalars['ID']['input'];
};

/** What to change in your profile: what is left out stays, null clears what may be empty. */
export type UpdateTutorProfileInput = {
  /** What you tell of yourself, at most 5,000 characters. */
  biography?: InputMaybe<Scalars['String']['input']>;
  /** Your city, at most 100 characters; needed for lessons in person. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** The currency of your rates; only while you offer nothing. */
  currency?: InputMaybe<Scalars['Currency']['input']>;
  /** Where you have learnt it, at most 2,000 characters. */
  education?: InputMaybe<Scalars['String']['input']>;
  /** Years of teaching, 0 to 80. */
  experienceYears?: InputMaybe<Scalars['Int']['input']>;
  /** Where you teach, at least one. */
  formats?: InputMaybe<Array<LessonFormat>>;
  /** You in one line, 1 to 150 characters. */
  headline?: InputMaybe<Scalars['String']['input']>;
  /** Languages in which you teach, 1 to 10. */
  languages?: InputMaybe<Array<LanguageCode>>;
};

/** Which accounts to list; conditions add up. */
export type UserFilter = {
  /** Only this role. */
  role?: InputMaybe<Role>;
  /** Only accounts whose names or email address contain this text, at most 100 characters. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** Which application to take back. */
export type WithdrawApplicationInput = {
  /** Which application of yours. */
  applicationId: Scalars['ID']['input'];
};

/** Which subject you give up. */
export type WithdrawOfferingInput = {
  /** Which offering of yours. */
  offeringId: Scalars['ID']['input'];
};

/** Expected failures around accounts. */
export type AccountErrorCode =
  /** The address is unknown or the password is wrong; we do not tell which. */
  | 'INVALID_CREDENTIALS'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** The session is over: sign in again. */
  | 'SESSION_ENDED';

/** Expected failures around applications. */
export type ApplicationErrorCode =
  /** You have applied to this order before; one may do so once. */
  | 'ALREADY_APPLIED'
  /** An application to this order was chosen already. */
  | 'ALREADY_CHOSEN'
  /** The application was decided or withdrawn already. */
  | 'APPLICATION_NOT_PENDING'
  /** The rate must be in the currency of the order's budget. */
  | 'CURRENCY_MISMATCH'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** There is no such order or application that you may see. */
  | 'NOT_FOUND'
  /** Only the tutor who sent it may do this. */
  | 'NOT_YOUR_APPLICATION'
  /** Only the student who posted the order may do this. */
  | 'NOT_YOUR_ORDER'
  /** The order is closed. */
  | 'ORDER_NOT_OPEN'
  /** You posted this order yourself. */
  | 'OWN_ORDER'
  /** Your profile is hidden: show it before you apply. */
  | 'PROFILE_HIDDEN'
  /** Create your tutor profile first. */
  | 'PROFILE_REQUIRED';

/** Where an application stands. Only PENDING can still change. */
export type ApplicationStatus =
  /** The student chose it; there is a booking. */
  | 'CHOSEN'
  /** The student declined it. */
  | 'DECLINED'
  /** The order closed while it was pending. */
  | 'NOT_CHOSEN'
  /** The student has not decided. */
  | 'PENDING'
  /** The tutor took it back. */
  | 'WITHDRAWN';

/** Your answer to an order. */
export type ApplyToOrderInput = {
  /** What you write to the student, 1 to 2,000 characters. */
  message: string;
  /** Which order. */
  orderId: string | number;
  /** What you ask for an hour, in the currency of the order's budget if it has one. */
  proposedRate: MoneyInput;
};

/** What you are in a booking. */
export type BookingRole =
  /** You learn. */
  | 'STUDENT'
  /** You teach. */
  | 'TUTOR';

/** Where a booking stands. */
export type BookingStatus =
  /** It does not take place. */
  | 'CANCELLED'
  /** The lesson has taken place; it may be reviewed. */
  | 'COMPLETED'
  /** Agreed, without times yet. */
  | 'UNSCHEDULED';

/** Whom you choose. */
export type ChooseApplicationInput = {
  /** Which application to an order of yours. */
  applicationId: string | number;
};

/** A language, by its ISO 639-1 code. */
export type LanguageCode =
  /** Afar. */
  | 'aa'
  /** Abkhazian. */
  | 'ab'
  /** Avestan. */
  | 'ae'
  /** Afrikaans. */
  | 'af'
  /** Akan. */
  | 'ak'
  /** Amharic. */
  | 'am'
  /** Aragonese. */
  | 'an'
  /** Arabic. */
  | 'ar'
  /** Assamese. */
  | 'as'
  /** Avaric. */
  | 'av'
  /** Aymara. */
  | 'ay'
  /** Azerbaijani. */
  | 'az'
  /** Bashkir. */
  | 'ba'
  /** Belarusian. */
  | 'be'
  /** Bulgarian. */
  | 'bg'
  /** Bislama. */
  | 'bi'
  /** Bambara. */
  | 'bm'
  /** Bengali. */
  | 'bn'
  /** Tibetan. */
  | 'bo'
  /** Breton. */
  | 'br'
  /** Bosnian. */
  | 'bs'
  /** Catalan. */
  | 'ca'
  /** Chechen. */
  | 'ce'
  /** Chamorro. */
  | 'ch'
  /** Corsican. */
  | 'co'
  /** Cree. */
  | 'cr'
  /** Czech. */
  | 'cs'
  /** Church Slavonic. */
  | 'cu'
  /** Chuvash. */
  | 'cv'
  /** Welsh. */
  | 'cy'
  /** Danish. */
  | 'da'
  /** German. */
  | 'de'
  /** Divehi. */
  | 'dv'
  /** Dzongkha. */
  | 'dz'
  /** Ewe. */
  | 'ee'
  /** Greek. */
  | 'el'
  /** English. */
  | 'en'
  /** Esperanto. */
  | 'eo'
  /** Spanish. */
  | 'es'
  /** Estonian. */
  | 'et'
  /** Basque. */
  | 'eu'
  /** Persian. */
  | 'fa'
  /** Fulah. */
  | 'ff'
  /** Finnish. */
  | 'fi'
  /** Fijian. */
  | 'fj'
  /** Faroese. */
  | 'fo'
  /** French. */
  | 'fr'
  /** Western Frisian. */
  | 'fy'
  /** Irish. */
  | 'ga'
  /** Scottish Gaelic. */
  | 'gd'
  /** Galician. */
  | 'gl'
  /** Guarani. */
  | 'gn'
  /** Gujarati. */
  | 'gu'
  /** Manx. */
  | 'gv'
  /** Hausa. */
  | 'ha'
  /** Hebrew. */
  | 'he'
  /** Hindi. */
  | 'hi'
  /** Hiri Motu. */
  | 'ho'
  /** Croatian. */
  | 'hr'
  /** Haitian Creole. */
  | 'ht'
  /** Hungarian. */
  | 'hu'
  /** Armenian. */
  | 'hy'
  /** Herero. */
  | 'hz'
  /** Interlingua. */
  | 'ia'
  /** Indonesian. */
  | 'id'
  /** Interlingue. */
  | 'ie'
  /** Igbo. */
  | 'ig'
  /** Sichuan Yi. */
  | 'ii'
  /** Inupiaq. */
  | 'ik'
  /** Ido. */
  | 'io'
  /** Icelandic. */
  | 'is'
  /** Italian. */
  | 'it'
  /** Inuktitut. */
  | 'iu'
  /** Japanese. */
  | 'ja'
  /** Javanese. */
  | 'jv'
  /** Georgian. */
  | 'ka'
  /** Kongo. */
  | 'kg'
  /** Kikuyu. */
  | 'ki'
  /** Kuanyama. */
  | 'kj'
  /** Kazakh. */
  | 'kk'
  /** Kalaallisut. */
  | 'kl'
  /** Khmer. */
  | 'km'
  /** Kannada. */
  | 'kn'
  /** Korean. */
  | 'ko'
  /** Kanuri. */
  | 'kr'
  /** Kashmiri. */
  | 'ks'
  /** Kurdish. */
  | 'ku'
  /** Komi. */
  | 'kv'
  /** Cornish. */
  | 'kw'
  /** Kyrgyz. */
  | 'ky'
  /** Latin. */
  | 'la'
  /** Luxembourgish. */
  | 'lb'
  /** Ganda. */
  | 'lg'
  /** Limburgish. */
  | 'li'
  /** Lingala. */
  | 'ln'
  /** Lao. */
  | 'lo'
  /** Lithuanian. */
  | 'lt'
  /** Luba-Katanga. */
  | 'lu'
  /** Latvian. */
  | 'lv'
  /** Malagasy. */
  | 'mg'
  /** Marshallese. */
  | 'mh'
  /** Maori. */
  | 'mi'
  /** Macedonian. */
  | 'mk'
  /** Malayalam. */
  | 'ml'
  /** Mongolian. */
  | 'mn'
  /** Marathi. */
  | 'mr'
  /** Malay. */
  | 'ms'
  /** Maltese. */
  | 'mt'
  /** Burmese. */
  | 'my'
  /** Nauru. */
  | 'na'
  /** Norwegian Bokmål. */
  | 'nb'
  /** North Ndebele. */
  | 'nd'
  /** Nepali. */
  | 'ne'
  /** Ndonga. */
  | 'ng'
  /** Dutch. */
  | 'nl'
  /** Norwegian Nynorsk. */
  | 'nn'
  /** Norwegian. */
  | 'no'
  /** South Ndebele. */
  | 'nr'
  /** Navajo. */
  | 'nv'
  /** Nyanja. */
  | 'ny'
  /** Occitan. */
  | 'oc'
  /** Ojibwa. */
  | 'oj'
  /** Oromo. */
  | 'om'
  /** Odia. */
  | 'or'
  /** Ossetian. */
  | 'os'
  /** Punjabi. */
  | 'pa'
  /** Pali. */
  | 'pi'
  /** Polish. */
  | 'pl'
  /** Pashto. */
  | 'ps'
  /** Portuguese. */
  | 'pt'
  /** Quechua. */
  | 'qu'
  /** Romansh. */
  | 'rm'
  /** Rundi. */
  | 'rn'
  /** Romanian. */
  | 'ro'
  /** Russian. */
  | 'ru'
  /** Kinyarwanda. */
  | 'rw'
  /** Sanskrit. */
  | 'sa'
  /** Sardinian. */
  | 'sc'
  /** Sindhi. */
  | 'sd'
  /** Northern Sami. */
  | 'se'
  /** Sango. */
  | 'sg'
  /** Sinhala. */
  | 'si'
  /** Slovak. */
  | 'sk'
  /** Slovenian. */
  | 'sl'
  /** Samoan. */
  | 'sm'
  /** Shona. */
  | 'sn'
  /** Somali. */
  | 'so'
  /** Albanian. */
  | 'sq'
  /** Serbian. */
  | 'sr'
  /** Swati. */
  | 'ss'
  /** Southern Sotho. */
  | 'st'
  /** Sundanese. */
  | 'su'
  /** Swedish. */
  | 'sv'
  /** Swahili. */
  | 'sw'
  /** Tamil. */
  | 'ta'
  /** Telugu. */
  | 'te'
  /** Tajik. */
  | 'tg'
  /** Thai. */
  | 'th'
  /** Tigrinya. */
  | 'ti'
  /** Turkmen. */
  | 'tk'
  /** Tagalog. */
  | 'tl'
  /** Tswana. */
  | 'tn'
  /** Tongan. */
  | 'to'
  /** Turkish. */
  | 'tr'
  /** Tsonga. */
  | 'ts'
  /** Tatar. */
  | 'tt'
  /** Twi. */
  | 'tw'
  /** Tahitian. */
  | 'ty'
  /** Uyghur. */
  | 'ug'
  /** Ukrainian. */
  | 'uk'
  /** Urdu. */
  | 'ur'
  /** Uzbek. */
  | 'uz'
  /** Venda. */
  | 've'
  /** Vietnamese. */
  | 'vi'
  /** Volapük. */
  | 'vo'
  /** Walloon. */
  | 'wa'
  /** Wolof. */
  | 'wo'
  /** Xhosa. */
  | 'xh'
  /** Yiddish. */
  | 'yi'
  /** Yoruba. */
  | 'yo'
  /** Zhuang. */
  | 'za'
  /** Chinese. */
  | 'zh'
  /** Zulu. */
  | 'zu';

/** Where lessons take place. */
export type LessonFormat =
  /** In one room, in a city. */
  | 'IN_PERSON'
  /** By video call. */
  | 'ONLINE';

/** Whom lessons are for. */
export type Level =
  /** Grown-ups who learn for work or pleasure. */
  | 'ADULT'
  /** Somebody who prepares for an exam. */
  | 'EXAM'
  /** The first years of school. */
  | 'PRIMARY_SCHOOL'
  /** School after the first years. */
  | 'SECONDARY_SCHOOL'
  /** Students of a university. */
  | 'UNIVERSITY';

/** A language in which we talk to people. */
export type Locale =
  /** English. */
  | 'en'
  /** Russian. */
  | 'ru';

/** An amount of money in one currency. */
export type MoneyInput = {
  /** The amount in minor units of the currency: 2550 is 25.50 EUR, and 2550 JPY is 2550 yen. */
  amountMinor: number;
  /** ISO 4217 code of the currency, such as EUR. */
  currency: string;
};

/** Which of your bookings; conditions add up. */
export type MyBookingsFilter = {
  /** Only bookings in which you are this. */
  role?: BookingRole | null | undefined;
  /** Only bookings that stand so. */
  status?: BookingStatus | null | undefined;
};

/** Which of your orders; all without it. */
export type MyOrdersFilter = {
  /** Only orders that stand so. */
  status?: OrderStatus | null | undefined;
};

/** Expected failures around orders. */
export type OrderErrorCode =
  /** Lessons in person need a city. */
  | 'CITY_REQUIRED'
  /** Tutors have applied: close it instead. */
  | 'HAS_APPLICATIONS'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** There is no such order or subject that you may see. */
  | 'NOT_FOUND'
  /** Only the student who posted it may do this. */
  | 'NOT_YOUR_ORDER'
  /** The order is matched or closed already. */
  | 'ORDER_NOT_OPEN'
  /** This subject is not offered any longer. */
  | 'SUBJECT_ARCHIVED';

/** Which orders to find; conditions add up. */
export type OrderFilter = {
  /** Only budgets from this amount an hour on, in minor units of `currency`, which must be given. */
  budgetFrom?: number | null | undefined;
  /** Only budgets up to this amount an hour, in minor units of `currency`, which must be given. */
  budgetTo?: number | null | undefined;
  /** Only orders in this city; case does not matter. */
  city?: string | null | undefined;
  /** Only orders with a budget in this currency. */
  currency?: string | null | undefined;
  /** Only orders of this kind. */
  format?: LessonFormat | null | undefined;
  /** Only orders at this level. */
  level?: Level | null | undefined;
  /** Only orders that stand so; OPEN when not given. Others than open ones are for staff. */
  status?: OrderStatus | null | undefined;
  /** Only orders of this subject. */
  subjectId?: string | number | null | undefined;
  /** Words of title, description or goal, each from its beginning; at most 100 characters. */
  text?: string | null | undefined;
};

/** Where an order stands. */
export type OrderStatus =
  /** The student closed it without choosing. */
  | 'CLOSED'
  /** A tutor was chosen; closed to others. */
  | 'MATCHED'
  /** Tutors may apply. */
  | 'OPEN';

/** What you look for. It is public: leave out names, addresses and telephone numbers. */
export type PostOrderInput = {
  /** What you would pay for an hour; open when not given. */
  budget?: MoneyInput | null | undefined;
  /** The city, at most 100 characters; needed for lessons in person. */
  city?: string | null | undefined;
  /** What a tutor should know, at most 5,000 characters. */
  description?: string | null | undefined;
  /** Where lessons are to take place. */
  format: LessonFormat;
  /** What is to be reached, at most 2,000 characters. */
  goal?: string | null | undefined;
  /** Whom the lessons are for. */
  level: Level;
  /** When you have time, at most 500 characters. */
  preferredTimes?: string | null | undefined;
  /** Which subject. */
  subjectId: string | number;
  /** The order in one line, 3 to 150 characters. */
  title: string;
};

/** A new account. */
export type RegisterInput = {
  /** Email address; one account an address. */
  email: string;
  /** First name, 1 to 100 characters. */
  firstName: string;
  /** Last name, 1 to 100 characters. */
  lastName: string;
  /** Language for messages; that of the request when not given. */
  locale?: Locale | null | undefined;
  /** Password, 10 to 200 characters. */
  password: string;
  /** To learn or to teach. */
  role: SelfRegisteredRole;
  /** IANA time zone; UTC when not given. */
  timeZone?: string | null | undefined;
};

/** Expected failures around reviews. */
export type ReviewErrorCode =
  /** You have reviewed this booking: change that review. */
  | 'ALREADY_REVIEWED'
  /** The lesson has not taken place. */
  | 'BOOKING_NOT_COMPLETED'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** There is no such booking that you may see, or no such review. */
  | 'NOT_FOUND'
  /** Only the student of the booking may review it. */
  | 'NOT_YOUR_BOOKING'
  /** Only whoever wrote it may do this. */
  | 'NOT_YOUR_REVIEW';

/** Your review of a lesson. */
export type ReviewTutorInput = {
  /** Which completed booking of yours. */
  bookingId: string | number;
  /** From 1, bad, to 5, excellent. */
  rating: number;
  /** In your words, at most 3,000 characters; it is public. */
  text?: string | null | undefined;
};

/** What somebody is to the platform. */
export type Role =
  /** Manages everything but super admins. */
  | 'ADMIN'
  /** Keeps students of the school going. */
  | 'CURATOR'
  /** Finds and checks tutors, manages staff below. */
  | 'HR'
  /** Learns. */
  | 'STUDENT'
  /** Looks after tutors and students. */
  | 'SUPERVISOR'
  /** Manages everybody and everything, permissions included. */
  | 'SUPER_ADMIN'
  /** Teaches. */
  | 'TUTOR';

/** Roles that one can give oneself. */
export type SelfRegisteredRole =
  /** Looks for a tutor. */
  | 'STUDENT'
  /** Wants to teach. */
  | 'TUTOR';

/** Who signs in. */
export type SignInInput = {
  /** The email address of the account. */
  email: string;
  /** The password of the account. */
  password: string;
};

/** Which tutors to find; conditions add up. Subject, level and price must hold for one offering. */
export type TutorFilter = {
  /** Only tutors of this city; case does not matter. */
  city?: string | null | undefined;
  /** Only tutors whose rates are in this currency. */
  currency?: string | null | undefined;
  /** Only tutors who teach so. */
  format?: LessonFormat | null | undefined;
  /** Only tutors who teach in this language. */
  language?: LanguageCode | null | undefined;
  /** Only tutors who teach at this level. */
  level?: Level | null | undefined;
  /** Only rates from this amount of an hour on, in minor units of `currency`, which must be given. */
  priceFrom?: number | null | undefined;
  /** Only rates up to this amount for an hour, in minor units of `currency`, which must be given. */
  priceTo?: number | null | undefined;
  /** Only tutors rated so or better, from 1 to 5. */
  ratingAtLeast?: number | null | undefined;
  /** Only tutors who teach this subject. */
  subjectId?: string | number | null | undefined;
  /** Only tutors who teach the subject with this slug. */
  subjectSlug?: string | null | undefined;
  /** Words of the profile or of a subject that is taught, each from its beginning; at most 100 characters. */
  text?: string | null | undefined;
};

/** How to order tutors. */
export type TutorOrder =
  /** The most experienced first. */
  | 'EXPERIENCE'
  /** The newest profiles first. */
  | 'NEWEST'
  /** The dearest first; otherwise as PRICE_LOW. */
  | 'PRICE_HIGH'
  /** The cheapest first, by the lowest rate that fits the filter. Currencies are not compared: without `currency` in the filter they follow one another by code. */
  | 'PRICE_LOW'
  /** The best rated first. */
  | 'RATING';

/** What to change in your own account; what is left out stays. */
export type UpdateProfileInput = {
  /** First name, 1 to 100 characters. */
  firstName?: string | null | undefined;
  /** Last name, 1 to 100 characters. */
  lastName?: string | null | undefined;
  /** Language for messages. */
  locale?: Locale | null | undefined;
  /** IANA time zone. */
  timeZone?: string | null | undefined;
};

/** Which accounts to list; conditions add up. */
export type UserFilter = {
  /** Only this role. */
  role?: Role | null | undefined;
  /** Only accounts whose names or email address contain this text, at most 100 characters. */
  text?: string | null | undefined;
};

export type SubjectsQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type SubjectsQuery = { subjects: { totalCount: number, edges: Array<{ node: { id: string, name: string, slug: string } }> } | null, english: { edges: Array<{ node: { id: string, name: string } }> } | null };

export type FindTutorsQueryVariables = Exact<{
  filter?: TutorFilter | null | undefined;
  orderBy?: TutorOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FindTutorsQuery = { tutors: { totalCount: number, edges: Array<{ node: { id: string, displayName: string, headline: string, city: string | null, rating: number | null, reviewCount: number, offerings: Array<{ subject: { name: string }, hourlyRate: { amountMinor: number, currency: string } }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type OpenOrdersQueryVariables = Exact<{
  filter?: OrderFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type OpenOrdersQuery = { orders: { totalCount: number, edges: Array<{ node: { id: string, title: string, level: Level, applicationCount: number, createdAt: string, subject: { name: string }, budget: { amountMinor: number, currency: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type MyOrdersQueryVariables = Exact<{
  filter?: MyOrdersFilter | null | undefined;
  first?: number | null | undefined;
}>;


export type MyOrdersQuery = { myOrders: { totalCount: number, edges: Array<{ node: { id: string, title: string, status: OrderStatus, applicationCount: number, createdAt: string, budget: { amountMinor: number, currency: string } | null } }> } | null };

export type PostOrderMutationVariables = Exact<{
  input: PostOrderInput;
}>;


export type PostOrderMutation = { postOrder: { order: { id: string, title: string, status: OrderStatus, subject: { name: string }, budget: { amountMinor: number, currency: string } | null } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: OrderErrorCode }> } | null };

export type WatchApplicationsSubscriptionVariables = Exact<{
  orderId: string | number;
  after?: string | null | undefined;
}>;


export type WatchApplicationsSubscription = { applicationReceived: { cursor: string, application: { id: string, message: string, tutor: { id: string, displayName: string, headline: string, rating: number | null, reviewCount: number }, proposedRate: { amountMinor: number, currency: string } } | null } | null };

export type WatchOrderSubscriptionVariables = Exact<{
  orderId: string | number;
  after?: string | null | undefined;
}>;


export type WatchOrderSubscription = { orderChanged: { cursor: string, order: { id: string, status: OrderStatus, applicationCount: number, chosenApplication: { tutor: { displayName: string } } | null } | null } | null };

export type ApplyToOrderMutationVariables = Exact<{
  input: ApplyToOrderInput;
}>;


export type ApplyToOrderMutation = { applyToOrder: { application: { id: string, status: ApplicationStatus, proposedRate: { amountMinor: number, currency: string } } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: ApplicationErrorCode }> } | null };

export type WatchMyApplicationsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type WatchMyApplicationsSubscription = { applicationChanged: { cursor: string, application: { id: string, status: ApplicationStatus, order: { title: string } } | null } | null };

export type CompareApplicationsQueryVariables = Exact<{
  orderId: string | number;
}>;


export type CompareApplicationsQuery = { order: { id: string, title: string, status: OrderStatus, applications: { totalCount: number, edges: Array<{ node: { id: string, status: ApplicationStatus, message: string, proposedRate: { amountMinor: number, currency: string }, tutor: { id: string, displayName: string, headline: string, experienceYears: number, rating: number | null, reviewCount: number } } }> } } | null };

export type OpenTutorQueryVariables = Exact<{
  id: string | number;
}>;


export type OpenTutorQuery = { tutor: { id: string, displayName: string, headline: string, biography: string | null, education: string | null, experienceYears: number, languages: Array<LanguageCode>, formats: Array<LessonFormat>, city: string | null, rating: number | null, reviewCount: number, offerings: Array<{ levels: Array<Level>, subject: { name: string }, hourlyRate: { amountMinor: number, currency: string } }>, reviews: { edges: Array<{ node: { rating: number, text: string | null, createdAt: string } }> } } | null };

export type ChooseApplicationMutationVariables = Exact<{
  input: ChooseApplicationInput;
}>;


export type ChooseApplicationMutation = { chooseApplication: { application: { id: string, status: ApplicationStatus, tutor: { displayName: string } } | null, order: { id: string, status: OrderStatus } | null, booking: { id: string, status: BookingStatus, price: { amountMinor: number, currency: string } } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: ApplicationErrorCode }> } | null };

export type MyBookingsQueryVariables = Exact<{
  filter?: MyBookingsFilter | null | undefined;
  first?: number | null | undefined;
}>;


export type MyBookingsQuery = { myBookings: { totalCount: number, edges: Array<{ node: { id: string, status: BookingStatus, startsAt: string | null, review: { id: string, rating: number } | null, subject: { name: string }, tutor: { id: string, displayName: string }, price: { amountMinor: number, currency: string } } }> } | null };

export type ReviewTutorMutationVariables = Exact<{
  input: ReviewTutorInput;
}>;


export type ReviewTutorMutation = { reviewTutor: { review: { id: string, rating: number, text: string | null } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: ReviewErrorCode }> } | null };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { register: { accepted: boolean | null, userErrors: Array<{ message: string, field: Array<string> | null, code: AccountErrorCode }> } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { session: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string } | null, user: { id: string, displayName: string } | null, userErrors: Array<{ message: string, code: AccountErrorCode }> } | null };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, displayName: string, email: string | null, role: Role | null, locale: Locale | null, timeZone: string | null } | null };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { updateProfile: { user: { id: string, locale: Locale | null, timeZone: string | null } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: AccountErrorCode }> } | null };

export type AccountsQueryVariables = Exact<{
  filter?: UserFilter | null | undefined;
  first?: number | null | undefined;
}>;


export type AccountsQuery = { users: { totalCount: number, edges: Array<{ node: { id: string, displayName: string, email: string | null, role: Role | null, createdAt: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };
