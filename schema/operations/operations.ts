/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Expected failures around accounts. */
export type AccountErrorCode =
  /** The account may not be used for now; told only to whoever proved that it is theirs. */
  | 'ACCOUNT_SUSPENDED'
  /** No code is waiting: it has expired, was used or was tried five times. Ask for a new one. */
  | 'CODE_SPENT'
  /** One can agree to the current version only and withdraw from one that there was: see consentDocuments. */
  | 'CONSENT_VERSION_UNKNOWN'
  /** Your account has this address and it is proven. */
  | 'EMAIL_ALREADY_VERIFIED'
  /** Another account has this address; told only to staff and to whoever proved that it is theirs. */
  | 'EMAIL_TAKEN'
  /** You got an archive of your data within the last 24 hours: see myDataExports. */
  | 'EXPORT_TOO_EARLY'
  /** The file cannot be read to its end. */
  | 'FILE_DAMAGED'
  /** The file opens with a password only. */
  | 'FILE_PROTECTED'
  /** The file has more bytes than its kind may have: see UploadKind. */
  | 'FILE_TOO_LARGE'
  /** The file is not what it was said to be, or such files are not taken: see UploadKind. */
  | 'FILE_TYPE_NOT_ALLOWED'
  /** The image has more than 64 million pixels. */
  | 'IMAGE_TOO_LARGE'
  /** The code is not right. Five tries of one code are looked at. */
  | 'INVALID_CODE'
  /** The address is unknown or the password is wrong; we do not tell which. */
  | 'INVALID_CREDENTIALS'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** It is no mobile number, or it lacks the country's code. */
  | 'INVALID_PHONE'
  /** It is the only way to sign in to the account: set up another first. */
  | 'LAST_SIGN_IN_METHOD'
  /** Nobody else could manage everything: make another super admin first. */
  | 'LAST_SUPER_ADMIN'
  /** Your account has no password yet: set the first one with requestPasswordReset. */
  | 'NO_PASSWORD'
  /** Only super admins have this permission. */
  | 'PERMISSION_NOT_GRANTABLE'
  /** Another permission set has this name. */
  | 'PERMISSION_SET_NAME_TAKEN'
  /** There is no such permission set. */
  | 'PERMISSION_SET_NOT_FOUND'
  /** There is no permission of this name; see the query permissions. */
  | 'PERMISSION_UNKNOWN'
  /** The session is over: sign in again. */
  | 'SESSION_ENDED'
  /** You have no such session. */
  | 'SESSION_NOT_FOUND'
  /** Text messages cannot be sent here. */
  | 'SMS_UNAVAILABLE'
  /** Super admins may do everything; that cannot be changed. */
  | 'SUPER_ADMIN_UNCHANGEABLE'
  /** Your account signs in with another Telegram account: unlink that first. */
  | 'TELEGRAM_ALREADY_LINKED'
  /** The init data is older than 24 hours, or from the future: open the Mini App again. */
  | 'TELEGRAM_EXPIRED'
  /** Telegram did not sign this, or it names nobody who can sign in. */
  | 'TELEGRAM_INVALID'
  /** Another account signs in with this Telegram account. */
  | 'TELEGRAM_LINKED_ELSEWHERE'
  /** The init data was used before and is good once: open the Mini App again. */
  | 'TELEGRAM_REPLAYED'
  /** Signing in with Telegram is not set up here. */
  | 'TELEGRAM_UNAVAILABLE'
  /** The file is still being checked: confirm again in a moment. */
  | 'UPLOAD_BEING_CHECKED'
  /** The upload has not been confirmed: call confirmUpload first. */
  | 'UPLOAD_NOT_CONFIRMED'
  /** You have no such upload, or not of this kind. */
  | 'UPLOAD_NOT_FOUND'
  /** The file has not been put, or not whole: put it, then confirm again. */
  | 'UPLOAD_NOT_RECEIVED'
  /** Another account has this username. */
  | 'USERNAME_TAKEN'
  /** There is no such account. */
  | 'USER_NOT_FOUND'
  /** The password is too easy to guess: `message` says why. */
  | 'WEAK_PASSWORD';

/** Where Stripe's page leads back to; pages of ours. */
export type ActivatePremiumInput = {
  /** When the tutor turns back. */
  cancelUrl: string;
  /** When it is paid; ask `myPremiumMembership` there. */
  successUrl: string;
};

/** For whom an announcement is: give exactly one of these. */
export type AnnouncementAudienceInput = {
  /** Everybody of this role. */
  role?: AudienceRole | null | undefined;
  /** People by what they have in common; without a condition everybody. */
  segment?: AudienceSegmentInput | null | undefined;
  /** Who listens to this push topic on some device. */
  topic?: string | null | undefined;
};

/** A language in which people read. */
export type AnnouncementLanguage =
  /** English. */
  | 'en'
  /** Russian. */
  | 'ru';

/** Where something that staff sends stands. */
export type AnnouncementStatus =
  /** It was stopped; who had it by then keeps it. */
  | 'CANCELLED'
  /** It was tried for a day in vain; who had it by then keeps it. */
  | 'FAILED'
  /** Nobody has it yet. */
  | 'QUEUED'
  /** Some people have it. */
  | 'SENDING'
  /** Everybody has it in the inbox; mails and the like may still be on their way. */
  | 'SENT';

/** What to say, in one language. */
export type AnnouncementTextInput = {
  /** The text below it, 1 to 4,000 characters. */
  body: string;
  /** Which language. */
  language: AnnouncementLanguage;
  /** The title, one line of 1 to 200 characters. */
  title: string;
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
  message: string;
  /** Which order. */
  orderId: string | number;
  /** What you ask for an hour, in the currency of the order's budget if it has one. */
  proposedRate: MoneyInput;
};

/** A question to the assistant. */
export type AskAssistantInput = {
  /** A key of your own: the same question with the same key is asked once within 24 hours. */
  idempotencyKey?: string | null | undefined;
  /** In which language to answer; that of the question without it. */
  language?: KnowledgeLanguage | null | undefined;
  /** What you want to know, 2 to 2,000 characters; or send a recording. */
  question?: string | null | undefined;
  /** Your recording, written down (see transcribeRecording), instead of a question: the first 2,000 characters of what you say in it. */
  recordingId?: string | number | null | undefined;
  /** Your conversation to go on with; a new one without it. */
  sessionId?: string | number | null | undefined;
};

/** What became of a question. */
export type AssistantAnswerOutcome =
  /** It was answered from the sources that are cited. */
  | 'ANSWERED'
  /** It is not about English or the school. */
  | 'DECLINED'
  /** The knowledge base does not answer it: offer handOverToCurator. */
  | 'NOTHING_FOUND';

/** Is a message complete? */
export type AssistantMessageStatus =
  /** It is complete. */
  | 'DONE'
  /** It is being written: listen with assistantAnswer. */
  | 'WRITING';

/** What the people of an audience are: the values of `Role`. */
export type AudienceRole =
  /** Admins. */
  | 'ADMIN'
  /** Curators of students. */
  | 'CURATOR'
  /** Who finds and checks tutors. */
  | 'HR'
  /** Students. */
  | 'STUDENT'
  /** Supervisors. */
  | 'SUPERVISOR'
  /** Super admins. */
  | 'SUPER_ADMIN'
  /** Tutors. */
  | 'TUTOR';

/** People by what they have in common; conditions add up. */
export type AudienceSegmentInput = {
  /** Only people whose address is proven, or only the others. */
  emailVerified?: boolean | null | undefined;
  /** Only people who have not been here for so many days, 1 to 3,650. */
  inactiveSinceDays?: number | null | undefined;
  /** Only people who read this language. */
  locale?: AnnouncementLanguage | null | undefined;
  /** Only accounts opened at this moment or later. */
  registeredAfter?: string | null | undefined;
  /** Only accounts opened before this moment. */
  registeredBefore?: string | null | undefined;
  /** Only people of this role. */
  role?: AudienceRole | null | undefined;
};

/** What can be done with a booking once its time is kept. */
export type BookingAction =
  /** Book the slot that you hold, until `expiresAt`: `createBooking`. */
  | 'BOOK'
  /** Call it off: `cancelBooking`. What you get back says `refundPercentIfCancelled`. */
  | 'CANCEL'
  /** Say that it has taken place: `completeBooking`. */
  | 'COMPLETE'
  /** Say that you were there: `disputeNoShow`. */
  | 'DISPUTE_NO_SHOW'
  /** Say that it was paid outside the platform, as staff: `markBookingPaid`. */
  | 'MARK_PAID'
  /** Pay for it, until `expiresAt`. */
  | 'PAY'
  /** Say that the other one was not there: `reportNoShow`. */
  | 'REPORT_NO_SHOW'
  /** Move it to another time: `rescheduleBooking`. */
  | 'RESCHEDULE'
  /** Decide who is right, as staff: `resolveDispute`. */
  | 'RESOLVE_DISPUTE';

/** Who did something to a booking. */
export type BookingActor =
  /** A member of our staff. */
  | 'STAFF'
  /** Who learns. */
  | 'STUDENT'
  /** Nobody: time passed, or an account was deleted. */
  | 'SYSTEM'
  /** Who teaches. */
  | 'TUTOR';

/** Expected failures around bookings. */
export type BookingErrorCode =
  /** You have disputed this already; staff decides once. */
  | 'ALREADY_DISPUTED'
  /** You have held this time lately without booking it: book it at once, choose another one, or wait; see `message`. */
  | 'HOLD_COOLDOWN'
  /** The slot was held too long: choose one anew. */
  | 'HOLD_EXPIRED'
  /** This key was used for something else; take a new one. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** The lesson has begun, or should have: only staff can call it off. */
  | 'LESSON_BEGUN'
  /** The tutor teaches no more lessons on that day or in that week. See `alternatives`. */
  | 'LIMIT_REACHED'
  /** The lesson was moved when that was not free any longer: you cannot cancel it. */
  | 'MOVED_LATE'
  /** It is too late to move this lesson, or it was moved late once already. */
  | 'MOVE_TOO_LATE'
  /** Only the other one of the two, or staff, may do this to the booking. */
  | 'NOT_FOR_YOU'
  /** There is no such tutor, subject or booking that you may see. */
  | 'NOT_FOUND'
  /** The booking is no hold, or not any longer. */
  | 'NOT_HELD'
  /** A booking that stands so cannot be moved. */
  | 'NOT_MOVABLE'
  /** The tutor does not teach this subject. */
  | 'NOT_OFFERED'
  /** The tutor does not teach at that time. See `alternatives`. */
  | 'OUTSIDE_AVAILABILITY'
  /** Nobody books lessons with themselves. */
  | 'OWN_PROFILE'
  /** Some lessons of the series cannot take place; none was booked. See `conflicts`. */
  | 'SERIES_CONFLICTS'
  /** One of you two is busy then: somebody was faster, perhaps. See `alternatives`. */
  | 'SLOT_TAKEN'
  /** The subject is not taught here any longer. */
  | 'SUBJECT_ARCHIVED'
  /** The lesson is not over, or the time to wait for somebody is not. */
  | 'TOO_EARLY'
  /** The tutor takes no bookings so long before. See `alternatives`. */
  | 'TOO_FAR'
  /** The time within which this can be said is over. */
  | 'TOO_LATE'
  /** You hold as many slots as one may at a time: book or release one first. */
  | 'TOO_MANY_HOLDS'
  /** You have tried as many tutors as one may. */
  | 'TOO_MANY_TRIALS'
  /** As many lessons of yours wait for their payment as may: pay or cancel some first. */
  | 'TOO_MANY_UNPAID'
  /** The tutor wants to know of a lesson earlier. See `alternatives`. */
  | 'TOO_SOON'
  /** Trials last as long as the policy says; see `message`. */
  | 'TRIAL_MINUTES'
  /** You have had or booked a trial with this tutor; there is one with each. */
  | 'TRIAL_TAKEN'
  /** The tutor takes no new bookings at present. */
  | 'TUTOR_HIDDEN'
  /** This cannot be done to a booking that stands so; see `allowedActions`. */
  | 'WRONG_STATUS';

