import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { registerEnumType } from 'type-graphql';
import { reportDecisions, reportReasons, reportStatuses } from './report.rules.js';

export const ReportReasonEnum = enumOf(reportReasons);
registerEnumType(ReportReasonEnum, {
  name: 'ChatReportReason',
  description: 'Why a message is reported.',
  valuesConfig: {
    SPAM: { description: 'Advertising, or the same again and again.' },
    ABUSE: { description: 'Insults, threats, harassment.' },
    CONTACTS: { description: 'It leads away from the platform.' },
    FRAUD: { description: 'It wants money or data by deceit.' },
    OTHER: { description: 'Something else; the note says what.' },
  },
});

export const ReportStatusEnum = enumOf(reportStatuses);
registerEnumType(ReportStatusEnum, {
  name: 'ChatReportStatus',
  description: 'Where a report stands.',
  valuesConfig: {
    OPEN: { description: 'Staff has to look at it.' },
    UPHELD: { description: 'The message was deleted.' },
    DISMISSED: { description: 'Nothing is wrong with the message.' },
  },
});

export const ReportDecisionEnum = enumOf(reportDecisions);
registerEnumType(ReportDecisionEnum, {
  name: 'ChatReportDecision',
  description: 'What staff does about a report.',
  valuesConfig: {
    DISMISS: { description: 'Nothing: the message stays.' },
    DELETE_MESSAGE: { description: 'Delete the message; its place stays.' },
    BAN_AUTHOR: { description: 'Delete the message, and keep its author out of the room.' },
  },
});
