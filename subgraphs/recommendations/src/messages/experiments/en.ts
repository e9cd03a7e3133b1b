/** Messages about experiments in English. */
export const experimentMessages = {
  EXPERIMENT_NAME_TAKEN: 'There is an experiment of this name already. Choose another one.',
  EXPERIMENT_STATUS: 'The experiment cannot go on so from where it stands. Look at its status.',
  EXPERIMENTS_OVERLAP:
    'Another experiment of the same group runs or is paused on some of these units. Complete it, or choose another range.',
};
