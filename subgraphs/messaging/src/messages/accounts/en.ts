import { paragraphs } from '../../account-messages/paragraphs.js';

/** What accounts has us send, in English. */
export const accountTexts = {
  'code.EMAIL.subject': 'Your code for Tutorgraph',
  'code.EMAIL.text': paragraphs(
    'Your code:',
    '{{code}}',
    'Enter it to confirm that this address is yours. It is good for {{minutes}} minutes.',
    'Somebody, we hope you, asked for it at Tutorgraph with this address. If it was not you, do nothing and give the code to nobody: without it nothing happens.',
  ),
  'code.PASSWORD.subject': 'Your code for a new password at Tutorgraph',
  'code.PASSWORD.text': paragraphs(
    'Your code:',
    '{{code}}',
    'Enter it to set a new password. It is good for {{minutes}} minutes. You will be signed out everywhere then.',
    'Somebody, we hope you, asked for it at Tutorgraph. If it was not you, do nothing and give the code to nobody: your password stays as it is. We never ask for the code.',
  ),
  'code.PHONE':
    '{{code}} is your code for Tutorgraph. It is good for {{minutes}} minutes. Give it to nobody. If you did not ask for it, ignore this message.',
  'notice.REGISTRATION_REPEATED.subject': 'You have an account at Tutorgraph already',
  'notice.REGISTRATION_REPEATED.text': paragraphs(
    'Somebody, perhaps you, wanted to use this address for a new account at Tutorgraph. You have an account with it already, so there is no code to enter.',
    'If it was you, sign in with this address. If you do not know your password any longer, ask for a code with "Forgot your password?".',
    'If it was not you, do nothing: your account is as it was.',
  ),
  'notice.ACCOUNT_CREATED.subject': 'Your account at Tutorgraph',
  'notice.ACCOUNT_CREATED.text': paragraphs(
    'We opened an account at Tutorgraph for you with this address. It has no password yet: ask for a code with "Forgot your password?" and set one.',
    'If you do not know why you get this mail, write to us and we will remove the account.',
  ),
  'notice.EMAIL_CHANGED.subject': 'Your account at Tutorgraph has another address',
  'notice.EMAIL_CHANGED.text': paragraphs(
    'Your account at Tutorgraph has another email address from now on. You cannot sign in with this one any longer.',
    'You changed it yourself? Then all is well. If it was not you, somebody has got into your account: write to us at once.',
  ),
  'notice.PASSWORD_CHANGED.subject': 'Your password at Tutorgraph was changed',
  'notice.PASSWORD_CHANGED.text': paragraphs(
    'The password of your account at Tutorgraph was changed, and all other devices were signed out.',
    'You changed it yourself? Then all is well. If it was not you, ask for a code with "Forgot your password?" at once, set a new password, and write to us.',
  ),
  'notice.DATA_EXPORT_READY.subject': 'Your data from Tutorgraph is ready',
  'notice.DATA_EXPORT_READY.text': paragraphs(
    'The archive of your data that you asked for is ready. Sign in to download it; after a while it is deleted.',
    'If you did not ask for it, change your password and write to us.',
  ),
  'notice.DATA_EXPORT_FAILED.subject': 'Your data from Tutorgraph could not be gathered',
  'notice.DATA_EXPORT_FAILED.text': paragraphs(
    'You asked for an archive of your data. We could not gather all of it. Ask for it again; if that fails too, write to us.',
  ),
  'notice.DELETION_REQUESTED.subject': 'Your account at Tutorgraph will be deleted in 30 days',
  'notice.DELETION_REQUESTED.text': paragraphs(
    'You asked us to delete your account at Tutorgraph. We will do that in 30 days. Until then you can sign in and change your mind.',
    'If it was not you, sign in, cancel the deletion, change your password, and write to us.',
  ),
  'notice.DELETION_CANCELLED.subject': 'Your account at Tutorgraph stays',
  'notice.DELETION_CANCELLED.text': paragraphs(
    'Your account at Tutorgraph will not be deleted: the request was cancelled.',
    'If it was not you, change your password and write to us.',
  ),
} as const;
