import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { registerEnumType } from 'type-graphql';
import { notificationChannels, targetKinds, urgencies } from './notification.rules.js';

/** @see notificationChannels */
export const NotificationChannelEnum = enumOf(notificationChannels);
registerEnumType(NotificationChannelEnum, {
  name: 'NotificationChannel',
  description: 'A way to reach a person.',
  valuesConfig: {
    IN_APP: { description: 'The inbox of the app: `notifications`.' },
    EMAIL: { description: 'A mail to the proven address.' },
    SMS: { description: 'A text message to the proven phone number.' },
    PUSH: { description: 'A push to each registered device.' },
    TELEGRAM: { description: 'A message of our bot, to who has linked Telegram.' },
  },
});

/** @see urgencies */
export const NotificationUrgencyEnum = enumOf(urgencies);
registerEnumType(NotificationUrgencyEnum, {
  name: 'NotificationUrgency',
  description: 'How much a notification matters; it decides on quiet hours and digests.',
  valuesConfig: {
    LOW: { description: 'It can wait as long as the person likes.' },
    NORMAL: { description: 'It can wait, too; it is sent before what is LOW.' },
    HIGH: { description: 'It is not collected into digests; quiet hours hold it back.' },
    CRITICAL: { description: 'It goes out at once, whatever the person decided.' },
  },
});

/** @see targetKinds */
export const NotificationTargetKindEnum = enumOf(targetKinds);
registerEnumType(NotificationTargetKindEnum, {
  name: 'NotificationTargetKind',
  description: 'What a notification leads to.',
  valuesConfig: {
    BOOKING: { description: 'A lesson: `booking(id)`.' },
    ORDER: { description: 'An order: `order(id)`.' },
    APPLICATION: { description: 'An application to an order: `application(id)`.' },
    TUTOR: { description: 'A tutor: `tutor(id)`.' },
    PAYMENT: { description: 'A payment: `payment(id)`.' },
    PACKAGE: { description: 'A package of lessons: `package(id)`.' },
    WITHDRAWAL: { description: 'A withdrawal: `withdrawal(id)`.' },
    INTERVIEW: { description: 'An interview with staff.' },
    VERIFICATION: { description: 'A verification of a tutor.' },
    REVIEW: { description: 'A review of a tutor.' },
    SAVED_SEARCH: { description: 'A search that the person saved.' },
    CHAT_ROOM: { description: 'A chat room: `chatRoom(id)`.' },
    REPORT: { description: 'A report about a message, for staff.' },
    ACCOUNT: { description: "The person's own account." },
    COURSE: { description: 'A course of the school: `course(id)`.' },
    HOMEWORK_ASSIGNMENT: { description: 'Homework as it waits for one student: `homeworkAssignment(id)`.' },
    HOMEWORK_SUBMISSION: { description: 'What somebody has handed in: `submission(id)`.' },
    STUDENT: { description: 'A student of the school, for staff: `student(id)`.' },
    CERTIFICATE: { description: 'A certificate: `certificate(id)`.' },
    HAND_OVER: { description: 'A question to the assistant that a curator answers.' },
  },
});
