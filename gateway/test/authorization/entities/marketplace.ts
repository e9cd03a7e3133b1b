import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { EntityRights, MadeEntity } from '../entity.js';
import type { World } from '../world.js';
import { type MarketScene, makeMarketScene } from './market-scene.js';

const everybody = ['student', 'tutor', 'applicant', 'staff', 'somebody', 'service', 'nobody'];
const involved = ['student', 'tutor', 'applicant', 'staff'];
const bothAndStaff = ['student', 'tutor', 'staff'];
const studentAndStaff = ['student', 'staff'];

const room = 'marketplace';

/** Entities of the marketplace room. */
export const marketplaceEntities: readonly EntityRights[] = [
  {
    title: 'an open order',
    room,
    type: 'Order',
    make: sceneWith('openOrder'),
    seenBy: {
      ...all(everybody, 'id applicationCount budget city createdAt description format goal level preferredTimes'),
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
    seenBy: all(bothAndStaff, 'id createdAt decidedAt message order proposedRate status tutor'),
  },
  {
    title: 'a booking',
    room,
    type: 'Booking',
    make: sceneWith('booking'),
    seenBy: {
      ...all(bothAndStaff, 'id application createdAt endsAt order price review startsAt status student subject tutor'),
    },
  },
  {
    title: 'a review',
    room,
    type: 'Review',
    make: sceneWith('review'),
    seenBy: {
      ...all(everybody, 'id createdAt rating subject text tutor updatedAt'),
      ...all(bothAndStaff, 'author booking'),
    },
  },
  {
    title: 'a tutor',
    room,
    type: 'Tutor',
    make: sceneWith('tutor'),
    seenBy: { ...profile(everybody), user: bothAndStaff },
  },
  {
    title: 'a hidden tutor',
    room,
    type: 'Tutor',
    make: sceneWith('tutor', 'update marketplace.tutors set hidden_at = now() where id = $1'),
    seenBy: { ...profile(bothAndStaff), user: bothAndStaff },
  },
  {
    title: 'an archived subject',
    room,
    type: 'Subject',
    make: sceneWith('subject', 'update marketplace.subjects set archived_at = now() where id = $1'),
    seenBy: all(everybody, 'id archivedAt name slug'),
  },
  {
    title: 'a dashboard of a student',
    room,
    type: 'Dashboard',
    make: dashboardOf('student'),
    seenBy: { ...all(['student'], 'id openOrders applicationsToDecide bookingsToSchedule'), pendingApplications: [] },
  },
  {
    title: 'a dashboard of a tutor',
    room,
    type: 'Dashboard',
    make: dashboardOf('tutor'),
    seenBy: {
      ...all(['tutor'], 'id pendingApplications bookingsToSchedule'),
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
      ...all(['supervisor'], 'newOrders successfulMatches newReviews averageRating'),
    },
  },
];

/** The dashboard of somebody in a scene. */
function dashboardOf(whose: 'student' | 'tutor'): (world: World) => Promise<MadeEntity> {
  return async (world) => {
    const { people, viewers } = await makeMarketScene(world);
    return { key: { id: people[whose] }, viewers };
  };
}

function profile(viewers: readonly string[]): EntityRights['seenBy'] {
  return {
    ...all(viewers, 'id biography city createdAt currency displayName education experienceYears formats'),
    ...all(viewers, 'headline hidden languages offerings rating reviewCount reviews'),
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
