import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { buildSchema, findBreakingChanges } from 'graphql';

const API = 'schema/api.graphql';
const CHANGELOG = 'CHANGELOG.md';

function git(...parameters: string[]): string | undefined {
  try {
    return execFileSync('git', parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    // Nothing by that name is here: a clone without history, or the first commit.
    return undefined;
  }
}

/** What to compare with: the revision given on the command line, else where this left main, else the commit before. */
function baseRevision(): string {
  const [, , given] = process.argv;
  if (given) return given;
  const head = git('rev-parse', 'HEAD');
  const forks = ['origin/main', 'main'].map((main) => git('merge-base', 'HEAD', main));
  return forks.find((fork) => fork !== undefined && fork !== head) ?? 'HEAD~1';
}

/** Fails when the API lost something that main has and the changelog does not say so. */
const base = baseRevision();
const before = git('show', `${base}:${API}`);
if (before === undefined) {
  process.stdout.write(`There is no ${API} at ${base} to compare with.\n`);
} else {
  const changes = findBreakingChanges(buildSchema(before), buildSchema(await readFile(API, 'utf8')));
  const announced = await readFile(CHANGELOG, 'utf8');
  const known = git('show', `${base}:${CHANGELOG}`) ?? '';
  const isAnnounced = (text: string): boolean => announced.split(text).length > known.split(text).length;
  const unannounced = changes.filter(({ description }) => !isAnnounced(description));
  for (const { description } of unannounced) {
    process.stdout.write(`Breaks clients; say so in ${CHANGELOG} with these words: ${description}\n`);
  }
  process.stdout.write(`${changes.length} breaking changes since ${base}, ${unannounced.length} not announced.\n`);
  process.exitCode = unannounced.length === 0 ? 0 : 1;
}
