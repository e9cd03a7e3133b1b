/** Where certificates are, below the origin of whoever serves them. */
export const CERTIFICATES_PATH = '/certificates';

/** Public addresses of certificates: who has one may see what it shows, and so it holds a code that nobody guesses. */
export class CertificateUrls {
  /** @param origin where clients reach this room's routes; asked whenever an address is made */
  constructor(private readonly origin: () => string) {}

  /** The page that tells whether a certificate holds. */
  page(code: string): string {
    return `${this.base}/${code}`;
  }

  /** The certificate as a PDF. */
  pdf(code: string): string {
    return `${this.base}/${code}.pdf`;
  }

  /** The certificate as a signed credential of Open Badges 3.0. */
  badge(code: string): string {
    return `${this.base}/${code}/badge`;
  }

  /** What a course's certificates say has been achieved. */
  achievement(courseId: string): string {
    return `${this.base}/courses/${courseId}`;
  }

  /** Who issues certificates. */
  get issuer(): string {
    return `${this.base}/issuer`;
  }

  /** Public keys of whoever issues. */
  get keys(): string {
    return `${this.base}/keys`;
  }

  /** Certificates that hold no longer. */
  get revocations(): string {
    return `${this.base}/revocations`;
  }

  private get base(): string {
    return `${this.origin()}${CERTIFICATES_PATH}`;
  }
}
