import { readdir } from 'node:fs/promises';

/** The language in which everything is said; it stands in for whatever another language lacks. */
export const FALLBACK = 'en';

/** As TypeScript under test and as JavaScript when built; declarations and source maps lie beside the latter. */
const MODULE = /^([^.]+)\.[jt]s$/;
/** A language without a region: a file's name is also a value of a GraphQL enum. */
const CODE = /^[a-z]{2,3}$/;

/**
 * Loads a folder that has one module a language and nothing else, such as `en.ts` and `ru.ts`. English comes first.
 *
 * @param folder its address, with `/` at the end
 * @param name what each module exports
 * @throws Error when a file is not named by a language's code, exports no such thing, or English is missing
 */
export async function loadLanguageFiles<Content>(folder: URL, name: string): Promise<Map<string, Content>> {
  const files = (await readdir(folder)).flatMap((file) => {
    const [, code] = MODULE.exec(file) ?? [];
    return code === undefined ? [] : [{ file, code }];
  });
  const odd = files.find(({ code }) => !CODE.test(code));
  if (odd) throw new Error(`Name ${odd.file} in ${folder.pathname} by a language's code, such as en or ru`);
  if (!files.some(({ code }) => code === FALLBACK)) throw new Error(`${folder.pathname} has no ${FALLBACK}`);
  const loaded = files.map(async ({ file, code }) => {
    const module: Readonly<Record<string, Content>> = await import(new URL(file, folder).href);
    const content = module[name];
    if (!content) throw new Error(`${file} in ${folder.pathname} must export "${name}"`);
    return [code, content] as const;
  });
  const entries = await Promise.all(loaded);
  return new Map(entries.sort(([a], [b]) => Number(b === FALLBACK) - Number(a === FALLBACK) || a.localeCompare(b)));
}
