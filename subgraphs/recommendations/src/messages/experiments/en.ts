/** Messages about experiments in English. */
export const experimentMessages = {
  EXPERIMENT_NAME_TAKEN: 'There is an experiment of this name already. Choose another one.',
  EXPERIMENT_STATUS: 'The experiment cannot go on so from where it stands. Look at its status.',
  EXPERIMENTS_OVERLAP:
    'Another experiment of the same group runs or is paused on some of these units. Complete it, or choose another range.',
  EXPERIMENT_RAMP_SHRINKS: 'More take part already, and they stay. Choose a greater share, or pause the experiment.',
};
