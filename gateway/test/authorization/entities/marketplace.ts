import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { EntityRights, MadeEntity } from '../entity.js';
import type { World } from '../world.js';
import { interviewEntity } from './interviews.js';
import { type MarketScene, makeMarketScene } from './market-scene.js';

const everybody = ['student', 'tutor', 'applicant', 'staff', 'somebody', 'nobody'];
/** A service sees the fields that its token names, and that there is such an entity. */
const everybodyAndServices = [...everybody, 'service'];
const involved = ['student', 'tutor', 'applicant', 'staff'];
const bothAndStaff = ['student', 'tutor', 'staff'];
const writerAndModerator = ['student', 'moderator'];
const studentAndStaff = ['student', 'staff'];

const room = 'marketplace';
const KEEP_HEADLINE_BACK = `with held as (
    update marketplace.profile_texts set held = '{"headline": "Call me"}', state = 'IN_REVIEW' where tutor_id = $1
  )
  insert into marketplace.moderation_cases (id, kind, target_id, target_version, author_id, tutor_id, texts, held,
    raised_by, status, created_at, updated_at)
  select $1, 'PROFILE', $1, 1, user_id, id, '{}', true, 'LOCAL', 'WAITING', now(), now()
    from marketplace.tutors where id = $1`;

/** Entities of the marketplace room. */
export const marketplaceEntities: readonly EntityRights[] = [
  {
    title: 'an open order',
    room,
    type: 'Order',
    make: sceneWith('openOrder'),
    seenBy: {
      id: everybodyAndServices,
      ...all(everybody, 'applicationCount budget city createdAt description format goal level preferredTimes'),
      ...all(everybody, 'status subject title updatedAt'),
      applications: ['student', 'applicant', 'staff'],
      chosenApplication: [],
      closedAt: [],
      myApplication: ['applicant'],
      student: studentAndStaff,
    },
  },
  {
    title: 'a matched order',
    room,
    type: 'Order',
    make: sceneWith('matchedOrder'),
    seenBy: {
      ...all(involved, 'id applicationCount budget city closedAt createdAt description format goal level'),
      ...all(involved, 'preferredTimes status subject title updatedAt applications'),
      chosenApplication: bothAndStaff,
      myApplication: ['tutor', 'applicant'],
      student: bothAndStaff,
    },
  },
  {
    title: 'a chosen application',
    room,
    type: 'Application',
    make: sceneWith('application'),
    seenBy: {
      ...all([...bothAndStaff, 'service'], 'id status'),
      ...all(bothAndStaff, 'createdAt decidedAt message order proposedRate tutor'),
    },
  },
  {
    title: 'a booking',
    room,
    type: 'Booking',
    make: sceneWith(
      'booking',
      // Whatever such a booking would mean: nothing in it is empty but what excludes a room.
      `update marketplace.bookings set status = 'CONFIRMED', starts_at = now() + interval '1 hour',
         ends_at = now() + interval '2 hours', meeting_provider = 'JITSI', meeting_url = 'https://meet.jit.si/room', paid_at = now(), package_id = id,
         series_id = id, moved_late_at = now(), started_at = now(), completed_at = now(), cancelled_at = now(),
         cancelled_by = 'STUDENT', cancel_reason = 'Ill', refund_percent = 50, absent = 'TUTOR',
         no_show_reported_at = now() where id = $1`,
    ),
    seenBy: {
      meeting: ['student', 'tutor'],
      expiresAt: [],
      ...all([...bothAndStaff, 'service'], 'id amount'),
      ...all(bothAndStaff, 'application createdAt endsAt order price review startsAt status student subject tutor'),
      ...all(bothAndStaff, 'absence cancellation completedAt durationMinutes kind'),
      ...all(bothAndStaff, 'movedLateAt packageId paidAt policy series seriesId startedAt'),
      // This staff may only look, and the student has moved it late.
      ...all(['tutor'], 'allowedActions refundPercentIfCancelled'),
      commissionPercent: ['tutor', 'staff', 'service'],
      lessonsBefore: ['service'],
    },
  },
  interviewEntity,
  {
    title: 'a review',
    room,
    type: 'Review',
    make: sceneWith('review'),
    seenBy: {
      ...all(everybodyAndServices, 'id state'),
      ...all(everybody, 'answer clarity createdAt preparation progress rating reassurance subject text tutor'),
      ...all(everybody, 'updatedAt'),
      ...all(bothAndStaff, 'author booking'),
      ...all([], 'moderationCase signals suspicion'),
    },
  },
  {
    title: 'a review that waits for staff',
    room,
    type: 'Review',
    make: reviewInModeration,
    seenBy: {
      ...all([...writerAndModerator, 'service'], 'id state'),
      ...all(writerAndModerator, 'answer clarity createdAt moderationCase preparation progress rating reassurance'),
      ...all(writerAndModerator, 'subject text tutor updatedAt'),
      ...all(['student'], 'author booking'),
      ...all(['moderator'], 'signals suspicion'),
    },
  },
  {
    title: 'a tutor',
    room,
    type: 'Tutor',
    make: sceneWith('tutor'),
    seenBy: { ...profile(everybody), user: [...bothAndStaff, 'service'], ...all([], 'heldTexts moderationCase') },
  },
  {
    title: 'a hidden tutor',
    room,
    type: 'Tutor',
    make: sceneWith('tutor', 'update marketplace.tutors set hidden_at = now() where id = $1'),
    seenBy: { ...profile(bothAndStaff), user: [...bothAndStaff, 'service'], ...all([], 'heldTexts moderationCase') },
  },
  {
    title: 'a tutor with a text that waits for staff',
    room,
    type: 'Tutor',
    make: sceneWith('tutor', KEEP_HEADLINE_BACK),
    seenBy: {
      ...profile(everybody),
      user: [...bothAndStaff, 'service'],
      ...all(['tutor'], 'heldTexts moderationCase'),
    },
  },
  {
    title: 'an archived subject',
    room,
    type: 'Subject',
    make: sceneWith('subject', 'update marketplace.subjects set archived_at = now() where id = $1'),
    seenBy: { id: everybodyAndServices, ...all(everybody, 'archivedAt name slug'), names: ['service'] },
  },
  {
    title: 'a dashboard of a student',
    room,
    type: 'Dashboard',
    make: dashboardOf('student'),
    seenBy: {
      ...all(['student'], 'id openOrders applicationsToDecide bookingsToSchedule bookingsToPay upcomingLessons'),
      pendingApplications: [],
    },
  },
  {
    title: 'a dashboard of a tutor',
    room,
    type: 'Dashboard',
    make: dashboardOf('tutor'),
    seenBy: {
      ...all(['tutor'], 'id pendingApplications bookingsToSchedule bookingsToPay upcomingLessons'),
      ...all([], 'openOrders applicationsToDecide'),
    },
  },
  {
    title: "the platform's figures",
    room,
    type: 'PlatformMetrics',
    make: async (world) => {
      const { viewers } = await makeMarketScene(world);
      const supervisor = (await world.graph.person('SUPERVISOR')).authorization;
      return {
        key: { from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' },
        viewers: { ...viewers, supervisor },
      };
    },
    seenBy: {
      ...all([...everybody, 'supervisor'], 'from to'),
      ...all(['supervisor'], 'newOrders newApplications successfulMatches newReviews averageRating completedLessons'),
      ...all(['supervisor'], 'cancelledLessons medianMinutesToFirstApplication conversionToTrial conversionToRegular'),
    },
  },
];

/** A review that was kept back because of what speaks against it. */
async function reviewInModeration(world: World): Promise<MadeEntity> {
  const { ids, people, viewers } = await makeMarketScene(world);
  const { graph } = world;
  const signals = JSON.stringify([{ kind: 'BURST', score: 1, facts: { recent: 9, usual: 0 } }]);
  const keep = `update marketplace.reviews set state = 'IN_REVIEW', suspicion = 0.9, signals = $2 where id = $1`;
  await runSql(graph.databaseUrl, keep, [ids.review, signals]);
  await runSql(
    graph.databaseUrl,
    `insert into marketplace.moderation_cases (id, kind, target_id, target_version, author_id, tutor_id, texts, held,
       raised_by, status, created_at, updated_at)
     values ($1, 'REVIEW', $1, 1, $2, $3, '{}', true, 'SIGNALS', 'WAITING', now(), now())`,
    [ids.review, people.student, ids.tutor],
  );
  const moderator = (await graph.person('HR')).authorization;
  return { key: { id: ids.review }, viewers: { ...viewers, moderator } };
}

/** The dashboard of somebody in a scene. */
function dashboardOf(whose: 'student' | 'tutor'): (world: World) => Promise<MadeEntity> {
  return async (world) => {
    const { people, viewers } = await makeMarketScene(world);
    return { key: { id: people[whose] }, viewers };
  };
}

function profile(viewers: readonly string[]): EntityRights['seenBy'] {
  return {
    ...all([...viewers, 'service'], 'id displayName'),
    ...all(viewers, 'biography city createdAt currency education experienceYears formats'),
    ...all(viewers, 'headline hidden languages offerings rating reviewCount reviewSummary reviews saved schedule'),
    ...all(viewers, 'premium verified verifiedKinds'),
  };
}

/** The same viewers for each of these fields. */
function all(viewers: readonly string[], fields: string): EntityRights['seenBy'] {
  return Object.fromEntries(fields.split(' ').map((field) => [field, viewers]));
}

/** Makes a scene and shows one object of it. @param change SQL that the object's id is given to */
function sceneWith(object: keyof MarketScene['ids'], change?: string): (world: World) => Promise<MadeEntity> {
  return async (world) => {
    const { ids, viewers } = await makeMarketScene(world);
    if (change) await runSql(world.graph.databaseUrl, change, [ids[object]]);
    return { key: { id: ids[object] }, viewers };
  };
}
