import { EnvironmentError } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';
import type { GoogleSettings, OpenGoogle } from '../google/google-settings.js';
import { GoogleMeet } from './google-meet.js';
import { Jitsi } from './jitsi.js';
import type { MeetingProviderName } from './meeting.rules.js';
import type { MeetingProvider } from './meeting-provider.js';
import { Zoom } from './zoom.js';

/** Settings of video rooms, beside those of Google. */
export const meetingSettings = {
  MEETING_PROVIDER: z.enum(['google-meet', 'zoom', 'jitsi']).optional(),
  JITSI_URL: z.url({ protocol: /^https?$/ }).default('https://meet.jit.si'),
  ZOOM_ACCOUNT_ID: z.string().optional(),
  ZOOM_CLIENT_ID: z.string().optional(),
  ZOOM_CLIENT_SECRET: z.string().optional(),
  ZOOM_USER: z.string().default('me'),
  ZOOM_BASE_URL: z.url({ protocol: /^https?$/ }).default('https://api.zoom.us/v2'),
  ZOOM_TOKEN_URL: z.url({ protocol: /^https?$/ }).default('https://zoom.us/oauth/token'),
} satisfies z.ZodRawShape;

type Settings = z.infer<z.ZodObject<typeof meetingSettings>> & GoogleSettings & { SECRET_KEY: string };

/** Who makes rooms here. */
export class MeetingProviders {
  private readonly known: ReadonlyMap<string, MeetingProvider>;

  constructor(
    configured: readonly MeetingProvider[],
    /** Who makes the rooms of new lessons. */
    readonly preferred: MeetingProvider,
    /** Needs nothing and nobody, so that a lesson can take place whatever fails. */
    readonly fallback: MeetingProvider,
  ) {
    this.known = new Map([...configured, preferred, fallback].map((provider) => [provider.name, provider]));
  }

  /** The provider of this name, if it is configured. */
  get(name: string): MeetingProvider | undefined {
    return this.known.get(name);
  }
}

const names: Readonly<Record<NonNullable<Settings['MEETING_PROVIDER']>, MeetingProviderName>> = {
  'google-meet': 'GOOGLE_MEET',
  zoom: 'ZOOM',
  jitsi: 'JITSI',
};

/**
 * The providers that the settings configure. Without a word which one, it is the one that has keys, and Jitsi when none has.
 *
 * @throws EnvironmentError when the wanted one has no keys
 */
export function meetingProviders(settings: Settings, google: OpenGoogle | undefined): MeetingProviders {
  const jitsi = new Jitsi(settings.JITSI_URL, settings.SECRET_KEY);
  const zoom = zoomOf(settings);
  const configured = [...(google ? [new GoogleMeet(google)] : []), ...(zoom ? [zoom] : [])];
  const { MEETING_PROVIDER: wanted } = settings;
  if (!wanted) return new MeetingProviders(configured, configured[0] ?? jitsi, jitsi);
  const preferred = [...configured, jitsi].find(({ name }) => name === names[wanted]);
  if (preferred) return new MeetingProviders(configured, preferred, jitsi);
  const needed =
    wanted === 'zoom'
      ? 'ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET'
      : 'GOOGLE_SERVICE_ACCOUNT_EMAIL, GOOGLE_SERVICE_ACCOUNT_KEY and GOOGLE_CALENDAR_USER';
  throw new EnvironmentError(`MEETING_PROVIDER=${wanted} needs ${needed}; set them, or leave MEETING_PROVIDER empty`);
}

function zoomOf(settings: Settings): Zoom | undefined {
  const { ZOOM_ACCOUNT_ID: accountId, ZOOM_CLIENT_ID: clientId, ZOOM_CLIENT_SECRET: clientSecret } = settings;
  if (!accountId || !clientId || !clientSecret) return undefined;
  const { ZOOM_USER: user, ZOOM_BASE_URL: baseUrl, ZOOM_TOKEN_URL: tokenUrl } = settings;
  return new Zoom({ accountId, clientId, clientSecret, user, baseUrl, tokenUrl });
}
