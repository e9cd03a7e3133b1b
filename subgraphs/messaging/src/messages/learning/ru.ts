/** What learning has us send to people without an account, in Russian. */
export const invitationTexts = {
  'invitation.subject': 'Ваше место на Tutorgraph ждёт вас',
  'invitation.hello_named': 'Здравствуйте, {{name}}!',
  'invitation.school': 'Школа приготовила для вас место.',
  'invitation.course': 'Школа приготовила для вас место на курсе «{{course}}».',
  'invitation.code':
    'Войдите на Tutorgraph или зарегистрируйтесь и введите этот код, чтобы занять его: {{code}}. Код действует 14 дней.',
  'invitation.stranger':
    'Если вы не знаете, почему получили это письмо, ничего не делайте: без кода место никто не займёт.',
};