/** What kind of lesson it is. */
export type BookingKind =
  /** One like all others. */
  | 'REGULAR'
  /** To get to know a tutor: once with each, with few tutors, as long as the policy says. */
  | 'TRIAL';

/** What you are in a booking. */
export type BookingRole =
  /** You learn. */
  | 'STUDENT'
  /** You teach. */
  | 'TUTOR';

/** A lesson that you want to have. */
export type BookingSlotInput = {
  /** An UNSCHEDULED booking of yours with this tutor in this subject that gets its time; it keeps its agreed price. Without it a new booking is made. */
  bookingId?: string | number | null | undefined;
  /** How long it lasts: 15 to 240 minutes in steps of five; a trial as long as the policy says. */
  durationMinutes: number;
  /** What kind of lesson. */
  kind?: BookingKind;
  /** When it begins, on full five minutes. */
  startsAt: string;
  /** In which subject. */
  subjectId: string | number;
  /** Whose lesson. */
  tutorId: string | number;
};

/** Where a booking stands. */
export type BookingStatus =
  /** It does not take place. */
  | 'CANCELLED'
  /** The lesson has taken place; it may be reviewed. */
  | 'COMPLETED'
  /** Paid: the lesson takes place. */
  | 'CONFIRMED'
  /** Whoever was reported absent says otherwise; staff decides. */
  | 'DISPUTED'
  /** It was not booked or paid in time; its time is free again. */
  | 'EXPIRED'
  /** Its time is kept for some minutes, until it is booked; see `expiresAt`. */
  | 'HELD'
  /** The lesson has begun. */
  | 'IN_PROGRESS'
  /** One of the two was reported absent. */
  | 'NO_SHOW'
  /** Booked; its time is kept until it is paid or `expiresAt` has come. */
  | 'PENDING_PAYMENT'
  /** Agreed, without times yet. */
  | 'UNSCHEDULED';

/** A package to buy: on a page of Stripe when both addresses are given, in your own form otherwise. */
export type BuyPackageInput = {
  /** Where Stripe's page leads back to when it is not. */
  cancelUrl?: string | null | undefined;
  /** A saved card, of `myCards`; your default card without it, if there is one. */
  cardId?: string | number | null | undefined;
  /** How many minutes each lesson takes. */
  durationMinutes: number;
  /** Any text of yours: repeated with it within 24 hours, it is done once. */
  idempotencyKey?: string | null | undefined;
  /** How many lessons, as one of `packageOffers` has. */
  lessons: number;
  /** Keep the card for later payments. */
  saveCard?: boolean | null | undefined;
  /** In which subject. */
  subjectId: string | number;
  /** Where Stripe's page leads back to when it is paid; `{CHECKOUT_SESSION_ID}` is filled in. */
  successUrl?: string | null | undefined;
  /** Whose lessons. */
  tutorId: string | number;
};

/** A booking to call off. */
export type CancelBookingInput = {
  /** Which booking. */
  bookingId: string | number;
  /** Any text of your own, the same when you try again: then it is done once. Kept for 24 hours. */
  idempotencyKey?: string | null | undefined;
  /** What you say to the other one, up to 500 characters. */
  reason?: string | null | undefined;
};

/** Does a certificate hold? */
export type CertificateStatus =
  /** It was issued by this school and was taken back. */
  | 'REVOKED'
  /** No certificate of this school has this code. */
  | 'UNKNOWN'
  /** It was issued by this school and holds. */
  | 'VALID';

/** A file that goes with a message. */
export type ChatAttachmentInput = {
  /** What the file is called, 1 to 200 characters; a plain name without it. */
  name?: string | null | undefined;
  /** Your confirmed upload of the kind ATTACHMENT; it can be sent once. */
  uploadId: string | number;
};

/** What became of a message. */
export type ChatMessageChange =
  /** It was deleted; its place stays. */
  | 'DELETED'
  /** Its text changed. */
  | 'EDITED'
  /** It was pinned or unpinned. */
  | 'PINNED'
  /** Reactions to it changed. */
  | 'REACTED'
  /** It was written. */
  | 'SENT';

/** What a chat room is for. */
export type ChatRoomKind =
  /** A student and a tutor who have an application or a booking in common; it is made by itself. */
  | 'DIRECT'
  /** The people of a course with their curator. */
  | 'GROUP'
  /** A room that staff made for a purpose of its own. */
  | 'NAMED'
  /** Somebody who asks for help, and staff that answers. */
  | 'SUPPORT';

/** Whom you choose. */
export type ChooseApplicationInput = {
  /** Which application to an order of yours. */
  applicationId: string | number;
};

/** A payment to look at. */
export type ConfirmPaymentInput = {
  /** A payment of yours. */
  paymentId: string | number;
};

/** The language in which a course is taught. */
export type CourseLanguage =
  /** English. */
  | 'en'
  /** Russian. */
  | 'ru';

/** What to book: either `holdId` or `slot`. */
export type CreateBookingInput = {
  /** A booking of yours that holds its slot. */
  holdId?: string | number | null | undefined;
  /** A key that you choose, 1 to 128 visible characters of ASCII: the same request with the same key within 24 hours is carried out once and gives the first result again. */
  idempotencyKey?: string | null | undefined;
  /** A package of lessons of yours from which it is to be paid; not for trials. */
  packageId?: string | number | null | undefined;
  /** A slot that is not held, to be booked at once. */
  slot?: BookingSlotInput | null | undefined;
  /** Your time zone, in which `alternatives` tell their local times; UTC without it. */
  timeZone?: string | null | undefined;
};

/** A booking to pay for, on a page of Stripe. */
export type CreateCheckoutInput = {
  /** A booking of yours that is PENDING_PAYMENT. */
  bookingId: string | number;
  /** Where Stripe's page leads back to when it is not. */
  cancelUrl: string;
  /** Any text of yours: repeated with it within 24 hours, it is done once. */
  idempotencyKey?: string | null | undefined;
  /** Keep the card for later payments. */
  saveCard?: boolean | null | undefined;
  /** Where Stripe's page leads back to when it is paid; `{CHECKOUT_SESSION_ID}` is filled in. */
  successUrl: string;
};

/** A payout account. */
export type CreatePayoutAccountInput = {
  /** ISO 3166 code of the country where you are paid; the platform's own without it. It can never change. */
  country?: string | null | undefined;
};

/** Who may enrol in a course by themselves. */
export type EnrollmentPolicy =
  /** Nobody: staff enrols. */
  | 'CLOSED'
  /** Anybody who is signed in, for nothing. */
  | 'OPEN'
  /** Whoever has paid its price. */
  | 'PAID';

/** How somebody stands in a course. */
export type EnrollmentStatus =
  /** They learn it. */
  | 'ACTIVE'
  /** They have completed every lesson that must be, and may still look at all of them. */
  | 'COMPLETED'
  /** They have left it, or were taken out; what they did is kept for when they come back. */
  | 'DROPPED';

/** Where an experiment stands. */
export type ExperimentStatus =
  /** It is over; everybody has control. */
  | 'COMPLETED'
  /** It has not started. */
  | 'DRAFT'
  /** Everybody has control for now, and nothing is counted that clients tell. */
  | 'PAUSED'
  /** It assigns variants. */
  | 'RUNNING';

/** What is assigned to a variant as a whole. */
export type ExperimentUnit =
  /** Everybody who looks for a subject in a city (or online): they choose among the same tutors, so that two variants among them would take tutors from each other. */
  | 'CLUSTER'
  /** A person. */
  | 'USER';

/** Which slot to hold. */
export type HoldSlotInput = {
  /** A key that you choose, 1 to 128 visible characters of ASCII: the same request with the same key within 24 hours is carried out once and gives the first result again. */
  idempotencyKey?: string | null | undefined;
  /** The lesson that you want to have. */
  slot: BookingSlotInput;
  /** Your time zone, in which `alternatives` tell their local times; UTC without it. */
  timeZone?: string | null | undefined;
};

/** Where homework stands for a student, or one version of what they made of it. */
export type HomeworkStatus =
  /** The program was sure of what it found; a curator may still review it. */
  | 'AI_CHECKED'
  /** It waits; nothing was written yet. */
  | 'ASSIGNED'
  /** The student writes it; nobody else sees that text. */
  | 'DRAFT'
  /** A curator has to look: the program was not sure, or cannot judge all of it. */
  | 'NEEDS_REVIEW'
  /** A curator wants it to be done better: the student makes the next version. */
  | 'RETURNED'
  /** A curator has accepted it. */
  | 'REVIEWED'
  /** It was handed in and will be checked in a moment. */
  | 'SUBMITTED';

/** Languages that the assistant knows. */
export type KnowledgeLanguage =
  /** English. */
  | 'EN'
  /** Russian. */
  | 'RU';

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

