/** Messages about speech in English. */
export const speech = {
  SPEECH_NOT_AVAILABLE: 'Recordings and spoken answers are not available at this school. Write instead.',
  RECORDING_NOT_USABLE: 'This file cannot be taken as a recording, or was taken already. Record it again.',
  RECORDING_NOT_READY: 'This recording is not written down. Wait a moment, or record it again.',
};
