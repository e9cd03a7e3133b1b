/** What the assistant says itself, and its refusals. */
export const assistant = {
  ASSISTANT_FROM_SOURCES: 'Here is what the school’s materials say:',
  ASSISTANT_NOTHING_FOUND:
    'I have found nothing about this in the school’s materials. Ask in other words, or hand the question over to a curator: a person will answer.',
  ASSISTANT_DECLINED:
    'I only help with English and with the school. If it is about your studies after all, put it in other words or ask a curator.',
  ANSWER_UNFINISHED: 'The answer is still being written. Rate it when it is complete.',
  KNOWLEDGE_OF_LESSON: 'This comes from a lesson. Change the lesson in its course.',
  HAND_OVER_CLOSED: 'This is settled already.',
  HAND_OVER_TAKEN: 'Another curator sees to this already.',
};
