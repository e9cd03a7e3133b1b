import { z } from 'zod';
import { readEnvironment } from '../environment/environment.js';

/** The settings of a test run: on real services where they are given, on embedded ones where not. */
export function testEnvironment() {
  return readEnvironment(
    {
      DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
      REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    },
    process.env,
  );
}
