/** Anything that is kept. */
export interface StoredObject {
  readonly id: string;
}

/** An object with its place among those of its table. */
export interface Row {
  readonly order: number;
  readonly object: StoredObject;
}

/** Objects of one kind and account, in the order in which they were made. */
export class Table {
  private readonly byId = new Map<string, Row>();
  private readonly rows: Row[] = [];
  private nextOrder = 0;

  find(id: string): Row | undefined {
    return this.byId.get(id);
  }

  get size(): number {
    return this.rows.length;
  }

  /** Where the object stands, counted from the oldest; undefined when there is none. */
  indexOf(id: string): number | undefined {
    const row = this.byId.get(id);
    return row && this.placeOf(row.order);
  }

  /** The object that stands there, counted from the oldest. */
  at(index: number): StoredObject | undefined {
    return this.rows[index]?.object;
  }

  put(object: StoredObject): void {
    const order = this.byId.get(object.id)?.order ?? this.nextOrder;
    this.restore(object.id, { order, object });
  }

  /** Puts a row back where it was, or takes it away. */
  restore(id: string, row: Row | undefined): void {
    const present = this.byId.get(id);
    const place = this.placeOf((row ?? present)?.order ?? this.nextOrder);
    if (row) {
      this.rows.splice(place, present ? 1 : 0, row);
      this.byId.set(id, row);
      this.nextOrder = Math.max(this.nextOrder, row.order + 1);
    } else if (present) {
      this.rows.splice(place, 1);
      this.byId.delete(id);
    }
  }

  private placeOf(order: number): number {
    let low = 0;
    let high = this.rows.length;
    // Almost always the newest row is asked for.
    if (high === 0 || (this.rows[high - 1]?.order ?? 0) < order) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.rows[middle]?.order ?? 0) < order) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
