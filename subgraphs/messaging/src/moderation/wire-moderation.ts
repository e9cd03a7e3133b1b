import type { MessagingCore, MessagingPart } from '../core.js';
import { People } from '../people/people.js';
import { BlockResolver } from './block.resolver.js';
import { BlockService } from './block.service.js';
import { InspectionService } from './inspection.service.js';
import { ReportResolver } from './report.resolver.js';
import { ReportService } from './report.service.js';
import { ReportEdgesResolver } from './report-edges.resolver.js';
import { ReportEdgesService } from './report-edges.service.js';

/** Wires blocks, reports and inspections. */
export function createModeration({ tools }: MessagingCore): MessagingPart {
  return {
    resolvers: [
      new BlockResolver(new BlockService(new People(tools.graph))),
      new ReportResolver(new ReportService(), new InspectionService()),
      new ReportEdgesResolver(new ReportEdgesService()),
    ],
  };
}