/** Expected failures around courses, tests, homework and the assistant. */
export type LearningErrorCode =
  /** The homework was accepted: it needs no more time. */
  | 'ALREADY_ACCEPTED'
  /** Somebody has taken this place with their account. */
  | 'ALREADY_CLAIMED'
  /** They learn the course already, or have completed it. */
  | 'ALREADY_ENROLLED'
  /** The answer is still being written. */
  | 'ANSWER_UNFINISHED'
  /** You have no attempt left. */
  | 'ATTEMPTS_USED_UP'
  /** The attempt is over: it was handed in, or its time is up. */
  | 'ATTEMPT_OVER'
  /** More people belong to the cohort than there would be places. */
  | 'CAPACITY_TOO_SMALL'
  /** You have a card with this front already. */
  | 'CARD_EXISTS'
  /** The card rests: let it come up again first. */
  | 'CARD_SUSPENDED'
  /** There is a certificate that holds already; revoke it first. */
  | 'CERTIFICATE_EXISTS'
  /** It is not as you have seen it any more: read it again. */
  | 'CHANGED'
  /** There is no invitation with this code, or it is too old or used. */
  | 'CODE_INVALID'
  /** No place is left in the cohort. */
  | 'COHORT_FULL'
  /** The course is in the archive: restore it first. */
  | 'COURSE_ARCHIVED'
  /** The draft has no lesson. */
  | 'COURSE_EMPTY'
  /** Another row has the same address or id. */
  | 'DUPLICATE_ROW'
  /** Another student without an account has this address. */
  | 'EMAIL_TAKEN'
  /** Nobody enrols in this course by themselves, or it is archived or not published yet. */
  | 'ENROLLMENT_CLOSED'
  /** The course is completed: nobody leaves it any more. */
  | 'ENROLLMENT_COMPLETED'
  /** Students are being fetched from GetCourse already. */
  | 'EXCHANGE_RUNNING'
  /** Another student has this id of the former system. */
  | 'EXTERNAL_ID_TAKEN'
  /** The settings name no account at GetCourse. */
  | 'GETCOURSE_NOT_CONFIGURED'
  /** The homework was handed in: it changes only once it is returned. */
  | 'HANDED_IN'
  /** The hand-over is settled. */
  | 'HAND_OVER_CLOSED'
  /** Another curator sees to it. */
  | 'HAND_OVER_TAKEN'
  /** The required homework of the lesson must be handed in and accepted first. */
  | 'HOMEWORK_NOT_SUBMITTED'
  /** The key was used with another input within the last 24 hours. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** The entry is a lesson: change the lesson. */
  | 'KNOWLEDGE_OF_LESSON'
  /** A lesson to be read says nothing; `aboutId` says which one. */
  | 'LESSON_EMPTY'
  /** The lesson is locked: your cohort has not begun, or another lesson comes first. */
  | 'LESSON_LOCKED'
  /** A module has no lesson; `aboutId` says which one. */
  | 'MODULE_EMPTY'
  /** The certificate wants a score, and the draft has neither a test nor homework. */
  | 'NOTHING_SCORED'
  /** The course has no draft: make one with draftCourse. */
  | 'NOTHING_TO_PUBLISH'
  /** The account does not belong to anybody who works for the school. */
  | 'NOT_A_CURATOR'
  /** Only a lesson of kind QUIZ has a test. */
  | 'NOT_A_QUIZ'
  /** You do not belong to the school yet: enrol in a course first. */
  | 'NOT_A_STUDENT'
  /** The course is not completed, or the name of whoever did is not known. */
  | 'NOT_COMPLETED'
  /** You are not enrolled in the course, or have left it. */
  | 'NOT_ENROLLED'
  /** There is no such thing that you may see. */
  | 'NOT_FOUND'
  /** It was returned, is not the newest version, or was accepted and cannot be returned any more. */
  | 'NOT_REVIEWABLE'
  /** No address of the student is known. */
  | 'NO_ADDRESS'
  /** It is in another version of the course, or in another course. */
  | 'OTHER_VERSION'
  /** You cannot grant yourself anything at a test. */
  | 'OWN_ALLOWANCE'
  /** You may try again later: see `availableAt`. */
  | 'PAUSE_NOT_OVER'
  /** The course must be paid for: use payForCourse. */
  | 'PAYMENT_REQUIRED'
  /** Lessons would wait for each other, so that nobody could begin any; `aboutId` is one of them. */
  | 'PREREQUISITE_CYCLE'
  /** A course that is paid for needs a price. */
  | 'PRICE_REQUIRED'
  /** Somebody else has edited the question meanwhile; load it anew. */
  | 'QUESTION_CHANGED'
  /** A quiz has no test, or one with too few questions; `aboutId` says which lesson it is. */
  | 'QUIZ_WITHOUT_TEST'
  /** The recording is not written down, or could not be. */
  | 'RECORDING_NOT_READY'
  /** The upload is of another kind than RECORDING, not confirmed, or was taken already. */
  | 'RECORDING_NOT_USABLE'
  /** The address belongs to another student than the id. */
  | 'ROWS_CONTRADICT'
  /** Another course has this name in addresses. */
  | 'SLUG_TAKEN'
  /** The school has no service that understands or makes speech, or it does not answer. */
  | 'SPEECH_NOT_AVAILABLE'
  /** All questions of the test are retired; staff has to look at it. */
  | 'TEST_EMPTY'
  /** The lesson has a test already; update it. */
  | 'TEST_EXISTS'
  /** The test of the lesson must be passed first. */
  | 'TEST_NOT_PASSED'
  /** There is one of this title already. */
  | 'TITLE_TAKEN'
  /** The bank has fewer questions, with this tag and besides the fixed ones, than are to be drawn. */
  | 'TOO_FEW_QUESTIONS'
  /** You have as many cards as you may: 10,000. */
  | 'TOO_MANY_CARDS'
  /** A module has as many lessons as it may: 100. */
  | 'TOO_MANY_LESSONS'
  /** A version has as many modules as it may: 100. */
  | 'TOO_MANY_MODULES'
  /** There are as many templates as there may be: 500 of each owner. */
  | 'TOO_MANY_TEMPLATES'
  /** The lesson has as much homework as it may: 10. */
  | 'TOO_MUCH_HOMEWORK'
  /** There is no such upload of yours. */
  | 'UPLOAD_NOT_FOUND'
  /** The upload is of another kind than ATTACHMENT or DOCUMENT, not confirmed, or went with something else. */
  | 'UPLOAD_NOT_USABLE'
  /** What was published does not change: make a draft with draftCourse. */
  | 'VERSION_PUBLISHED'
  /** A lesson of kind VIDEO needs the address of its video; others have none. */
  | 'VIDEO_MISMATCH';

/** How somebody likes to be taught. */
export type LearningStyle =
  /** By talking much. */
  | 'CONVERSATIONAL'
  /** Strictly, with much homework. */
  | 'DEMANDING'
  /** With an exam in view. */
  | 'EXAM_FOCUSED'
  /** Calmly, without haste. */
  | 'PATIENT'
  /** By play. */
  | 'PLAYFUL'
  /** Step by step, by a plan. */
  | 'STRUCTURED';

/** What an account of the ledger holds. Debits are positive. */
export type LedgerAccountKind =
  /** Asset: what Stripe has paid out to the platform’s own bank. */
  | 'BANK'
  /** Revenue: lessons of packages that were lost. */
  | 'BREAKAGE'
  /** Revenue: the platform’s part of lessons, without tax. */
  | 'COMMISSION'
  /** Asset: a tutor’s balance at Stripe. */
  | 'CONNECTED_CASH'
  /** Revenue: courses of the school, without tax. */
  | 'COURSES'
  /** Asset: what banks have taken until disputes end. */
  | 'DISPUTED'
  /** Expense: what the platform bears of lost disputes. */
  | 'DISPUTE_LOSS'
  /** Expense: transfers to tutors by staff, and refunds of lessons of packages that were taken. */
  | 'GOODWILL'
  /** Asset: the platform’s balance at Stripe, pending and available. */
  | 'PLATFORM_CASH'
  /** Revenue: premium memberships, without tax. */
  | 'PREMIUM'
  /** Liability: refunds that Stripe has not made yet. */
  | 'REFUNDS_IN_TRANSIT'
  /** Expense: what Stripe keeps. */
  | 'STRIPE_FEES'
  /** Liability: lessons of packages that were not taken. */
  | 'STUDENT_CREDIT'
  /** Liability: tax within commission and premium. */
  | 'TAX'
  /** Liability: shares that are due, at Stripe already or on their way. */
  | 'TUTOR_AVAILABLE'
  /** Liability: shares of disputed payments. */
  | 'TUTOR_FROZEN'
  /** Asset: what went back to students though the tutor had it already. */
  | 'TUTOR_OWES'
  /** Liability: shares of paid lessons that are not due yet. */
  | 'TUTOR_PENDING';

/** What happened to money. */
export type LedgerJournalKind =
  /** A correction. */
  | 'ADJUSTMENT'
  /** Stripe paid out to the platform’s bank, or took from it. */
  | 'BANK_TRANSFER'
  /** A tutor owes what went back to a student. */
  | 'DEBT'
  /** Stripe kept a fee for a dispute. */
  | 'DISPUTE_FEE'
  /** Disputed money was lost. */
  | 'DISPUTE_LOST'
  /** A bank took disputed money. */
  | 'DISPUTE_OPENED'
  /** A bank gave disputed money back. */
  | 'DISPUTE_WON'
  /** Staff gave a tutor money of the platform’s. */
  | 'GOODWILL'
  /** Lessons of a package were lost. */
  | 'PACKAGE_EXPIRED'
  /** A lesson was taken from a package. */
  | 'PACKAGE_LESSON'
  /** A lesson went back to its package. */
  | 'PACKAGE_LESSON_RETURNED'
  /** A student paid. */
  | 'PAYMENT'
  /** A tutor paid for premium. */
  | 'PREMIUM_INVOICE'
  /** A refund was asked for. */
  | 'REFUND'
  /** A refund failed. */
  | 'REFUND_FAILED'
  /** Stripe made a refund. */
  | 'REFUND_MADE'
  /** A tutor’s share became due. */
  | 'SHARE_RELEASED'
  /** Stripe kept its fee. */
  | 'STRIPE_FEE'
  /** Money went to a tutor’s account at Stripe. */
  | 'TRANSFER'
  /** Money came back from a tutor’s account at Stripe. */
  | 'TRANSFER_REVERSAL'
  /** Money of a tutor left for the bank. */
  | 'WITHDRAWAL'
  /** A bank sent a withdrawal back. */
  | 'WITHDRAWAL_FAILED';

/** Where lessons take place. */
export type LessonFormat =
  /** In one room, in a city. */
  | 'IN_PERSON'
  /** By video call. */
  | 'ONLINE';

/** What a lesson is made of. */
export type LessonKind =
  /** A test to pass. */
  | 'QUIZ'
  /** A text to read. */
  | 'TEXT'
  /** A video; the text says what is said in it. */
  | 'VIDEO';

/** Why somebody does not see what a lesson says. */
export type LessonLockReason =
  /** They do not learn this version of the course, or have left it. */
  | 'NOT_ENROLLED'
  /** Their cohort has not begun yet. */
  | 'NOT_STARTED'
  /** Other lessons must be completed first. */
  | 'PREREQUISITE';

/** Where a package of lessons stands. */
export type LessonPackageStatus =
  /** Lessons can be booked from it. */
  | 'ACTIVE'
  /** It was not paid. */
  | 'CANCELLED'
  /** Its time is over. */
  | 'EXPIRED'
  /** It waits to be paid. */
  | 'PENDING'
  /** What was left of it was paid back. */
  | 'REFUNDED'
  /** All of its lessons are booked. */
  | 'USED';

/** How far somebody is with a lesson. */
export type LessonProgressStatus =
  /** They have done all that it asks. */
  | 'COMPLETED'
  /** They have begun it. */
  | 'IN_PROGRESS'
  /** They have not begun it. */
  | 'NOT_STARTED';

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
  /** English (English). */
  | 'en'
  /** Russian (Русский). */
  | 'ru';

/** A booking that was paid outside the platform. */
export type MarkBookingPaidInput = {
  /** Which booking. */
  bookingId: string | number;
  /** How it was paid, 1 to 500 characters; only staff has this. */
  reason: string;
};

/** Whose video room it is. */
export type MeetingProvider =
  /** Google Meet. */
  | 'GOOGLE_MEET'
  /** A Jitsi server; it needs no account. */
  | 'JITSI'
  /** Zoom. */
  | 'ZOOM';

/** Expected failures around notifications and chat. */
export type MessagingErrorCode =
  /** It has been sent, or was given up: there is nothing to stop. */
  | 'ANNOUNCEMENT_ENDED'
  /** One of the two people has blocked the other. */
  | 'BLOCKED'
  /** What is critical goes over this channel whatever you decide. */
  | 'CHANNEL_REQUIRED'
  /** Only who may send announcements may ignore what people decided. */
  | 'CRITICAL_NOT_ALLOWED'
  /** The key was used with another input within the last 24 hours. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** They are a moderator of the room: only staff may do this to them. */
  | 'IS_MODERATOR'
  /** The message was deleted. */
  | 'MESSAGE_DELETED'
  /** You have no application and no booking in common with this person. */
  | 'NOTHING_IN_COMMON'
  /** You see the room, but only its moderators and staff may do this. */
  | 'NOT_A_MODERATOR'
  /** The message was written more than 24 hours ago. */
  | 'NOT_EDITABLE'
  /** There is no such thing that you may see. */
  | 'NOT_FOUND'
  /** Rooms of this kind do not have this: nobody joins or leaves a DIRECT room, say. */
  | 'NOT_IN_SUCH_ROOMS'
  /** Only who wrote the message may do this. */
  | 'NOT_YOURS'
  /** You cannot do this to yourself. */
  | 'NOT_YOURSELF'
  /** It is your own message. */
  | 'OWN_MESSAGE'
  /** A moderator has banned this person from the room. */
  | 'PERSON_BANNED'
  /** There is no account of this person. */
  | 'PERSON_NOT_FOUND'
  /** Somebody has decided on the report already. */
  | 'REPORT_DECIDED'
  /** Nobody writes in this room any more. */
  | 'ROOM_CLOSED'
  /** As many people belong to the room as may. */
  | 'ROOM_FULL'
  /** The same text too often, or too many links from a new account. */
  | 'SPAM_REFUSED'
  /** You write faster than people do; `retryAfter` says how many seconds to wait. */
  | 'TOO_MANY_MESSAGES'
  /** The room keeps 50 messages in view already; unpin one first. */
  | 'TOO_MANY_PINS'
  /** There are 20 different emoji under the message already; take one of them. */
  | 'TOO_MANY_REACTIONS'
  /** The device listens to as many topics as it may: 50. */
  | 'TOO_MANY_TOPICS'
  /** There is no such upload of yours. */
  | 'UPLOAD_NOT_FOUND'
  /** The upload is of another kind than ATTACHMENT, not confirmed, or was sent with another message. */
  | 'UPLOAD_NOT_USABLE';

/** Something that programs want to find again, by a name. */
export type MetadataEntryInput = {
  /** Its name: a letter, then letters, digits, `_` and `-`; 40 in all. */
  key: string;
  /** What it says, at most 500 characters. */
  value: string;
};

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

