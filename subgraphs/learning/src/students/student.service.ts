import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Student } from './student.entity.js';
import type { StudentOrder, StudentStatus } from './student.rules.js';
import type { StudentAccess } from './student-access.js';
import { countStudents, findStudents, type StudentSearch } from './student-list.repository.js';

/** A page of students; those of each status are counted only when somebody asks. */
export interface StudentPage extends Connection<Student> {
  countStatuses: () => Promise<ReadonlyMap<StudentStatus, number>>;
}

/** Who learns in the school. */
export class StudentService {
  constructor(private readonly access: StudentAccess) {}

  /** The viewer as a student. */
  mine(context: RequestContext): Promise<Student | null> {
    return this.access.mine(context);
  }

  /** A student whom the viewer may see. */
  find(context: RequestContext, id: string): Promise<Student | null> {
    return this.access.seen(context, id);
  }

  /** A page of the students whom a curator or staff sees. @throws FORBIDDEN for others, BAD_USER_INPUT */
  async list(
    context: RequestContext,
    search: StudentSearch | null | undefined,
    order: StudentOrder | null | undefined,
    page: PageRequest,
  ): Promise<StudentPage> {
    if (this.access.scopeOf(context).kind === 'none') throw forbidden('Only curators and staff list students');
    const visible = this.access.visible(context);
    const connection = await findStudents(context.em, visible, search ?? {}, order ?? 'NEWEST_FIRST', page);
    return { ...connection, countStatuses: () => countStudents(context.em, visible, search ?? {}) };
  }

  /** May the viewer see by what the school finds somebody: whoever adds and imports students. */
  seesAddress(context: RequestContext): boolean {
    return context.can('learning.students.manage') || context.can('learning.students.read') || context.isService;
  }
}
