import { auditEvents } from '@tutorgraph/kit/audit/staff-audit';
import { defineEvent } from '@tutorgraph/kit/events/event';
import { privacyEvents } from '@tutorgraph/kit/privacy/room-privacy';
import { z } from 'zod';

function define<Schema extends z.ZodType>(name: string, description: string, data: Schema) {
  return defineEvent({ type: `tutorgraph.recommendations.${name}.v1`, description, data });
}

/** The subject is the order's id. */
export const orderRecommendationsChanged = define(
  'order.recommendations-changed',
  'Other tutors may be recommended for an order than before. Subject: the order.',
  z.object({ studentId: z.uuid() }),
);

/** The subject is the order's id. */
export const orderRecommendationsEnded = define(
  'order.recommendations-ended',
  'An order is not open any longer: nothing more is told of tutors for it. Subject: the order.',
  z.object({}),
);

/** The subject is the model's id. */
export const modelPromoted = define(
  'model.promoted',
  'A ranking model answers from now on. Subject: the model.',
  z.object({ formerId: z.uuid().nullable() }),
);

/** What may be wrong with the running model. */
export const alertKinds = ['DRIFT', 'CALIBRATION', 'CLICK_THROUGH', 'CONVERSION', 'COVERAGE', 'FAIRNESS'] as const;
export type AlertKind = (typeof alertKinds)[number];

/** The subject is the alert's id. */
export const modelAlertRaised = define(
  'model.alert-raised',
  'A figure of the running model is out of its bounds. Subject: the alert.',
  z.object({ modelId: z.uuid(), kind: z.enum(alertKinds) }),
);

/** The subject of each is the experiment's id. */
export const experimentStarted = define(
  'experiment.started',
  'An experiment runs. Subject: the experiment.',
  z.object({}),
);
export const experimentPaused = define(
  'experiment.paused',
  'An experiment assigns nobody any more for now: by staff, or because a guardrail was crossed. Subject: the experiment.',
  z.object({ byGuardrail: z.boolean() }),
);
export const experimentCompleted = define(
  'experiment.completed',
  'An experiment is over. Subject: the experiment.',
  z.object({}),
);

/** Everything that this room tells. */
export const events = [
  orderRecommendationsChanged,
  orderRecommendationsEnded,
  modelPromoted,
  modelAlertRaised,
  experimentStarted,
  experimentPaused,
  experimentCompleted,
  ...Object.values(auditEvents('recommendations')),
  ...Object.values(privacyEvents('recommendations')),
];
