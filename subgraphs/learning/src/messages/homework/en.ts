/** Messages about homework in English. */
export const homework = {
  HANDED_IN: 'This homework was handed in already. You can change it again if your curator returns it.',
  CHANGED: 'This was changed meanwhile. Look at it again, then repeat what you wanted to do.',
  UPLOAD_NOT_FOUND: 'This file of yours does not exist. Upload it again.',
  UPLOAD_NOT_USABLE: 'This file cannot go with this homework. Upload it again as an attachment or a document.',
  ALREADY_ACCEPTED: 'This homework was accepted already: there is nothing to give more time for.',
  NOT_REVIEWABLE: 'This version cannot be reviewed any more. Look at the newest one.',
  TOO_MANY_TEMPLATES: 'There are 500 templates already. Remove one that nobody needs.',
  TOO_MUCH_HOMEWORK: 'This lesson has 10 tasks for home already. Put more into another lesson.',
  'homework.length': 'Words: {{words}}; expected: {{minWords}} or more.',
  'homework.mistakes': 'Mistakes found: {{mistakes}}, in a text of {{words}} words.',
};
