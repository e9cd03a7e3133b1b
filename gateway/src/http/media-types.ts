/** A media type that somebody accepts: `type/subtype`, its parameters and how much it is wanted. */
interface AcceptedType {
  type: string;
  parameters: ReadonlyMap<string, string>;
  quality: number;
}

/** How an answer may be sent. */
export type AnswerKind = 'json' | 'graphql-response' | 'event-stream' | 'multipart-subscription' | 'multipart-defer';

/** A way to answer, and the media type by which clients ask for it. */
interface Offer {
  kind: AnswerKind;
  type: string;
  /** A parameter that has to be named. */
  parameter?: readonly [string, string];
}

/** In the order of our own liking, which decides between equal wishes. */
const OFFERS: readonly Offer[] = [
  { kind: 'graphql-response', type: 'application/graphql-response+json' },
  { kind: 'json', type: 'application/json' },
  { kind: 'event-stream', type: 'text/event-stream' },
  { kind: 'multipart-subscription', type: 'multipart/mixed', parameter: ['subscriptionspec', '1.0'] },
  { kind: 'multipart-defer', type: 'multipart/mixed', parameter: ['deferspec', '20220824'] },
];

const ONLY_JSON: readonly AnswerKind[] = ['json'];
const known = new Map<string, readonly AnswerKind[]>();
const MOST_KNOWN = 200;
const LONGEST_KNOWN = 300;

/**
 * The ways to answer that a client accepts, the most wanted first; `application/json` where it says nothing or accepts
 * anything (GraphQL over HTTP, section 6.1). RFC 9110, section 12.5.1. Mostly the same list for the same words.
 */
export function acceptedAnswers(accept: string | undefined): readonly AnswerKind[] {
  if (!accept || accept === '*/*') return ONLY_JSON;
  const remembered = known.get(accept);
  if (remembered) return remembered;
  const answers = negotiate(accept);
  // Clients send few different ones; whoever makes up others is not remembered.
  if (known.size < MOST_KNOWN && accept.length <= LONGEST_KNOWN) known.set(accept, answers);
  return answers;
}

function negotiate(accept: string): AnswerKind[] {
  const ranges = accept.toLowerCase().split(',').flatMap(readRange);
  const wanted = OFFERS.map((offer) => ({ kind: offer.kind, quality: qualityOf(offer, ranges) }));
  return wanted
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ kind }) => kind);
}

function readRange(text: string): AcceptedType[] {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  if (!type.includes('/')) return [];
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const [name = '', value = ''] = parameter.split('=', 2);
    parameters.set(name, value.replace(/^"(.*)"$/, '$1'));
  }
  const quality = Number(parameters.get('q') ?? 1);
  return [{ type, parameters, quality: quality >= 0 && quality <= 1 ? quality : 0 }];
}

/** Who accepts anything gets JSON; what is a stream or in parts is sent only to who names it. */
function qualityOf({ kind, type, parameter }: Offer, ranges: readonly AcceptedType[]): number {
  const named = ranges.find((range) => {
    return range.type === type && (!parameter || range.parameters.get(parameter[0]) === parameter[1]);
  });
  if (named) return named.quality;
  if (kind !== 'json') return 0;
  const any = ranges.find((range) => range.type === 'application/*') ?? ranges.find((range) => range.type === '*/*');
  return any?.quality ?? 0;
}
