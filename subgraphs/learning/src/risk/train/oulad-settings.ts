import { z } from 'zod';

/** What training and measuring read. */
export const ouladSettings = {
  /** A folder with the tables of the data set, as CSV. */
  OULAD_DIR: z.string({
    error:
      'must name a folder with courses.csv, assessments.csv, studentAssessment.csv, studentInfo.csv and ' +
      'studentRegistration.csv of the Open University Learning Analytics Dataset (https://analyse.kmi.open.ac.uk/open_dataset)',
  }),
};
