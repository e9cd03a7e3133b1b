/** Features of many rows, row after row; NaN where a value is missing. */
export interface FeatureMatrix {
  values: Float64Array;
  rows: number;
  columns: number;
}

/** @throws RangeError when the rows differ in length */
export function matrixOf(rows: readonly ArrayLike<number>[]): FeatureMatrix {
  const columns = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * columns);
  for (const [index, row] of rows.entries()) {
    if (row.length !== columns) {
      throw new RangeError(`Row ${index} has ${row.length} features, the first ${columns}; give each the same`);
    }
    values.set(row, index * columns);
  }
  return { values, rows: rows.length, columns };
}