/** A way to reach a person. */
export type NotificationChannel =
  /** A mail to the proven address. */
  | 'EMAIL'
  /** The inbox of the app: `notifications`. */
  | 'IN_APP'
  /** A push to each registered device. */
  | 'PUSH'
  /** A text message to the proven phone number. */
  | 'SMS'
  /** A message of our bot, to who has linked Telegram. */
  | 'TELEGRAM';

/** Why a notification does not arrive on a channel, or is tried again. */
export type NotificationDeliveryReason =
  /** The person wants no messages there. */
  | 'BLOCKED_BY_USER'
  /** The person has deleted it before it was sent. */
  | 'DELETED'
  /** It would have come too late to be of use. */
  | 'EXPIRED'
  /** A fault of ours; our staff sees it. */
  | 'FAULT'
  /** The address does not exist. */
  | 'HARD_BOUNCE'
  /** The person has no account any more. */
  | 'NO_ACCOUNT'
  /** The person has no proven address for this channel. */
  | 'NO_ADDRESS'
  /** This installation does not use the channel. */
  | 'NO_CHANNEL'
  /** The person has registered no device. */
  | 'NO_DEVICE'
  /** The person has read it before it was sent. */
  | 'READ'
  /** The provider does not take it. */
  | 'REFUSED'
  /** Earlier messages to the address came back; staff can lift it. */
  | 'SUPPRESSED'
  /** The person has switched the type off on this channel meanwhile. */
  | 'SWITCHED_OFF'
  /** The provider could not take it; it is tried again up to eight times in half an hour. */
  | 'UNAVAILABLE';

/** How far a notification has come on a channel. */
export type NotificationDeliveryStatus =
  /** It has arrived. */
  | 'DELIVERED'
  /** It was tried and will not arrive; see `reason`. */
  | 'FAILED'
  /** It waits to be sent: for quiet hours, a digest or the next try. */
  | 'QUEUED'
  /** A provider has taken it over. */
  | 'SENT'
  /** It was not sent, for there was no need or no way; see `reason`. */
  | 'SUPPRESSED';

/** When notifications of a channel are sent that can wait. */
export type NotificationDigestMode =
  /** Together, an hour after the first one. */
  | 'HOURLY'
  /** Together, at eight o'clock of the person's time zone. */
  | 'MORNING'
  /** At once, each on its own. */
  | 'NONE';

/** What a notification leads to. */
export type NotificationTargetKind =
  /** The person's own account. */
  | 'ACCOUNT'
  /** An application to an order: `application(id)`. */
  | 'APPLICATION'
  /** A lesson: `booking(id)`. */
  | 'BOOKING'
  /** A certificate: `certificate(id)`. */
  | 'CERTIFICATE'
  /** A chat room: `chatRoom(id)`. */
  | 'CHAT_ROOM'
  /** A course of the school: `course(id)`. */
  | 'COURSE'
  /** A question to the assistant that a curator answers. */
  | 'HAND_OVER'
  /** Homework as it waits for one student: `homeworkAssignment(id)`. */
  | 'HOMEWORK_ASSIGNMENT'
  /** What somebody has handed in: `submission(id)`. */
  | 'HOMEWORK_SUBMISSION'
  /** An interview with staff. */
  | 'INTERVIEW'
  /** An order: `order(id)`. */
  | 'ORDER'
  /** A package of lessons: `package(id)`. */
  | 'PACKAGE'
  /** A payment: `payment(id)`. */
  | 'PAYMENT'
  /** A report about a message, for staff. */
  | 'REPORT'
  /** A review of a tutor. */
  | 'REVIEW'
  /** A search that the person saved. */
  | 'SAVED_SEARCH'
  /** A student of the school, for staff: `student(id)`. */
  | 'STUDENT'
  /** A tutor: `tutor(id)`. */
  | 'TUTOR'
  /** A verification of a tutor. */
  | 'VERIFICATION'
  /** A withdrawal: `withdrawal(id)`. */
  | 'WITHDRAWAL';

/** What a notification is about. */
export type NotificationType =
  /** A suspended account may be used again; for its owner. */
  | 'ACCOUNT_RESTORED'
  /** An account may not be used for now; for its owner. */
  | 'ACCOUNT_SUSPENDED'
  /** Staff tells many people something; its words are the values `title` and `body` by language. */
  | 'ANNOUNCEMENT'
  /** A student chose a tutor who applied; for the tutor. */
  | 'APPLICATION_CHOSEN'
  /** A student declined an application; for its tutor. */
  | 'APPLICATION_DECLINED'
  /** An order was closed while an application waited; for its tutor. */
  | 'APPLICATION_NOT_CHOSEN'
  /** A tutor applied to an order; for its student. */
  | 'APPLICATION_RECEIVED'
  /** A tutor took an application back; for the student of the order. */
  | 'APPLICATION_WITHDRAWN'
  /** A lesson does not take place; for whoever of its two people did not cancel it. */
  | 'BOOKING_CANCELLED'
  /** A lesson has taken place and can be reviewed; for its student. */
  | 'BOOKING_COMPLETED'
  /** A lesson is paid and takes place; for its student and tutor. */
  | 'BOOKING_CONFIRMED'
  /** Two people say different things of a lesson and staff decides; for both. */
  | 'BOOKING_DISPUTED'
  /** A lesson was not paid in time and gave its time free; for its student. */
  | 'BOOKING_EXPIRED'
  /** There is a new lesson on the market; for staff who manage bookings. */
  | 'BOOKING_MADE'
  /** The video room of a lesson within a day has changed since the reminder; for its student and tutor. */
  | 'BOOKING_MEETING_CHANGED'
  /** Somebody was reported absent from a lesson, or staff has decided on that; for its student and tutor. */
  | 'BOOKING_NO_SHOW'
  /** A lesson keeps its time until it is paid; for its student. */
  | 'BOOKING_PAYMENT_AWAITED'
  /** Money came too late for a lesson and goes back whole; for its student. */
  | 'BOOKING_REFUND_DUE'
  /** A lesson takes place within a day; for its student and tutor. */
  | 'BOOKING_REMINDER_DAY'
  /** A lesson begins within an hour; for its student and tutor. */
  | 'BOOKING_REMINDER_HOUR'
  /** A lesson has another time; for its student and tutor. */
  | 'BOOKING_RESCHEDULED'
  /** Somebody has earned a certificate; for the student. */
  | 'CERTIFICATE_ISSUED'
  /** A certificate holds no longer; for whom it names. */
  | 'CERTIFICATE_REVOKED'
  /** Messages wait unread in a chat room; for its members who are away, once until they read. */
  | 'CHAT_MESSAGE'
  /** Somebody reported a message; for staff who moderate chats. */
  | 'CHAT_REPORT_OPENED'
  /** Somebody was added to a group or a named room; for them. */
  | 'CHAT_ROOM_JOINED'
  /** Somebody has completed a course; for the student. */
  | 'COURSE_COMPLETED'
  /** Somebody can begin a course; for the student. */
  | 'COURSE_ENROLLED'
  /** A tutor's share of a lesson, or money from staff, is on their balance; for the tutor. */
  | 'EARNING_RECEIVED'
  /** Money came back from a tutor's balance because a student got it back; for the tutor. */
  | 'EARNING_REVERSED'
  /** Students could not be fetched from GetCourse; for staff who manage that. */
  | 'EXCHANGE_FAILED'
  /** A question to the assistant waits; for the curator of who asked, or all who answer where there is none. */
  | 'HAND_OVER_OPENED'
  /** A curator answers what somebody asked the assistant; for who asked. */
  | 'HAND_OVER_TAKEN'
  /** Homework is due within a day and was not handed in; for the student. */
  | 'HOMEWORK_DUE_SOON'
  /** A curator gave somebody longer for their homework; for the student. */
  | 'HOMEWORK_EXTENDED'
  /** A curator wants homework to be done better; for the student. */
  | 'HOMEWORK_RETURNED'
  /** A curator has reviewed homework; for the student. */
  | 'HOMEWORK_REVIEWED'
  /** Somebody has handed in homework; for their curator, or who sees all students where there is none. */
  | 'HOMEWORK_SUBMITTED'
  /** An interview does not take place; for the side that did not cancel it. */
  | 'INTERVIEW_CANCELLED'
  /** What came of an interview; for the tutor. */
  | 'INTERVIEW_COMPLETED'
  /** Staff gives no interview and says why; for the tutor. */
  | 'INTERVIEW_REJECTED'
  /** A tutor asks for an interview; for staff who keep interviews. */
  | 'INTERVIEW_REQUESTED'
  /** An interview has another time or interviewer; for the tutor and whoever of staff talks with them. */
  | 'INTERVIEW_RESCHEDULED'
  /** An interview has a time; for the tutor and whoever of staff talks with them. */
  | 'INTERVIEW_SCHEDULED'
  /** Somebody has completed a lesson; for their curator, if they have one. */
  | 'LESSON_COMPLETED'
  /** Two people say different things of a lesson; for staff who decide on that. */
  | 'LESSON_DISPUTE_OPENED'
  /** A figure of the model that ranks tutors is out of its bounds; for staff who manage models. */
  | 'MODEL_ALERT_RAISED'
  /** An author appealed against what staff decided; for those who moderate. */
  | 'MODERATION_APPEALED'
  /** Staff decided on a text; for whoever wrote it. */
  | 'MODERATION_DECIDED'
  /** Staff has to look at a text; for those who moderate. */
  | 'MODERATION_QUEUED'
  /** A package of lessons is paid; for its student and tutor. */
  | 'PACKAGE_BOUGHT'
  /** Lessons of a package were not taken in time; for its student. */
  | 'PACKAGE_EXPIRED'
  /** A lesson cannot be paid from its package and has to be paid otherwise; for its student. */
  | 'PACKAGE_REFUSED'
  /** A cardholder disputes a payment, and the bank wants evidence; for staff who answer. */
  | 'PAYMENT_DISPUTED'
  /** A bank decided on a disputed payment; for staff who answer. */
  | 'PAYMENT_DISPUTE_CLOSED'
  /** An attempt to pay was declined, and another one may be made; for whoever pays. */
  | 'PAYMENT_FAILED'
  /** Money of a payment went back, in part or whole; for whoever paid. */
  | 'PAYMENT_REFUNDED'
  /** Money for a lesson has arrived; for whoever paid. */
  | 'PAYMENT_SUCCEEDED'
  /** A tutor can be paid, or not any longer; for the tutor. */
  | 'PAYOUT_ACCOUNT_CHANGED'
  /** A tutor is premium, or premium was prolonged; for the tutor. */
  | 'PREMIUM_ACTIVATED'
  /** A tutor is premium no longer; for the tutor. */
  | 'PREMIUM_ENDED'
  /** A premium membership was not paid and goes on for some days; for the tutor. */
  | 'PREMIUM_PAST_DUE'
  /** What an hour costs from now on, by consent or because it is lower; for the student and the tutor. */
  | 'RATE_CHANGED'
  /** A student declined a higher rate, and the former one holds; for the tutor. */
  | 'RATE_DECLINED'
  /** A tutor would like a higher rate, to which the student may consent; for the student. */
  | 'RATE_PROPOSED'
  /** The ledger says otherwise than Stripe; for staff who read the ledger. */
  | 'RECONCILIATION_DIFFERED'
  /** A bank did not take a refund; for staff who make refunds. */
  | 'REFUND_FAILED'
  /** A student reviewed a tutor, and others see it; for the tutor. */
  | 'REVIEW_RECEIVED'
  /** Somebody has another role; for them. */
  | 'ROLE_CHANGED'
  /** A tutor has begun to match a saved search; for whoever saved it. */
  | 'SAVED_SEARCH_MATCHED'
  /** Staff writes to single people; its words are the values `title` and `body` by language. */
  | 'STAFF_MESSAGE'
  /** Somebody is in danger of giving up a course; for their curator, or who sees all students where there is none. */
  | 'STUDENT_AT_RISK'
  /** Somebody asks for support; for staff who answer. */
  | 'SUPPORT_REQUESTED'
  /** Staff confirmed something of a tutor; for the tutor. */
  | 'VERIFICATION_APPROVED'
  /** What was confirmed of a tutor does not count any longer; for the tutor. */
  | 'VERIFICATION_EXPIRED'
  /** What was confirmed of a tutor counts for 30 days more; for the tutor. */
  | 'VERIFICATION_EXPIRING'
  /** Staff did not confirm something of a tutor, and said why; for the tutor. */
  | 'VERIFICATION_REJECTED'
  /** A tutor wants to have something confirmed; for staff who decide on that. */
  | 'VERIFICATION_SUBMITTED'
  /** Somebody proved their address and can begin; for them, once. */
  | 'WELCOME'
  /** A withdrawal is on its way; for the tutor. */
  | 'WITHDRAWAL_APPROVED'
  /** A bank did not take a withdrawal; for the tutor. */
  | 'WITHDRAWAL_FAILED'
  /** A withdrawal is at the bank; for the tutor. */
  | 'WITHDRAWAL_PAID'
  /** Staff rejected a withdrawal, and says why; for the tutor. */
  | 'WITHDRAWAL_REJECTED'
  /** A tutor wants money at the bank and staff decides; for staff who pay out. */
  | 'WITHDRAWAL_REQUESTED';

