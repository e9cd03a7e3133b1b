/** Something that a text was found to be or to hold. */
export interface Finding {
  /** Such as `contacts/phone`, `language/insult`, `signals/burst`, or a category of the model such as `harassment`. */
  category: string;
  /** How sure, from 0 to 1. */
  confidence: number;
  /** Which text of the content. */
  field: string;
}
