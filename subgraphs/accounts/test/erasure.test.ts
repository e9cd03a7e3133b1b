import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jobsDone } from './codes-client.js';
import { findTraces } from './find-traces.js';
import { meet } from './planted-market.js';
import { LAST_PASSWORD, type Planted, plant, plantedAs, succeed } from './planted-person.js';
import { erased, keysUnder, makeDue, REQUEST_DELETION, readyExport, unzip, work } from './privacy-client.js';
import { BOT_TOKEN } from './telegram-init-data.js';

let graph: TestGraph;
let student: TestPerson;
let tutor: TestPerson;
let archive: Map<string, Buffer>;
const ofStudent = plantedAs('s', 3);
const ofTutor = plantedAs('t', 4);

beforeAll(async () => {
  graph = await startTestGraph(undefined, undefined, { TELEGRAM_BOT_TOKEN: BOT_TOKEN });
  await graph.files.serve();
  student = await plant(graph, ofStudent, 'STUDENT');
  tutor = await plant(graph, ofTutor, 'TUTOR');
  await meet(graph, [student, ofStudent], [tutor, ofTutor]);
  const [{ url }] = [await readyExport(graph, tutor), await readyExport(graph, student)];
  archive = await unzip(Buffer.from(await (await fetch(String(url))).arrayBuffer()));
  await jobsDone(graph);
}, 120_000);
afterAll(() => graph.close());

/** What is looked for: a phone without its plus, as it may be written. */
const textsOf = (planted: Planted): string[] => Object.values(planted).map((text: string) => text.replace(/^\+/, ''));

async function erase(person: TestPerson): Promise<void> {
  await succeed(graph, person, REQUEST_DELETION, { password: LAST_PASSWORD });
  await jobsDone(graph);
  await makeDue(graph, person.userId);
  await work(graph, 'erase-accounts');
  await erased(graph, person.userId);
  await jobsDone(graph);
}

it('the archive of somebody holds what every room knows of them, and nothing of others', () => {
  const rooms = [...graph.rooms.keys()];
  expect([...archive.keys()].filter((name) => !name.startsWith('files/')).sort()).toEqual(
    rooms.map((room) => `${room}.json`).sort(),
  );
  const json = rooms.map((room) => String(archive.get(`${room}.json`)));
  const everything = json.join('\n').toLowerCase();
  const { formerLastName, document, ...known } = ofTutor;
  expect(textsOf(known as Planted).filter((text) => !everything.includes(text.toLowerCase()))).toEqual([]);
  for (const part of json) expect(part.toLowerCase()).toContain(ofTutor.lastName.toLowerCase());
  const strangers = textsOf(ofStudent).filter((text) => everything.includes(text.toLowerCase()));
  expect(strangers).toEqual([]);
  expect([...archive.values()].some((file) => file.includes(document))).toBe(true);
  expect(everything).not.toContain(formerLastName.toLowerCase());
});

it('nothing by which somebody could be known is left anywhere once they are erased', async () => {
  const before = await findTraces(graph, textsOf(ofTutor));
  const unfound = textsOf(ofTutor).filter((text) => !before.some((trace) => trace.endsWith(text.toLowerCase())));
  // Names of before are not kept; the others must have been there for their absence to tell anything.
  expect(unfound).toEqual([ofTutor.formerLastName]);
  const ofBoth = [before, await findTraces(graph, textsOf(ofStudent))];
  for (const traces of ofBoth) {
    expect([...new Set(traces.map((trace) => trace.split('.')[0]))]).toEqual(
      expect.arrayContaining(['accounts', 'learning', 'marketplace', 'payments', 'messaging']),
    );
  }
  await erase(tutor);
  expect(await findTraces(graph, textsOf(ofTutor))).toEqual([]);
  expect(await findTraces(graph, textsOf(ofStudent))).not.toEqual([]);
  await erase(student);
  expect(await findTraces(graph, [...textsOf(ofStudent), ...textsOf(ofTutor)])).toEqual([]);
  expect(await keysUnder(graph, '')).toEqual([]);
});
