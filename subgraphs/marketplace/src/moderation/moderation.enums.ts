import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { registerEnumType } from 'type-graphql';
import { caseStatuses, contentKinds, contentStates, judges } from './moderation.states.js';

export const ContentStateEnum = enumOf(contentStates);
registerEnumType(ContentStateEnum, {
  name: 'ContentState',
  description: 'What has become of something that somebody wrote.',
  valuesConfig: {
    PUBLISHED: { description: 'Everybody sees it.' },
    IN_REVIEW: { description: 'Kept from others until staff has decided; its author and moderators see it.' },
    REJECTED: { description: 'Staff decided that others do not see it; its author may appeal once.' },
  },
});

export const ContentKindEnum = enumOf(contentKinds);
registerEnumType(ContentKindEnum, {
  name: 'ContentKind',
  description: 'What is moderated.',
  valuesConfig: {
    REVIEW: { description: 'What a student says of a tutor.' },
    ANSWER: { description: "A tutor's answer to a review." },
    PROFILE: { description: "Headline, biography or education of a tutor's profile." },
  },
});

export const JudgeEnum = enumOf(judges);
registerEnumType(JudgeEnum, {
  name: 'ModerationJudge',
  description: 'Who or what judged.',
  valuesConfig: {
    LOCAL: { description: 'The rules of the platform: contacts, links, insults.' },
    MODEL: { description: 'The moderation model of the AI provider.' },
    SIGNALS: { description: 'Signs that a review was not meant honestly.' },
    STAFF: { description: 'A person who works for the platform.' },
  },
});

export const CaseStatusEnum = enumOf(caseStatuses);
registerEnumType(CaseStatusEnum, {
  name: 'ModerationCaseStatus',
  description: 'Where a moderation case stands.',
  valuesConfig: {
    WAITING: { description: 'Staff has not decided.' },
    DECIDED: { description: 'Staff has decided; see `outcome`.' },
    APPEALED: { description: 'The author appealed: another member of staff decides again.' },
    SUPERSEDED: { description: 'The author changed the text meanwhile; that is another case, if any.' },
    WITHDRAWN: { description: 'The author took it back.' },
  },
});
