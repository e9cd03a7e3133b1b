import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';

/** The longest that anybody writes a number; E.164 itself has 15 digits. */
const LONGEST_INPUT = 40;

/**
 * A mobile number in E.164, however it was written; undefined when it is none, or misses the country's code. Landlines and
 * premium numbers are none: messages to them do not arrive, or cost us money that somebody else earns.
 */
export function readPhone(written: string): string | undefined {
  const text = written.trim();
  if (text.length > LONGEST_INPUT || !text.startsWith('+')) return undefined;
  const phone = parsePhoneNumberFromString(text, { extract: false });
  return phone?.isValid() && !phone.ext ? phone.number : undefined;
}
