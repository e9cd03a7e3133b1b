/*
 * Lets the checker of English look at every text of the demo's homework, and keeps what it finds: so the demo shows what a check
 * really finds, its mistakes too, without a checker at hand. Run it after a build when texts or the checker have changed:
 * `node subgraphs/learning/tools/build-demo-edits.ts`.
 */
import { writeFile } from 'node:fs/promises';
import { readCourses, sampleKey } from '@tutorgraph/learning/demo/course-files';
import { EnglishChecker } from '@tutorgraph/learning/english/english-checker';

const FILE = new URL('../data/homework/edits.json', import.meta.url);

const checker = new EnglishChecker();
const found: Record<string, unknown> = {};
for (const { slug, language, modules } of await readCourses()) {
  for (const { file, homework } of modules.flatMap(({ lessons }) => lessons)) {
    for (const { level, text } of homework?.samples ?? []) {
      const { edits, checker: name } = await checker.check(text, { language: language === 'ru' ? 'ru' : 'en' });
      found[sampleKey(slug, file, level)] = { checker: name, edits };
    }
  }
}
await checker.close();
await writeFile(FILE, `${JSON.stringify(found, null, 2)}\n`);
