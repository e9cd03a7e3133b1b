/** How many students there are in a demo with so many tutors and orders; every room has to know it alike. */
export function studentCount({ tutors, orders }: { tutors: number; orders: number }): number {
  return tutors + orders * 2;
}
