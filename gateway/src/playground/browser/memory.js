const PLACE = /^\$(\w+)(?:\|(.*))?$/;
/** `$inDays(7)` anywhere in a text is the date a week from now. */
const DAY = /\$inDays\((-?\d+)\)/g;
const STORE = 'tutorgraph:memory';

/** What answers have told, by name, so that the next operation's variables can be filled with it. */
export class Memory {
  #values = JSON.parse(sessionStorage.getItem(STORE) ?? '{}');

  /** Keeps what a ready-made operation says is worth keeping of its answer, or of the variables it was sent with. */
  keep(operation, result, variables) {
    const told = { ...result.data, variables };
    for (const [name, path] of Object.entries(operation.remember)) {
      const value = path.split('.').reduce((inner, key) => inner?.[key], told);
      if (value !== undefined && value !== null) this.#values[name] = value;
    }
    sessionStorage.setItem(STORE, JSON.stringify(this.#values));
  }

  /** Keeps a value that no answer tells; undefined forgets it. */
  set(name, value) {
    this.#values = { ...this.#values, [name]: value };
    if (value === undefined) delete this.#values[name];
    sessionStorage.setItem(STORE, JSON.stringify(this.#values));
  }

  has(name) {
    return name in this.#values;
  }

  /** A copy of the variables with every `$name` and `$name|otherwise` replaced; what is not known stays as it is. */
  fill(variables) {
    const random = Math.random().toString(36).slice(2, 8);
    return JSON.parse(JSON.stringify(variables), (_key, value) => {
      if (typeof value !== 'string') return value;
      const [, name, otherwise] = PLACE.exec(value) ?? [];
      if (name) return this.#values[name] ?? otherwise ?? value;
      return value.replaceAll('$random', random).replaceAll(DAY, (_text, days) => dateIn(Number(days)));
    });
  }
}

/** A date so many days from today, in UTC: 2026-11-21. */
function dateIn(days) {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** The names that an answer has to tell, because the variables use them and know no other way. */
export function namesIn(variables) {
  const names = JSON.stringify(variables).match(/(?<=")\$\w+(?=")/g) ?? [];
  return [...new Set(names.map((name) => name.slice(1)))];
}
