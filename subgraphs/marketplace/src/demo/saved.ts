import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import { type RowSet, rowsOf } from '@tutorgraph/kit/demo/insert-rows';
import { SavedTutor } from '../favourites/saved-tutor.entity.js';
import { SavedSearch } from '../saved-searches/saved-search.entity.js';
import type { DemoTutor } from './data.js';

const SAVED = 6;

/** What the demo's student has put aside: some tutors, and a search that tells of new ones. */
export function savedRows(tutors: readonly DemoTutor[], subjectId: string, now: Date): RowSet[] {
  const userId = FIXED_PEOPLE.STUDENT.id;
  const found = tutors.filter(({ hiddenAt }) => !hiddenAt).slice(0, SAVED);
  const search = {
    id: demoId(0, 'saved-search', 0),
    userId,
    name: 'Математика онлайн',
    notify: true,
    filter: { subjectIds: [subjectId], format: 'ONLINE' },
    anchors: [`subject:${subjectId}`],
    words: null,
    subjectIds: [subjectId],
    offerPath: null,
    currency: null,
    city: null,
    format: 'ONLINE',
    language: null,
    languages: null,
    ratingAtLeast: null,
    verified: false,
    premiumOnly: false,
    createdAt: now,
    updatedAt: now,
  };
  return [
    rowsOf(
      SavedTutor,
      found.map(({ id: tutorId }, index) => {
        return { id: demoId(0, 'saved-tutor', index), userId, tutorId, createdAt: now };
      }),
    ),
    rowsOf(SavedSearch, [search]),
  ];
}
