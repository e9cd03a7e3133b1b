import { z } from 'zod';
import { reference, text } from '../input.rules.js';

/** @see IssueCertificateInput */
export const issuing = z.object({ enrollmentId: reference });

/** @see RevokeCertificateInput */
export const revoking = z.object({ certificateId: reference, reason: text(3, 500) });
