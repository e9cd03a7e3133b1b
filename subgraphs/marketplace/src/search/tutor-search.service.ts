import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { noPage } from '../pages/no-page.js';
import type { Subject } from '../subjects/subject.entity.js';
import { subjectsById } from '../subjects/subject.repository.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { tutorsById } from '../tutors/tutor.repository.js';
import type { TutorOrderName } from '../tutors/tutor.rules.js';
import { countFacets, type FacetCount } from './facet.repository.js';
import { endOfBand } from './facet.rules.js';
import type { TutorSearch } from './tutor-conditions.js';
import { findCards, readSearch } from './tutor-search.js';

/** What the tutors found can be narrowed down by. */
export interface FoundFacets {
  exact: boolean;
  subjects: SubjectFacet[];
  prices: { from: number; to: number; count: number }[];
  cities: { city: string; count: number }[];
  languages: { language: string; count: number }[];
  formats: { format: string; count: number }[];
}

/** How many tutors teach a subject. */
export interface SubjectFacet {
  subjectId: string;
  count: number;
}

/** A page of tutors, and by what they can be narrowed down; that is counted only when a client selects it. */
export interface FoundTutors extends Connection<Tutor> {
  facets: () => Promise<FoundFacets>;
}

/** Finding tutors. */
export class TutorSearchService {
  /** A page of tutors who want to be found. @throws BAD_USER_INPUT */
  async find(
    context: RequestContext,
    search: TutorSearch | null | undefined,
    order: TutorOrderName | null | undefined,
    page: PageRequest,
  ): Promise<FoundTutors> {
    const query = await readSearch(context.em, search ?? {});
    if (!query) return { ...noPage<Tutor>(), facets: async () => NOTHING };
    const cards = await findCards(context.em, query, order ?? (query.text ? 'RELEVANCE' : 'RATING'), page);
    const tutors = await Promise.all(cards.edges.map(({ node }) => context.loader(tutorsById).load(node.tutorId)));
    return {
      ...cards,
      edges: cards.edges.flatMap(({ cursor }, index) => {
        const node = tutors[index];
        return node ? [{ cursor, node }] : [];
      }),
      facets: async () => {
        const counts = await countFacets(context.em, query);
        return {
          exact: counts.isExact,
          subjects: counts.subjects.map(({ value, count }) => ({ subjectId: value, count })),
          prices: counts.prices.map(bandOf),
          cities: counts.cities.map(({ value, count }) => ({ city: value, count })),
          languages: counts.languages.map(({ value, count }) => ({ language: value, count })),
          formats: counts.formats.map(({ value, count }) => ({ format: value, count })),
        };
      },
    };
  }

  /** The subject of a facet. */
  subject(context: RequestContext, { subjectId }: SubjectFacet): Promise<Subject | null> {
    return context.loader(subjectsById).load(subjectId);
  }
}

const NOTHING: FoundFacets = { exact: true, subjects: [], prices: [], cities: [], languages: [], formats: [] };

function bandOf({ value, count }: FacetCount): FoundFacets['prices'][number] {
  const from = Number(value);
  return { from, to: endOfBand(from) - 1, count };
}