/** How much a notification matters; it decides on quiet hours and digests. */
export type NotificationUrgency =
  /** It goes out at once, whatever the person decided. */
  | 'CRITICAL'
  /** It is not collected into digests; quiet hours hold it back. */
  | 'HIGH'
  /** It can wait as long as the person likes. */
  | 'LOW'
  /** It can wait, too; it is sent before what is LOW. */
  | 'NORMAL';

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
  /** Words of title, description or goal, each from its beginning; at most 100 characters. When no order holds them, typing errors in words that tutors use too, the other alphabet and the other layout of the keyboard are put right. */
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

/** Where a dispute of a cardholder stands. */
export type PaymentDisputeStatus =
  /** The bank only asks, and has taken nothing; evidence or a refund may end it. */
  | 'INQUIRY'
  /** The bank had only asked. */
  | 'INQUIRY_CLOSED'
  /** The money is the cardholder’s again. */
  | 'LOST'
  /** The bank has taken the money and waits for evidence until it is due. */
  | 'NEEDS_RESPONSE'
  /** The bank looks at the evidence; that takes weeks. */
  | 'UNDER_REVIEW'
  /** The bank has given the money back. */
  | 'WON';

/** Expected failures around payments. */
export type PaymentErrorCode =
  /** It is paid. */
  | 'ALREADY_PAID'
  /** The time to pay is over: book the lesson anew. */
  | 'BOOKING_EXPIRED'
  /** Payments in this currency are not possible. */
  | 'CURRENCY_NOT_SUPPORTED'
  /** This key was used for something else; take a new one. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** An address to return to is of no page of ours. */
  | 'INVALID_RETURN_URL'
  /** There is no such booking, payment or card of yours. */
  | 'NOT_FOUND'
  /** The tutor offers no such package now. */
  | 'NOT_OFFERED'
  /** The booking does not wait for a payment: it was called off, or has no time yet. */
  | 'NOT_PAYABLE'
  /** Stripe does not take such a payment, for instance because it is too small. */
  | 'PAYMENT_REFUSED'
  /** A bank is at work on a payment for it: wait for what comes of that. */
  | 'PROCESSING';

/** What is paid for. */
export type PaymentKind =
  /** A course of the school. */
  | 'COURSE'
  /** One booking. */
  | 'LESSON'
  /** A package of lessons. */
  | 'PACKAGE';

/** Where a payment stands. */
export type PaymentStatus =
  /** It ended unpaid and cannot be paid any more. */
  | 'CANCELLED'
  /** A part of the money went back. */
  | 'PARTIALLY_REFUNDED'
  /** It waits to be paid; a declined attempt may be repeated. */
  | 'PENDING'
  /** A bank takes its time over it. */
  | 'PROCESSING'
  /** All of the money went back. */
  | 'REFUNDED'
  /** The money has arrived. */
  | 'SUCCEEDED';

/** Which payments; conditions add up. */
export type PaymentsFilter = {
  /** Only payments for this booking. */
  bookingId?: string | number | null | undefined;
  /** Only payments that were begun then or later. */
  from?: string | null | undefined;
  /** Only of this package: for it, and for lessons from it. */
  packageId?: string | number | null | undefined;
  /** Only payments of this account. */
  payerId?: string | number | null | undefined;
  /** Only payments that stand so. */
  status?: PaymentStatus | null | undefined;
  /** Only payments that were begun before then. */
  to?: string | null | undefined;
  /** Only payments for this tutor. */
  tutorId?: string | number | null | undefined;
};

/** Expected failures around tutors' money. */
export type PayoutErrorCode =
  /** The money is there, but its payments are not settled yet: try again in some days. */
  | 'BALANCE_NOT_SETTLED'
  /** Stripe cannot pay people in this country. */
  | 'COUNTRY_NOT_SUPPORTED'
  /** The key was used with another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** There is less than that; see `myBalance`. */
  | 'INSUFFICIENT_BALANCE'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** The address is of no page of ours. */
  | 'INVALID_RETURN_URL'
  /** There is nothing like this that you may see. */
  | 'NOT_FOUND'
  /** Somebody else has to do this: the money is yours. */
  | 'NOT_YOURSELF'
  /** Stripe pays nothing out of this account at present; see `disabledReason`. */
  | 'PAYOUTS_DISABLED'
  /** Stripe still wants to know something: see `payoutOnboardingLink`. */
  | 'PAYOUT_ACCOUNT_INCOMPLETE'
  /** There is no payout account yet: see `createPayoutAccount`. */
  | 'PAYOUT_ACCOUNT_REQUIRED'
  /** Stripe refuses the transfer; `transfers` tells its code. */
  | 'TRANSFER_REFUSED'
  /** Only who has a tutor profile is paid: create it first. */
  | 'TUTOR_PROFILE_REQUIRED'
  /** The withdrawal was decided or taken back already. */
  | 'WITHDRAWAL_DECIDED';

/** Where Stripe's page leads back to; pages of ours. */
export type PayoutOnboardingLinkInput = {
  /** When the link is not good any more: make another one there. */
  refreshUrl: string;
  /** When all is filled in, or left for later; ask `myPayoutAccount` there. */
  returnUrl: string;
};

