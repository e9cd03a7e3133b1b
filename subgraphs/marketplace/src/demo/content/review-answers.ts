import type { DemoLocale } from '@tutorgraph/kit/demo/persona';

/** What tutors answer to reviews: to glad ones and to others. No word says whether a man or a woman wrote it. */
export const REVIEW_ANSWERS: Record<DemoLocale, Record<'glad' | 'sorry', readonly string[]>> = {
  ru: {
    glad: [
      'Спасибо за тёплые слова! Заниматься с вами одно удовольствие.',
      'Благодарю за отзыв. Главное, что материал теперь не пугает.',
      'Спасибо! Такой результат — ваша заслуга не меньше моей.',
      'Очень приятно это читать. До встречи на следующем занятии!',
      'Спасибо за доверие. Впереди ещё много интересного.',
      'Рад{|а} за ваши успехи, так держать!',
    ],
    sorry: [
      'Спасибо за честный отзыв. План на ближайший месяц пришлю на этой неделе.',
      'Понимаю ваше недовольство и приношу извинения за переносы.',
      'Спасибо, что написали об этом. Давайте обсудим темп на следующем занятии.',
      'Учту замечание: больше практики и меньше моих объяснений.',
    ],
  },
  en: {
    glad: [
      'Thank you for the kind words! It is a pleasure to work with you.',
      'Thank you. What matters is that the subject is no longer frightening.',
      'You did the hard part yourself. Well done!',
      'Lovely to read this. See you at the next lesson!',
      'Thank you for your trust; there is plenty more to discover.',
      'What a nice surprise, thank you.',
    ],
    sorry: [
      'Thank you for being frank. A plan for the next month is on its way this week.',
      'I understand and apologise for the cancelled lessons.',
      'Thank you for telling me. Let us talk about the pace next time.',
      'Point taken: more practice and less talking on my side.',
    ],
  },
};
