import { definePermissions } from '@tutorgraph/kit/viewer/permissions';

/** What people may do in this room; recommendations for one's own order are one's own, whatever one's role. */
export const permissions = definePermissions('recommendations', {
  'recommendations.results.read': {
    description: 'See for anybody’s order which tutors are recommended and why.',
    roles: ['ADMIN', 'SUPERVISOR'],
  },
  'recommendations.models.read': {
    description: 'See ranking models, how well they do, and alerts about them.',
    roles: ['ADMIN', 'SUPERVISOR'],
  },
  'recommendations.models.manage': {
    description: 'Train, promote and roll back ranking models.',
    roles: ['ADMIN'],
  },
  'recommendations.experiments.read': {
    description: 'See experiments and their results.',
    roles: ['ADMIN', 'SUPERVISOR'],
  },
  'recommendations.experiments.manage': {
    description: 'Create, start, ramp up, pause and complete experiments.',
    roles: ['ADMIN'],
  },
  'recommendations.market.manage': {
    description: 'See how up to date the copy of the market is from which recommendations are made, and copy it anew.',
    roles: ['ADMIN'],
  },
});
