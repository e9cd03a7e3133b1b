import { Random } from '@tutorgraph/kit/demo/random';
import { expect, it } from 'vitest';
import { shareOf } from '../questions/grading.rules.js';
import { contentOf, questionKinds } from '../questions/question.rules.js';
import { readCourses } from './course-files.js';
import { courseRows } from './courses.js';
import { DemoIds } from './demo-ids.js';
import { madeUpAnswer } from './made-up-answer.js';

const files = await readCourses();
const tests = (course: (typeof files)[number]) =>
  course.modules.flatMap(({ lessons }) => lessons.flatMap(({ test }) => test ?? []));

it.each(files.map((course) => [course.slug, course] as const))(
  'each question in the tests of %s is explained and can be answered rightly; every kind is there',
  (_, course) => {
    const questions = tests(course).flatMap((test) => test.questions);
    for (const question of questions) {
      expect([question.prompt, question.explanation]).toEqual([question.prompt, expect.stringMatching(/\S{2}.*\.$/)]);
      const content = contentOf(question);
      expect([question.prompt, shareOf(content, madeUpAnswer(content, new Random(question.prompt), 1))]).toEqual([
        question.prompt,
        1,
      ]);
    }
    expect(new Set(questions.map(({ kind }) => kind))).toEqual(new Set(questionKinds));
    for (const { questions: asked } of tests(course)) expect(asked.length).toBeGreaterThanOrEqual(6);
  },
);

it('ids of the demo’s choices do not tell in which order they belong', () => {
  const { courses } = courseRows(files, new DemoIds(7), new Date());
  const asked = courses.flatMap(({ lessons }) => lessons.flatMap(({ test }) => test?.questions ?? []));
  const orders = asked.flatMap(({ content }) =>
    content.kind === 'ORDER' && content.items.length > 3 ? [content.items] : [],
  );
  const told = orders.filter(
    (items) =>
      items.map(({ id }) => id).join() ===
      items
        .map(({ id }) => id)
        .toSorted()
        .join(),
  );
  expect(orders.length).toBeGreaterThan(4);
  expect(told.length).toBeLessThanOrEqual(1);
});
