/** Eigenvalues, the largest first, and their vectors: column `c` of the row-major `vectors` belongs to value `c`. */
export interface Eigen {
  values: number[];
  vectors: Float64Array;
}

const MOST_SWEEPS = 30;

/**
 * All eigenvalues of a symmetric row-major matrix, which is overwritten, by Jacobi's rotations (Golub and Van Loan, 8.5).
 * Written here because what npm has for it brings a whole library of matrices along.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const vectors = new Float64Array(size * size);
  for (let at = 0; at < size; at++) vectors[at * size + at] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(matrix, size); sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(matrix, vectors, size, p, q);
    }
  }
  const order = Array.from({ length: size }, (_, at) => at).sort(
    (a, b) => (matrix[b * size + b] ?? 0) - (matrix[a * size + a] ?? 0),
  );
  const sorted = new Float64Array(size * size);
  for (const [to, from] of order.entries()) {
    // Both a vector and its opposite would do; the one whose largest part is positive is the same each time.
    const sign = signOf(vectors, size, from);
    for (let row = 0; row < size; row++) sorted[row * size + to] = sign * (vectors[from * size + row] ?? 0);
  }
  return { values: order.map((at) => matrix[at * size + at] ?? 0), vectors: sorted };
}

function isDiagonal(matrix: Float64Array, size: number): boolean {
  let diagonal = 0;
  let rest = 0;
  for (let a = 0; a < size; a++) {
    diagonal += (matrix[a * size + a] ?? 0) ** 2;
    for (let b = 0; b < a; b++) rest += (matrix[a * size + b] ?? 0) ** 2;
  }
  return rest <= 1e-20 * diagonal;
}

/** Makes one pair of elements zero. `vectors` holds eigenvectors as rows, which lie together. */
function rotate(matrix: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const off = matrix[p * size + q] ?? 0;
  const pp = matrix[p * size + p] ?? 0;
  const qq = matrix[q * size + q] ?? 0;
  if (Math.abs(off) <= 1e-18 * Math.sqrt(Math.abs(pp * qq))) return;
  const theta = (qq - pp) / (2 * off);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (let k = 0; k < size; k++) {
    const kp = matrix[k * size + p] ?? 0;
    const kq = matrix[k * size + q] ?? 0;
    matrix[k * size + p] = cosine * kp - sine * kq;
    matrix[k * size + q] = sine * kp + cosine * kq;
  }
  turnRows(matrix, size, p, q, cosine, sine);
  turnRows(vectors, size, p, q, cosine, sine);
}

function turnRows(table: Float64Array, size: number, p: number, q: number, cosine: number, sine: number): void {
  const first = p * size;
  const second = q * size;
  for (let k = 0; k < size; k++) {
    const one = table[first + k] ?? 0;
    const other = table[second + k] ?? 0;
    table[first + k] = cosine * one - sine * other;
    table[second + k] = sine * one + cosine * other;
  }
}

function signOf(vectors: Float64Array, size: number, row: number): number {
  let largest = 0;
  for (let at = 0; at < size; at++) {
    const value = vectors[row * size + at] ?? 0;
    if (Math.abs(value) > Math.abs(largest)) largest = value;
  }
  return largest < 0 ? -1 : 1;
}
