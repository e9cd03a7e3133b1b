/** Texts of the exchange with GetCourse in English. */
export const getCourse = {
  GETCOURSE_NOT_CONFIGURED:
    'GetCourse is not set up here. Ask whoever runs this server to set GETCOURSE_URL and GETCOURSE_KEY.',
  EXCHANGE_RUNNING: 'Students are being fetched from GetCourse already. Wait until that has ended.',
};