/** What you look for. It is public: leave out names, addresses and telephone numbers. */
export type PostOrderInput = {
  /** What you would pay for an hour; open when there is none. */
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

/** Expected failures around premium. */
export type PremiumErrorCode =
  /** You are premium; see `resumePremium` if it is to end. */
  | 'ALREADY_PREMIUM'
  /** The address is of no page of ours. */
  | 'INVALID_RETURN_URL'
  /** You are not premium; see `activatePremium`. */
  | 'NOT_PREMIUM'
  /** Stripe refuses to sell it; try again later. */
  | 'PREMIUM_REFUSED'
  /** Only tutors can be premium: create a profile first. */
  | 'TUTOR_PROFILE_REQUIRED';

/** Where a premium membership stands. */
export type PremiumStatus =
  /** It is paid. */
  | 'ACTIVE'
  /** It is over. */
  | 'ENDED'
  /** It waits for its first payment; see `checkoutUrl`. */
  | 'INCOMPLETE'
  /** It was not paid, and goes on until `graceUntil`. */
  | 'PAST_DUE';

/** Who made a ranking model. */
export type RankingModelSource =
  /** Its weights were chosen by hand: what ranks until there is data. */
  | 'HAND_MADE'
  /** It was trained before and comes with the program. */
  | 'SHIPPED'
  /** It was trained on what people here were shown and chose. */
  | 'TRAINED';

/** Where a ranking model stands. */
export type RankingModelStatus =
  /** It was no better than the one that ran when it was trained. */
  | 'REJECTED'
  /** It ranked before another one took its place. */
  | 'RETIRED'
  /** It ranks. */
  | 'RUNNING';

/** Expected failures around recommendations, ranking models and experiments. */
export type RecommendationErrorCode =
  /** Another experiment of its exclusion group runs or is paused on some of its units, or on units of another kind. */
  | 'EXPERIMENTS_OVERLAP'
  /** There is an experiment of this name. */
  | 'EXPERIMENT_NAME_TAKEN'
  /** More units take part than that: none is put out while the experiment runs. Pause it instead. */
  | 'EXPERIMENT_RAMP_SHRINKS'
  /** The experiment cannot go on so from where it stands. */
  | 'EXPERIMENT_STATUS'
  /** The key was used with another input within the last 24 hours. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** This version of the program cannot read the ranking model; train another one. */
  | 'MODEL_UNREADABLE'
  /** There is no such thing that you may see. */
  | 'NOT_FOUND'
  /** No ranking model ran before the one that does. */
  | 'NO_FORMER_MODEL';

/** A part of recommending that may fail without there being no answer. */
export type RecommendationPart =
  /** Variants of experiments are not known; the usual was done. */
  | 'EXPERIMENTS'
  /** No language model looked at the first places, though one was to. */
  | 'LANGUAGE_MODEL'
  /** The ranking model cannot be read; weights that were chosen by hand ranked. */
  | 'MODEL'
  /** It is not known whom students with similar wishes chose. */
  | 'SIMILAR_STUDENTS'
  /** Texts of profiles were not compared, or not all: embeddings or their index failed. */
  | 'TEXTS';

/** Why a tutor is recommended; each says what its `value` is. */
export type RecommendationReasonCode =
  /** The tutor was here in the last days; no value. */
  | 'ACTIVE'
  /** The tutor answers orders soon; `value`: minutes. */
  | 'ANSWERS_FAST'
  /** An hour costs less than is usual; `value`: how many percent. */
  | 'CHEAPER_THAN_USUAL'
  /** Students with similar wishes chose the tutor; no value. */
  | 'CHOSEN_BY_SIMILAR'
  /** There is experience; `value`: years. */
  | 'EXPERIENCED'
  /** There are hours left; no value. */
  | 'HAS_TIME'
  /** Lessons can be when they are wanted; `value`: in which percentage of the hours. */
  | 'HOURS_FIT'
  /** The tutor teaches in the city or near it; `value`: kilometres between the cities. */
  | 'NEARBY'
  /** Applications of the tutor are chosen; `value`: which percentage. */
  | 'OFTEN_CHOSEN'
  /** Many learn with the tutor; `value`: lessons of the last 90 days. */
  | 'POPULAR'
  /** Reviews speak well of the tutor; no value. */
  | 'PRAISED'
  /** The profile speaks of what is wanted; no value. */
  | 'PROFILE_FITS'
  /** Students rate the tutor well; `value`: the mean, at most 5. */
  | 'RATED_WELL'
  /** Lessons take place as agreed; `value`: which percentage. */
  | 'RELIABLE'
  /** The tutor speaks the wanted language; no value. */
  | 'SPEAKS_LANGUAGE'
  /** The tutor teaches nothing else; no value. */
  | 'SPECIALIST'
  /** Students come back after the first lesson; `value`: which percentage. */
  | 'STUDENTS_RETURN'
  /** The tutor teaches in the wanted way; no value. */
  | 'STYLE_FITS'
  /** There is experience with the subject; `value`: completed lessons. */
  | 'TAUGHT_SUBJECT'
  /** They had lessons together; `value`: how many. */
  | 'TAUGHT_YOU'
  /** The tutor teaches the wanted level; no value. */
  | 'TEACHES_LEVEL'
  /** Documents were checked; no value. */
  | 'VERIFIED'
  /** An hour costs no more than was meant; `value`: how many percent less. */
  | 'WITHIN_BUDGET';

/** What was asked and is given up when too few tutors fulfil it, in this order. */
export type RecommendationRelaxation =
  /** Lessons at the wanted hours. */
  | 'HOURS'
  /** Lessons in one of the wanted languages. */
  | 'LANGUAGE'
  /** The wanted level. */
  | 'LEVEL'
  /** Lessons in person in the city or near it: those online are an answer, too. */
  | 'PLACE'
  /** A rate at most 15 % above the budget, in its currency. */
  | 'PRICE';

/** Expected failures of refunds. */
export type RefundErrorCode =
  /** The key was used for another request. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** Less than that is left; see `message`. */
  | 'MORE_THAN_LEFT'
  /** All has gone back already, or of a package all lessons were taken or lost. */
  | 'NOTHING_LEFT'
  /** There is no such payment. */
  | 'NOT_FOUND'
  /** No money has arrived. */
  | 'NOT_PAID'
  /** Somebody else has to do this: the payment is yours. */
  | 'NOT_YOURSELF'
  /** Of a package only whole lessons are paid back; see `message` for the price of one. */
  | 'NO_WHOLE_LESSONS'
  /** The payment is in another currency. */
  | 'OTHER_CURRENCY'
  /** The cardholder disputes it: the bank decides where the money goes. */
  | 'PAYMENT_DISPUTED';

/** Money to give back. */
export type RefundPaymentInput = {
  /** How much; all that is left by default. Of a package the price of whole lessons that were not taken. */
  amount?: MoneyInput | null | undefined;
  /** Any text of your own, the same when you try again: then it is done once. Kept for 24 hours. */
  idempotencyKey?: string | null | undefined;
  /** Which payment. */
  paymentId: string | number;
  /** Why, for the audit log and other staff, up to 500 characters. */
  reason: string;
};

/** Why money goes back. */
export type RefundReason =
  /** The lesson was called off, and its policy gives so much back. */
  | 'BOOKING_CANCELLED'
  /** Staff decided so. */
  | 'BY_STAFF'
  /** The money arrived when the lesson could not take place any longer. */
  | 'LATE_PAYMENT'
  /** Somebody was absent from the lesson, and its policy gives so much back. */
  | 'NO_SHOW'
  /** Lessons of a package were given back. */
  | 'PACKAGE_RETURNED';

/** Where a refund stands. */
export type RefundStatus =
  /** The bank did not take it; staff finds another way. */
  | 'FAILED'
  /** It is on its way. */
  | 'PENDING'
  /** The bank has it; it may take days to show there. */
  | 'SUCCEEDED';

/** A new account. */
export type RegisterInput = {
  /** Email address, to which a code is mailed. */
  email: string;
  /** First name, 1 to 100 characters. */
  firstName: string;
  /** Last name, 1 to 100 characters. */
  lastName: string;
  /** Language for messages; that of the request when not given. */
  locale?: Locale | null | undefined;
  /** Password, 10 to 200 characters; none that many people use. */
  password: string;
  /** To learn or to teach. */
  role: SelfRegisteredRole;
  /** IANA time zone; UTC when not given. */
  timeZone?: string | null | undefined;
};

/** What to withdraw. */
export type RequestWithdrawalInput = {
  /** How much, at most what `myBalance` calls `withdrawable`. */
  amount: MoneyInput;
  /** A key that you choose, 1 to 128 visible characters of ASCII: the same request with the same key within 24 hours is carried out once and gives the first result again. */
  idempotencyKey?: string | null | undefined;
};

/** Where to move a booking. */
export type RescheduleBookingInput = {
  /** Which booking. */
  bookingId: string | number;
  /** A key that you choose, 1 to 128 visible characters of ASCII: the same request with the same key within 24 hours is carried out once and gives the first result again. */
  idempotencyKey?: string | null | undefined;
  /** When it is to begin, on full five minutes; it lasts as long as before. */
  startsAt: string;
  /** Your time zone, in which `alternatives` tell their local times; UTC without it. */
  timeZone?: string | null | undefined;
};

/** Expected failures around reviews. */
export type ReviewErrorCode =
  /** You have answered this review: change that answer. */
  | 'ALREADY_ANSWERED'
  /** You have reviewed this booking: change that review. */
  | 'ALREADY_REVIEWED'
  /** The lesson has not taken place. */
  | 'BOOKING_NOT_COMPLETED'
  /** A field is not as it must be; see `field` and `message`. */
  | 'INVALID_INPUT'
  /** Only the tutor who was reviewed may answer. */
  | 'NOT_ABOUT_YOU'
  /** There is no such booking or review that you may see. */
  | 'NOT_FOUND'
  /** Only the student of the booking may review it. */
  | 'NOT_YOUR_BOOKING'
  /** Only whoever wrote it may do this. */
  | 'NOT_YOUR_REVIEW'
  /** You have not answered this review. */
  | 'NO_ANSWER'
  /** A review can be changed for 14 days; it may still be deleted. */
  | 'REVIEW_TOO_OLD';

/** Your review of a lesson. */
export type ReviewTutorInput = {
  /** Which completed booking of yours. */
  bookingId: string | number;
  /** How clearly things are explained, 1 to 5. */
  clarity?: number | null | undefined;
  /** How well lessons are prepared, 1 to 5. */
  preparation?: number | null | undefined;
  /** How well you get on, 1 to 5. */
  progress?: number | null | undefined;
  /** From 1, bad, to 5, excellent. */
  rating: number;
  /** How safe you feel with mistakes, 1 to 5. */
  reassurance?: number | null | undefined;
  /** In your words, at most 3,000 characters; public unless it holds contacts or insults. */
  text?: string | null | undefined;
};

/** How much danger somebody is in of giving up a course, by the thresholds of the school. */
export type RiskLevel =
  /** Somebody should talk to them. */
  | 'AT_RISK'
  /** Nothing needs to be done. */
  | 'LOW'
  /** Worth a look. */
  | 'WATCH';

/** Why somebody is at risk; each says what the value counts. */
export type RiskReasonCode =
  /** Most others have handed in what is not even due. Value: how many such works. */
  | 'BEHIND_OTHERS'
  /** They have completed fewer lessons than half of the others. Value: how many fewer. */
  | 'BEHIND_SCHEDULE'
  /** They enrolled later than most. Value: percentage of others who were earlier. */
  | 'ENROLLED_LATE'
  /** They failed at tests in the last two weeks. Value: how many attempts. */
  | 'FAILED_ATTEMPTS'
  /** Their last score is lower than their first. Value: by how many points. */
  | 'FALLING_SCORES'
  /** They have done nothing lately. Value: for how many days. */
  | 'INACTIVE'
  /** They hand in later than most. Value: percentage of others who are earlier. */
  | 'LAST_MINUTE'
  /** They hand in late. Value: how many works were late. */
  | 'LATE_SUBMISSIONS'
  /** Their scores are among the lower ones. Value: the mean, in percent. */
  | 'LOW_SCORES'
  /** Work that was due earlier is missing. Value: how many. */
  | 'MISSED_WORK'
  /** They have done nothing yet. Value: days since their course began. */
  | 'NEVER_STARTED'
  /** What is due is missing. Value: days since they last handed something in. */
  | 'NO_HOMEWORK_SINCE'
  /** They begin the course again. Value: how often they did before. */
  | 'REPEATED_COURSE';

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

/** What staff tells many people. */
export type SendAnnouncementInput = {
  /** To whom. */
  audience: AnnouncementAudienceInput;
  /** Over which channels; who has switched one off does not get it there. */
  channels: Array<NotificationChannel>;
  /** Any text of your own, the same when you try again: then it is sent once. Kept for 24 hours. */
  idempotencyKey?: string | null | undefined;
  /** At most 20 things that your programs want to find again in the notification. */
  metadata?: Array<MetadataEntryInput> | null | undefined;
  /** What to say, once for each language; who reads a language that is missing gets the other one. */
  texts: Array<AnnouncementTextInput>;
  /** How much it matters, NORMAL by default; CRITICAL is for those who may send announcements. */
  urgency?: NotificationUrgency | null | undefined;
  /** Where it leads, an http or https address. */
  url?: unknown;
};

/** What you write. It needs a text, a file, or both. */
export type SendMessageInput = {
  /** Files in their order, 10 at most. */
  attachments?: Array<ChatAttachmentInput> | null | undefined;
  /** A key that you choose, 1 to 128 visible characters of ASCII: the same message with the same key within 24 hours is sent once, so that a client that was offline may repeat it. */
  idempotencyKey?: string | null | undefined;
  /** The message of the same room that it answers. */
  replyToId?: string | number | null | undefined;
  /** The room. */
  roomId: string | number;
  /** The text, 4,000 characters at most. */
  text?: string | null | undefined;
};

/** Who signs in. */
export type SignInInput = {
  /** The email address of the account. */
  email: string;
  /** The password of the account. */
  password: string;
};

/** Which lesson you begin. */
export type StartLessonInput = {
  /** The lesson, of the version that you learn. */
  lessonId: string | number;
};

/** How somebody stands in the school. */
export type StudentStatus =
  /** They learn, or can begin to. */
  | 'ACTIVE'
  /** They learn, and are in danger of giving up a course. */
  | 'AT_RISK'
  /** They have completed every course that they were enrolled in. */
  | 'COMPLETED'
  /** They have left every course that they had not completed. */
  | 'DROPPED';

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
  /** Only tutors who teach in one of these languages, at most 20. */
  languages?: Array<LanguageCode> | null | undefined;
  /** Only tutors who teach at this level. */
  level?: Level | null | undefined;
  /** True: only premium tutors. False is as leaving it out. */
  premiumOnly?: boolean | null | undefined;
  /** Only rates from this amount of an hour on, in minor units of `currency`, which must be given. */
  priceFrom?: number | null | undefined;
  /** Only rates up to this amount for an hour, in minor units of `currency`, which must be given. */
  priceTo?: number | null | undefined;
  /** Only tutors rated so or better, from 1 to 5. */
  ratingAtLeast?: number | null | undefined;
  /** Only tutors who teach this subject. */
  subjectId?: string | number | null | undefined;
  /** Only tutors who teach one of these subjects, at most 20. */
  subjectIds?: Array<string | number> | null | undefined;
  /** Only tutors who teach the subject with this slug. */
  subjectSlug?: string | null | undefined;
  /** Words of the profile or of a subject that is taught, each from its beginning, in Russian or English; at most 100 characters. When nobody is found by them, typing errors, the other alphabet and the other layout of the keyboard are put right. */
  text?: string | null | undefined;
  /** True: only verified tutors. False is as leaving it out. */
  verified?: boolean | null | undefined;
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
  | 'RATING'
  /** Those first whose name, subjects or headline hold the words of `text`, then those who mention them; among each of them the best first: verified, rated well by many, and each day some newcomers; of those who are as good, premium ones. */
  | 'RELEVANCE';

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

/** How soon lessons are needed. */
export type Urgency =
  /** Some time. */
  | 'LATER'
  /** Within days. */
  | 'NOW'
  /** Within a month. */
  | 'THIS_MONTH';

/** Which accounts to list; conditions add up. */
export type UserFilter = {
  /** Only this role. */
  role?: Role | null | undefined;
  /** Only accounts whose names or email address contain this text, at most 100 characters. */
  text?: string | null | undefined;
};

/** The code from the mail. */
export type VerifyEmailInput = {
  /** The four digits. */
  code: string;
};

/** Where wanted lessons take place. */
export type WantedFormat =
  /** In one room, in a city or near it. */
  | 'IN_PERSON'
  /** By video call. */
  | 'ONLINE';

/** Whom wanted lessons are for. */
export type WantedLevel =
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

/** A day of the week, by the tutor's calendar. */
export type Weekday =
  /** Friday. */
  | 'FRIDAY'
  /** Monday. */
  | 'MONDAY'
  /** Saturday. */
  | 'SATURDAY'
  /** Sunday. */
  | 'SUNDAY'
  /** Thursday. */
  | 'THURSDAY'
  /** Tuesday. */
  | 'TUESDAY'
  /** Wednesday. */
  | 'WEDNESDAY';

/** What an hour may cost. */
export type WishBudgetInput = {
  /** At least, in the same currency; open without it. */
  from?: MoneyInput | null | undefined;
  /** At most. */
  to: MoneyInput;
};

/** Hours of a day of the week. */
export type WishHoursInput = {
  /** From this hour of the day, 0 to 23. */
  from: number;
  /** Until this hour of the day, later than `from`, at most 24. */
  to: number;
  /** The day of the week, 1 (Monday) to 7 (Sunday). */
  weekday: number;
};

/** What somebody looks for before there is an order. */
export type WishInput = {
  /** What an hour may cost; open without it. */
  budget?: WishBudgetInput | null | undefined;
  /** The city, at most 100 characters; needed in person. */
  city?: string | null | undefined;
  /** Where lessons take place. */
  format: WantedFormat;
  /** What lessons are to lead to, in one’s own words, at most 2,000 characters. */
  goal?: string | null | undefined;
  /** Lessons must be in one of these languages (ISO 639-1), at most 10; in any without it. */
  languages?: Array<string> | null | undefined;
  /** Whom lessons are for. */
  level: WantedLevel;
  /** When lessons could be; any time without it. */
  schedule?: WishScheduleInput | null | undefined;
  /** How one likes to be taught. */
  style?: LearningStyle | null | undefined;
  /** The subject. */
  subjectId: string | number;
  /** How soon lessons are needed. */
  urgency?: Urgency | null | undefined;
};

/** When lessons could be. */
export type WishScheduleInput = {
  /** Hours that suit, at most 21 spans. */
  hours?: Array<WishHoursInput> | null | undefined;
  /** The time zone of these hours. */
  timeZone: string;
  /** In words, such as “weekday evenings”, at most 500 characters; read when there are no `hours`. */
  times?: string | null | undefined;
};

/** Where a withdrawal stands. */
export type WithdrawalStatus =
  /** Stripe is being asked. */
  | 'APPROVED'
  /** The tutor took it back. */
  | 'CANCELLED'
  /** Stripe or the bank did not take it; the money is available again. */
  | 'FAILED'
  /** It is at the bank. */
  | 'PAID'
  /** It is on its way to the bank. */
  | 'PAYING'
  /** Staff rejected it; see `rejectionReason`. */
  | 'REJECTED'
  /** Staff has to decide, since it is a large one. */
  | 'REQUESTED';

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

export type BookableTutorsQueryVariables = Exact<{
  filter?: TutorFilter | null | undefined;
  first?: number | null | undefined;
}>;


export type BookableTutorsQuery = { tutors: { edges: Array<{ node: { id: string, displayName: string, verified: boolean, schedule: { timeZone: string, minimumNoticeMinutes: number } | null, offerings: Array<{ subject: { id: string, name: string }, hourlyRate: { amountMinor: number, currency: string } }> } }> } | null };

export type FreeSlotsQueryVariables = Exact<{
  tutorId: string | number;
  from: unknown;
  to: unknown;
  durationMinutes: number;
  timeZone: string;
}>;


export type FreeSlotsQuery = { availableSlots: { timeZone: string, days: Array<{ date: unknown, slots: Array<{ startsAt: string, endsAt: string, localStart: string }> }>, unreadableCalendars: Array<{ isYours: boolean, lastReadAt: string | null }> } | null };

export type HoldSlotMutationVariables = Exact<{
  input: HoldSlotInput;
}>;


export type HoldSlotMutation = { holdSlot: { booking: { id: string, status: BookingStatus, startsAt: string | null, expiresAt: string | null, amount: { amountMinor: number, currency: string } } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: BookingErrorCode, alternatives: Array<{ startsAt: string, localStart: string }> }> } | null };

