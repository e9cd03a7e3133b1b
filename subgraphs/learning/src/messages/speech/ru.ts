/** Messages about speech in Russian. */
export const speech = {
  SPEECH_NOT_AVAILABLE: 'Записи и ответы голосом в этой школе недоступны. Напишите текстом.',
  RECORDING_NOT_USABLE: 'Этот файл нельзя взять как запись, или он уже взят. Запишите ещё раз.',
  RECORDING_NOT_READY: 'Эта запись не расшифрована. Подождите немного или запишите ещё раз.',
};
