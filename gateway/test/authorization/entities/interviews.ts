import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { EntityRights, MadeEntity } from '../entity.js';
import type { World } from '../world.js';
import { makeMarketScene } from './market-scene.js';

const ID = '01900000-0000-7000-8000-0000000000aa';
/** Nothing in it is empty but what such an interview cannot have. */
const SCHEDULED = `insert into marketplace.interviews (id, tutor_id, subject_id, offering_id, status, note, preferred_times,
    internal_note, outcome_note, cancel_reason, starts_at, ends_at, interviewer_id, decided_at, meeting_provider, meeting_url,
    created_at, updated_at)
  select '${ID}', tutor_id, subject_id, id, 'SCHEDULED', 'Words', 'Words', 'Words', 'Words', 'Words', now() + interval '1 hour',
    now() + interval '2 hours', $2, now(), 'JITSI', 'https://meet.jit.si/room', now(), now()
  from marketplace.offerings where tutor_id = $1`;

const tutorAndStaff = ['tutor', 'interviewer', 'hr'];

/** Interviews of the marketplace room. */
export const interviewEntity: EntityRights = {
  title: 'an interview',
  room: 'marketplace',
  type: 'Interview',
  make: async (world: World): Promise<MadeEntity> => {
    const { ids, viewers } = await makeMarketScene(world);
    const [interviewer, hr] = [await world.graph.person('HR'), await world.graph.person('HR')];
    await runSql(world.graph.databaseUrl, SCHEDULED, [ids.tutor, interviewer.userId]);
    const more = { interviewer: interviewer.authorization, hr: hr.authorization };
    return { key: { id: ID }, viewers: { ...viewers, ...more } };
  },
  seenBy: {
    ...Object.fromEntries(
      ['id', 'cancelReason', 'createdAt', 'decidedAt', 'endsAt', 'interviewer', 'note', 'offering', 'preferredTimes']
        .concat('startsAt', 'status', 'subject', 'tutor', 'version')
        .map((field) => [field, tutorAndStaff]),
    ),
    id: [...tutorAndStaff, 'service'],
    status: [...tutorAndStaff, 'service'],
    internalNote: ['interviewer', 'hr'],
    outcomeNote: ['interviewer', 'hr'],
    meeting: ['tutor', 'interviewer'],
    invitation: ['tutor', 'interviewer'],
    cancelledBy: [],
    rejectionReason: [],
    verdict: [],
  },
};