export type CreateBookingMutationVariables = Exact<{
  input: CreateBookingInput;
}>;


export type CreateBookingMutation = { createBooking: { booking: { id: string, status: BookingStatus, startsAt: string | null, endsAt: string | null, expiresAt: string | null, allowedActions: Array<BookingAction>, amount: { amountMinor: number, currency: string } } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: BookingErrorCode, alternatives: Array<{ startsAt: string, localStart: string }> }> } | null };

export type CreateCheckoutMutationVariables = Exact<{
  input: CreateCheckoutInput;
}>;


export type CreateCheckoutMutation = { createCheckout: { payment: { id: string, status: PaymentStatus, checkoutUrl: string | null, expiresAt: string | null, amount: { amountMinor: number, currency: string } } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: PaymentErrorCode }> } | null };

export type ConfirmPaymentMutationVariables = Exact<{
  input: ConfirmPaymentInput;
}>;


export type ConfirmPaymentMutation = { confirmPayment: { payment: { id: string, status: PaymentStatus, paidAt: string | null, failureMessage: string | null, receiptUrl: string | null, booking: { id: string, status: BookingStatus } | null } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: PaymentErrorCode }> } | null };

export type MarkBookingPaidMutationVariables = Exact<{
  input: MarkBookingPaidInput;
}>;


export type MarkBookingPaidMutation = { markBookingPaid: { booking: { id: string, status: BookingStatus, paidAt: string | null } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: BookingErrorCode }> } | null };

export type WatchBookingsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type WatchBookingsSubscription = { bookingChanged: { cursor: string, booking: { id: string, status: BookingStatus, startsAt: string | null, tutor: { displayName: string } } | null } | null };

export type WatchPaymentsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type WatchPaymentsSubscription = { paymentChanged: { cursor: string, payment: { id: string, status: PaymentStatus, failureMessage: string | null, booking: { status: BookingStatus } | null } | null } | null };

export type RescheduleBookingMutationVariables = Exact<{
  input: RescheduleBookingInput;
}>;


export type RescheduleBookingMutation = { rescheduleBooking: { booking: { id: string, status: BookingStatus, startsAt: string | null, movedLateAt: string | null } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: BookingErrorCode, alternatives: Array<{ startsAt: string, localStart: string }> }> } | null };

export type UpcomingLessonsQueryVariables = Exact<{
  filter?: MyBookingsFilter | null | undefined;
  first?: number | null | undefined;
}>;


export type UpcomingLessonsQuery = { myBookings: { edges: Array<{ node: { id: string, status: BookingStatus, startsAt: string | null, allowedActions: Array<BookingAction>, refundPercentIfCancelled: number | null, tutor: { displayName: string }, student: { displayName: string }, meeting: { url: unknown, provider: MeetingProvider } | null } }> } | null, myCalendarFeed: { address: unknown } | null };

export type CancelBookingMutationVariables = Exact<{
  input: CancelBookingInput;
}>;


export type CancelBookingMutation = { cancelBooking: { booking: { id: string, status: BookingStatus, cancellation: { by: BookingActor, reason: string | null, refundPercent: number | null } | null } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: BookingErrorCode }> } | null };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { register: { accepted: boolean | null, userErrors: Array<{ message: string, field: Array<string> | null, code: AccountErrorCode }> } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { session: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string } | null, user: { id: string, displayName: string } | null, userErrors: Array<{ message: string, code: AccountErrorCode }> } | null };

export type VerifyEmailMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type VerifyEmailMutation = { verifyEmail: { user: { id: string, displayName: string, role: Role | null } | null, userErrors: Array<{ message: string, code: AccountErrorCode }> } | null };

export type RequestEmailVerificationMutationVariables = Exact<{ [key: string]: never; }>;


export type RequestEmailVerificationMutation = { requestEmailVerification: { accepted: boolean | null, userErrors: Array<{ message: string, code: AccountErrorCode }> } | null };

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

export type MyPerformanceQueryVariables = Exact<{
  from: string;
  to: string;
}>;


export type MyPerformanceQuery = { tutorPerformance: { completedLessons: number, taughtMinutes: number, students: number, newStudents: number, studentRetention: number | null, averageRating: number | null, earningsShare: number | null, medianResponseMinutes: number | null, earnings: Array<{ amountMinor: number, currency: string }>, demand: Array<{ newOrders: number, openOrders: number, tutors: number, subject: { name: string } }> } | null };

export type MyScheduleQueryVariables = Exact<{ [key: string]: never; }>;


export type MyScheduleQuery = { myTutorProfile: { id: string, schedule: { timeZone: string, bufferAfterMinutes: number | null, minimumNoticeMinutes: number, bookingWindowDays: number, dailyLimit: number | null, weeklyLimit: number | null, weeklyWindows: Array<{ weekday: Weekday, startsAtMinute: number, endsAtMinute: number }>, overrides: Array<{ date: unknown, windows: Array<{ startsAtMinute: number, endsAtMinute: number }> }> | null, daysOff: Array<{ id: string, fromDate: unknown, toDate: unknown }> | null } | null } | null };

export type MyPaymentsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MyPaymentsQuery = { myPayments: { totalCount: number, edges: Array<{ node: { id: string, kind: PaymentKind, status: PaymentStatus, paidAt: string | null, receiptUrl: string | null, amount: { amountMinor: number, currency: string }, refundedAmount: { amountMinor: number }, tutor: { displayName: string } | null, refunds: Array<{ status: RefundStatus, reason: RefundReason, amount: { amountMinor: number } }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null, myCards: Array<{ brand: string, last4: string, isDefault: boolean }> | null };

export type PackageOffersQueryVariables = Exact<{
  tutorId: string | number;
  subjectId: string | number;
  durationMinutes: number;
}>;


export type PackageOffersQuery = { packageOffers: Array<{ lessons: number, discountPercent: number, validDays: number, price: { amountMinor: number, currency: string }, fullPrice: { amountMinor: number } }> | null };

export type BuyPackageMutationVariables = Exact<{
  input: BuyPackageInput;
}>;


export type BuyPackageMutation = { buyPackage: { package: { id: string, status: LessonPackageStatus, lessons: number, amount: { amountMinor: number, currency: string } } | null, payment: { id: string, status: PaymentStatus, checkoutUrl: string | null } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: PaymentErrorCode }> } | null };

export type MyPackagesQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type MyPackagesQuery = { myPackages: { edges: Array<{ node: { id: string, status: LessonPackageStatus, lessonsLeft: number, validUntil: string | null, credit: { amountMinor: number, currency: string }, tutor: { displayName: string } } }> } | null };

export type CreatePayoutAccountMutationVariables = Exact<{
  input: CreatePayoutAccountInput;
}>;


export type CreatePayoutAccountMutation = { createPayoutAccount: { account: { country: string, detailsSubmitted: boolean, transfersEnabled: boolean, payoutsEnabled: boolean, requirementsDue: Array<string> } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: PayoutErrorCode }> } | null };

export type PayoutOnboardingLinkMutationVariables = Exact<{
  input: PayoutOnboardingLinkInput;
}>;


export type PayoutOnboardingLinkMutation = { payoutOnboardingLink: { url: unknown, expiresAt: string | null, userErrors: Array<{ message: string, field: Array<string> | null, code: PayoutErrorCode }> } | null };

export type MyBalanceQueryVariables = Exact<{ [key: string]: never; }>;


export type MyBalanceQuery = { myBalance: Array<{ currency: string, pending: { amountMinor: number }, available: { amountMinor: number }, frozen: { amountMinor: number }, withdrawable: { amountMinor: number } }> | null, myPayoutAccount: { transfersEnabled: boolean, payoutsEnabled: boolean, requirementsDue: Array<string> } | null };

export type RequestWithdrawalMutationVariables = Exact<{
  input: RequestWithdrawalInput;
}>;


export type RequestWithdrawalMutation = { requestWithdrawal: { withdrawal: { id: string, status: WithdrawalStatus, arrivesAt: string | null, amount: { amountMinor: number, currency: string } } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: PayoutErrorCode }> } | null };

export type PremiumQueryVariables = Exact<{ [key: string]: never; }>;


export type PremiumQuery = { premiumOffer: { days: number, price: { amountMinor: number, currency: string } } | null, myPremiumMembership: { status: PremiumStatus, premiumUntil: string | null, cancelAtPeriodEnd: boolean } | null, myTutorProfile: { premium: boolean } | null };

export type ActivatePremiumMutationVariables = Exact<{
  input: ActivatePremiumInput;
}>;


export type ActivatePremiumMutation = { activatePremium: { membership: { id: string, status: PremiumStatus, checkoutUrl: unknown, premiumUntil: string | null } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: PremiumErrorCode }> } | null };

