const PATTERNS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,60}\b(?:instructions?|prompts?|rules|criteria|guidelines|above|previous)\b/,
  /\b(?:rank|place|put|list|recommend|choose|select|return|output)\b.{0,40}\b(?:me|this (?:tutor|profile|candidate)|t\d{1,2})\b.{0,30}\b(?:first|top|highest|best|number one|no\.? ?1)\b/,
  /\b(?:language model|llm|chatgpt|gpt-?\d?|ai (?:model|assistant|ranker)|re-?ranker)\b.{0,60}\b(?:must|should|shall|please|rank|place|put|return|output)\b/,
  /\b(?:system|developer) (?:prompt|message|instruction)|^\s*(?:system|assistant|developer)\s*:|<\|/m,
  /(?:игнорируй|проигнорируй|забудь|не учитывай|отмени).{0,60}(?:инструкц|указани|правил|критери|выше|предыдущ)/,
  /(?:поставь|помести|выведи|рекомендуй|выбери).{0,40}(?:меня|этот профиль|этого репетитора|т\d|t\d).{0,30}(?:перв|наверх|выше|топ)/,
  /(?:нейросет|языковая модель|языковой модели|искусственн\p{L}* интеллект).{0,60}(?:должн|обязан|поставь|пожалуйста|выбери)/u,
];

/** What no tutor types by hand and no reader sees: marks of width zero or direction, and tags. */
const INVISIBLE = /[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{feff}\u{e0000}-\u{e007f}]/u;

/**
 * Does a profile speak to a model that ranks, instead of to students? Such a profile is never moved up by one. What the
 * patterns miss is bounded by how far a model moves anybody.
 */
export function speaksToModel(text: string): boolean {
  if (INVISIBLE.test(text)) return true;
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\S\n]+/g, ' ');
  return PATTERNS.some((pattern) => pattern.test(plain));
}
