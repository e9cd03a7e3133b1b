import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOulad } from './oulad.js';

const TABLES = {
  courses: `code_module,code_presentation,module_presentation_length
"AAA","2013J","268"
AAA,2014J,269`,
  assessments: `code_module,code_presentation,id_assessment,assessment_type,date,weight
"AAA","2013J","1","TMA","19","10"
"AAA","2013J","2","Exam","?","100"`,
  studentAssessment: `id_assessment,id_student,date_submitted,is_banked,score
"1","11","18","0","78"
1,12,-1,1,60
1,13,20,0,?`,
  studentInfo: `code_module,code_presentation,id_student,gender,region,highest_education,imd_band,age_band,num_of_prev_attempts,studied_credits,disability,final_result
"AAA","2013J","11","M","Wales","HE Qualification","20-30%","35-55","0","60","N","Pass"
AAA,2013J,12,F,Wales,HE Qualification,,0-35,1,120,Y,Fail
AAA,2013J,13,F,Wales,HE Qualification,,0-35,0,60,N,Withdrawn
AAA,2014J,11,M,Wales,HE Qualification,20-30%,35-55,0,30,N,Distinction`,
  studentRegistration: `code_module,code_presentation,id_student,date_registration,date_unregistration
"AAA","2013J","11","-159",""
AAA,2013J,12,,
AAA,2014J,11,-10,`,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oulad-'));
  for (const [name, text] of Object.entries(TABLES)) await writeFile(join(folder, `${name}.csv`), `${text}\r\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a folder of the Open University’s data', () => {
  it('is read run by run, whether its fields are quoted or not', async () => {
    const [first, second] = await readOulad(folder);
    expect(first?.course).toEqual({
      id: 'AAA 2013J',
      lengthDays: 268,
      // The examination has no date: it is at the end.
      assessments: [
        { id: '1', dueDay: 19, weight: 10 },
        { id: '2', dueDay: 268, weight: 100 },
      ],
    });
    expect(first?.outcomes).toEqual([0, 1]);
    expect(first?.histories[0]).toEqual({
      studentId: '11',
      registrationDay: -159,
      previousAttempts: 0,
      studyLoad: 60,
      submissions: [{ assessmentId: '1', day: 18, score: 78, isBanked: false }],
    });
    expect(first?.histories[1]).toMatchObject({ registrationDay: undefined, submissions: [{ isBanked: true }] });
    expect(second).toMatchObject({ module: 'AAA', course: { id: 'AAA 2014J' }, outcomes: [0] });
    expect(second?.histories[0]?.submissions).toEqual([]);
  });

  it('tells nothing of who somebody is', async () => {
    const text = JSON.stringify(await readOulad(folder));
    for (const value of ['Wales', 'HE Qualification', '20-30%', '35-55', '"M"']) expect(text).not.toContain(value);
  });

  it('is missed by name', async () => {
    await expect(readOulad(join(folder, 'nowhere'))).rejects.toThrow('OULAD_DIR has to name a folder');
  });
});