export type AllPaymentsQueryVariables = Exact<{
  filter?: PaymentsFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AllPaymentsQuery = { payments: { totalCount: number, edges: Array<{ node: { id: string, kind: PaymentKind, status: PaymentStatus, paidAt: string | null, amount: { amountMinor: number, currency: string }, payer: { displayName: string }, tutor: { displayName: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type RefundPaymentMutationVariables = Exact<{
  input: RefundPaymentInput;
}>;


export type RefundPaymentMutation = { refundPayment: { payment: { id: string, status: PaymentStatus, refundedAmount: { amountMinor: number, currency: string } } | null, refund: { id: string, status: RefundStatus, amount: { amountMinor: number } } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: RefundErrorCode }> } | null };

export type LedgerQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type LedgerQuery = { ledger: { edges: Array<{ node: { kind: LedgerJournalKind, recordedAt: string, postings: Array<{ amount: { amountMinor: number, currency: string }, account: { kind: LedgerAccountKind } }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null, ledgerAccounts: { edges: Array<{ node: { kind: LedgerAccountKind, balance: { amountMinor: number, currency: string } } }> } | null };

export type ProfitQueryVariables = Exact<{
  from: string;
  to: string;
}>;


export type ProfitQuery = { profitByMonth: Array<{ month: unknown, revenue: { amountMinor: number, currency: string }, fees: { amountMinor: number }, losses: { amountMinor: number }, profit: { amountMinor: number } }> | null };

export type DisputesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type DisputesQuery = { disputes: { totalCount: number, edges: Array<{ node: { status: PaymentDisputeStatus, reason: string, openedAt: string, evidenceDueBy: string | null, amount: { amountMinor: number, currency: string }, payment: { id: string, status: PaymentStatus } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type MyNotificationsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MyNotificationsQuery = { unreadNotificationCount: number | null, notifications: { edges: Array<{ node: { id: string, type: NotificationType | null, title: string, body: string, readAt: string | null, createdAt: string, target: { kind: NotificationTargetKind, id: string } | null, deliveries: Array<{ channel: NotificationChannel, status: NotificationDeliveryStatus, reason: NotificationDeliveryReason | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type WatchNotificationsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type WatchNotificationsSubscription = { notificationReceived: { cursor: string, notification: { id: string, type: NotificationType | null, title: string, body: string } | null } | null };

export type MyNotificationPreferencesQueryVariables = Exact<{ [key: string]: never; }>;


export type MyNotificationPreferencesQuery = { myNotificationPreferences: { quietHours: { startsAt: string, endsAt: string } | null, digests: Array<{ channel: NotificationChannel, mode: NotificationDigestMode }>, types: Array<{ type: NotificationType, title: string, channels: Array<{ channel: NotificationChannel, isEnabled: boolean }> }> } | null };

export type MyChatsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MyChatsQuery = { chatRooms: { edges: Array<{ node: { id: string, kind: ChatRoomKind, title: string | null, unreadCount: number, lastActivityAt: string, counterpart: { displayName: string } | null, lastMessage: { text: string, author: { displayName: string } | null } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type MessagesQueryVariables = Exact<{
  roomId: string | number;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type MessagesQuery = { messages: { edges: Array<{ node: { id: string, sequence: number, text: string, createdAt: string, author: { displayName: string } | null, reactions: Array<{ emoji: string, count: number }>, attachments: Array<{ name: string, url: unknown }> } }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } | null };

export type WatchMessagesSubscriptionVariables = Exact<{
  roomId: string | number;
  after?: string | null | undefined;
}>;


export type WatchMessagesSubscription = { messageReceived: { cursor: string, kind: ChatMessageChange | null, message: { id: string, sequence: number, text: string, author: { displayName: string } | null } | null } | null };

export type SendMessageMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendMessageMutation = { sendMessage: { message: { id: string, sequence: number, text: string } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: MessagingErrorCode }> } | null };

export type ChangesSinceQueryVariables = Exact<{
  cursor?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type ChangesSinceQuery = { changesSince: { cursor: string, hasMore: boolean, isReset: boolean, messages: Array<{ id: string, sequence: number, text: string, isDeleted: boolean }> } | null };

export type PreviewNotificationQueryVariables = Exact<{
  type: NotificationType;
  locale?: string | null | undefined;
}>;


export type PreviewNotificationQuery = { previewNotification: Array<{ title: string, body: string, sms: string, html: string }> | null };

export type SendAnnouncementMutationVariables = Exact<{
  input: SendAnnouncementInput;
}>;


export type SendAnnouncementMutation = { sendAnnouncement: { announcement: { id: string, status: AnnouncementStatus, progress: { done: number, total: number | null } } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: MessagingErrorCode }> } | null };

export type CoursesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CoursesQuery = { courses: { edges: Array<{ node: { id: string, title: string, description: string, language: CourseLanguage, lengthDays: number, enrollmentPolicy: EnrollmentPolicy, version: { lessonCount: number, minutes: number, modules: Array<{ title: string, lessons: Array<{ id: string, title: string, kind: LessonKind, minutes: number, isPreview: boolean }> }> } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type MyCoursesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MyCoursesQuery = { myEnrollments: { edges: Array<{ node: { id: string, status: EnrollmentStatus, percent: number, expectedPercent: number | null, lessonsBehind: number, course: { title: string }, cohort: { title: string, curator: { displayName: string } | null } | null, currentLesson: { id: string, title: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type ReadLessonQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadLessonQuery = { lesson: { id: string, title: string, kind: LessonKind, minutes: number, body: string | null, lock: { reason: LessonLockReason } | null, homework: Array<{ title: string, instructions: string, dueDays: number }>, test: { id: string, questionCount: number, passingPercent: number } | null } | null };

export type StartLessonMutationVariables = Exact<{
  input: StartLessonInput;
}>;


export type StartLessonMutation = { startLesson: { lesson: { id: string, title: string } | null, progress: { status: LessonProgressStatus } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: LearningErrorCode }> } | null };

export type MyHomeworkQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MyHomeworkQuery = { homework: { edges: Array<{ node: { id: string, status: HomeworkStatus, dueAt: string, isOverdue: boolean, score: number | null, homework: { title: string, instructions: string } | null, submission: { id: string, text: string, revision: number, aiCheck: { checker: string | null, degraded: boolean, edits: Array<{ original: string, replacement: string, explanation: string }> } | null, review: { comment: string | null } | null } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type AskAssistantMutationVariables = Exact<{
  input: AskAssistantInput;
}>;


export type AskAssistantMutation = { askAssistant: { session: { id: string } | null, answer: { id: string, status: AssistantMessageStatus } | null, userErrors: Array<{ message: string, field: Array<string> | null, code: LearningErrorCode }> } | null };

export type WatchAnswerSubscriptionVariables = Exact<{
  answerId: string | number;
  after?: string | null | undefined;
}>;


export type WatchAnswerSubscription = { assistantAnswer: { cursor: string, offset: number, piece: string | null, isComplete: boolean, answer: { status: AssistantMessageStatus, outcome: AssistantAnswerOutcome | null, degraded: boolean, citations: Array<{ number: number, title: string }> } } | null };

export type CuratorDeskQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type CuratorDeskQuery = { curatorDashboard: { students: { totalCount: number, statusCounts: { active: number, atRisk: number, completed: number, dropped: number }, edges: Array<{ node: { id: string, name: string | null, status: StudentStatus, lastActiveAt: string | null } }> } | null, studentsAtRisk: { edges: Array<{ node: { score: number, level: RiskLevel, reasons: Array<{ code: RiskReasonCode, value: number, text: string }>, student: { id: string, name: string | null } } }> } | null, homeworkQueue: { totalCount: number, edges: Array<{ node: { id: string, status: HomeworkStatus, submittedAt: string | null, homework: { title: string } | null, student: { name: string | null } | null } }> } | null, handOvers: { totalCount: number } | null } | null };

export type SchoolInFiguresQueryVariables = Exact<{ [key: string]: never; }>;


export type SchoolInFiguresQuery = { schoolSummary: { students: number, curators: number, newStudentsAMonth: number | null, supportHoursAWeek: number | null, aiResolutionPercent: number | null, retentionPercent: number | null, paybackDays: number | null, profit: { amountMinor: number, currency: string } | null } | null, dashboardMetrics: { students: number, active: number, atRisk: number, activeToday: number, homeworkWaiting: number, handOversOpen: number, aiAnswers: number, resolvedAnswers: number, answerMs: number | null } | null };

export type VerifyCertificateQueryVariables = Exact<{
  code: string;
}>;


export type VerifyCertificateQuery = { verifyCertificate: { status: CertificateStatus, holderName: string | null, courseTitle: string | null, issuedAt: string | null, revokedAt: string | null } | null };

export type TutorsForMyOrderQueryVariables = Exact<{
  orderId: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TutorsForMyOrderQuery = { recommendedTutors: { requestId: string, modelVersion: number, degraded: boolean, degradedReasons: Array<RecommendationPart>, relaxed: Array<RecommendationRelaxation>, totalCount: number, edges: Array<{ node: { score: number, chanceOfSuccess: number | null, explored: boolean, reasons: Array<{ code: RecommendationReasonCode, text: string, value: number | null }>, compatibility: { subject: number | null, price: number | null, schedule: number | null, style: number | null, level: number | null }, tutor: { id: string, displayName: string, headline: string, rating: number | null, praise: Array<{ text: string }> } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type TutorsForAWishQueryVariables = Exact<{
  input: WishInput;
  first?: number | null | undefined;
}>;


export type TutorsForAWishQuery = { recommendedTutorsFor: { degraded: boolean, edges: Array<{ node: { score: number, reasons: Array<{ text: string }>, tutor: { id: string, displayName: string, headline: string } | null } }>, userErrors: Array<{ code: RecommendationErrorCode, field: Array<string> | null, message: string }> } | null };

export type HowWellApplicantsFitQueryVariables = Exact<{
  orderId: string | number;
}>;


export type HowWellApplicantsFitQuery = { order: { id: string, title: string, applications: { edges: Array<{ node: { id: string, matchScore: number | null, tutor: { id: string, displayName: string, matchFor: { score: number, chanceOfSuccess: number, compatibility: { price: number | null, schedule: number | null, level: number | null }, reasons: Array<{ text: string }> } | null } } }> } } | null };

export type SimilarTutorsQueryVariables = Exact<{
  tutorId: string | number;
  first?: number | null | undefined;
}>;


export type SimilarTutorsQuery = { similarTutors: { degraded: boolean, tutors: Array<{ score: number, tutor: { id: string, displayName: string, headline: string, rating: number | null } }> } | null };

export type WatchRecommendationsSubscriptionVariables = Exact<{
  orderId: string | number;
  after?: string | null | undefined;
}>;


export type WatchRecommendationsSubscription = { recommendationsChanged: { cursor: string, order: { id: string, title: string } | null } | null };

export type OrdersWorthAnsweringQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type OrdersWorthAnsweringQuery = { recommendedOrders: { totalCount: number, edges: Array<{ node: { score: number, chanceOfSuccess: number, waitingCount: number, compatibility: { price: number | null, schedule: number | null, level: number | null }, order: { id: string, title: string, budget: { amountMinor: number, currency: string } | null } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type RankingModelsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RankingModelsQuery = { rankingModels: { edges: Array<{ node: { id: string, version: number, source: RankingModelSource, status: RankingModelStatus, dataFrom: string | null, dataTo: string | null, createdAt: string, promotedAt: string | null } }> } | null };

export type ExperimentsQueryVariables = Exact<{ [key: string]: never; }>;


export type ExperimentsQuery = { experiments: { edges: Array<{ node: { id: string, name: string, description: string, unit: ExperimentUnit, status: ExperimentStatus, createdAt: string, startedAt: string | null } }> } | null };

export type HowRecommendationsDoQueryVariables = Exact<{
  from: unknown;
  to: unknown;
}>;


export type HowRecommendationsDoQuery = { modelPerformance: { lists: number, shown: number, ndcg: number | null, clickThrough: { share: number, low: number, high: number } | null, bookingConversion: { share: number, low: number, high: number } | null, days: Array<{ day: unknown, lists: number, ndcg: number | null }> } | null };
