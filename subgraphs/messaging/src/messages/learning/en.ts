/** What learning has us send to people without an account, in English. */
export const invitationTexts = {
  'invitation.subject': 'Your place at Tutorgraph is waiting',
  'invitation.hello_named': 'Hello, {{name}}!',
  'invitation.school': 'The school keeps a place for you.',
  'invitation.course': 'The school keeps a place for you in the course “{{course}}”.',
  'invitation.code':
    'Sign in at Tutorgraph, or open an account, and enter this code to take it: {{code}}. It is good for 14 days.',
  'invitation.stranger':
    'If you do not know why you get this mail, do nothing: nobody takes the place without the code.',
};
