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

/** What to compare with: the revision given on the command line, else main's when this is a branch, else what was before. */
function baseRevision(): string {
  const [, , given] = process.argv;
  if (given) return given;
  const main = git('rev-parse', 'origin/main');
  return main && main !== git('rev-parse', 'HEAD') ? main : 'HEAD~1';
}

/** Fails when the API lost something that main has and the changelog does not name it. */
const before = git('show', `${baseRevision()}:${API}`);
if (before === undefined) {
  process.stdout.write('There is no schema on main to compare with.\n');
} else {
  const changes = findBreakingChanges(buildSchema(before), buildSchema(await readFile(API, 'utf8')));
  const changelog = await readFile(CHANGELOG, 'utf8');
  const unannounced = changes.filter(({ description }) => !changelog.includes(description));
  for (const { description } of unannounced) {
    process.stdout.write(`Breaks clients and is not in ${CHANGELOG}: ${description}\n`);
  }
  process.stdout.write(`${changes.length} breaking changes, ${unannounced.length} not announced.\n`);
  process.exitCode = unannounced.length === 0 ? 0 : 1;
}
