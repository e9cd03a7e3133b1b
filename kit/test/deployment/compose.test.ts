import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { composeSecrets } from '../../src/distributed/compose-secrets.js';
import { loadRoomSources } from '../../src/testing/load-room.js';
import { documented, interpolations, ours, project, read, services, text, volumes } from './compose.js';
import { settingsInCode } from './settings.js';

const rooms = await loadRoomSources();
const settings = settingsInCode(rooms.map(({ name }) => name));
const EVERY_PROFILE = ['development', 'stage', 'production'];

describe('.env.example', () => {
  test('explains every setting that code reads, and every one that docker-compose.yml takes', () => {
    const needed = [...settings, ...interpolations.map(({ key }) => key)];
    expect(needed.filter((key) => !documented.includes(key))).toEqual([]);
  });

  test('explains nothing else, and each once', () => {
    const needed = new Set([...settings, ...interpolations.map(({ key }) => key)]);
    expect(documented.filter((key) => !needed.has(key))).toEqual([]);
    expect(new Set(documented).size).toBe(documented.length);
  });

  test('holds no secret', () => {
    expect(read('.env.example')).not.toMatch(/(?:KEYS?|PASSWORD|URL)=\S/);
  });
});

describe('docker-compose.yml', () => {
  test('runs every room in every profile, at the port that its code names', () => {
    for (const { name, port } of rooms) {
      expect(services[name]).toMatchObject({
        command: ['node', `subgraphs/${name}/dist/main.js`],
        profiles: EVERY_PROFILE,
        environment: { PORT: port },
      });
      expect(services['gateway']?.depends_on[name]).toEqual({ condition: 'service_healthy' });
    }
  });

  test.each(ours)('runs a file that there is, with settings that code reads: %s', (_name, service) => {
    const [program, file = ''] = service.command ?? [];
    expect(program).toBe('node');
    expect(existsSync(`${project}${file.replace('/dist/', '/src/').replace(/\.js$/, '.ts')}`)).toBe(true);
    expect(Object.keys(service.environment).filter((key) => !settings.includes(key))).toEqual([]);
  });

  test('names services and ports that there are, wherever it names an address', () => {
    const addresses = ours.flatMap(([, { environment }]) => Object.values(environment)).map(String);
    const urls = addresses.flatMap((value) => [...value.matchAll(/^http:\/\/([a-z-]+):(\d+)\//g)]);
    expect(urls.length).toBeGreaterThan(rooms.length);
    for (const [url, host = '', port] of urls) {
      expect(String(services[host]?.environment['PORT']), url).toBe(port);
    }
    expect(read('deploy/Caddyfile')).toContain(`gateway ${services['gateway']?.environment['PORT']} `);
  });

  test('waits only for what can come true', () => {
    for (const [name, { depends_on }] of Object.entries(services)) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const needed = services[other];
        const isJob = needed?.restart === 'no';
        const isChecked =
          needed?.build !== undefined ? !needed.healthcheck?.disable : needed?.healthcheck !== undefined;
        expect(condition, `${name} waits for ${other}`).toBe(
          isJob ? 'service_completed_successfully' : 'service_healthy',
        );
        expect(isJob || isChecked, `${other} has a health check`).toBe(true);
      }
    }
    expect(read('Dockerfile')).toMatch(/HEALTHCHECK.*health\/ready/s);
  });

  test('opens 80 and 443 of the proxy and, in development, caught mails and a Stripe to this machine alone', () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports.length > 0);
    expect(Object.fromEntries(open.map(([name, { ports }]) => [name, ports]))).toEqual({
      proxy: ['80:80', '443:443', '443:443/udp'],
      mailpit: ['127.0.0.1:8025:8025'],
      stripe: ['127.0.0.1:12111:12111'],
    });
    for (const name of ['mailpit', 'stripe']) expect(services[name]?.profiles).toEqual(['development']);
  });

  test('makes the bucket that rooms use, and hands on what is signed for it', () => {
    const using = rooms.map(({ name }) => services[name]?.environment);
    const [bucket] = using.map((environment) => environment?.['S3_BUCKET']);
    for (const environment of using) {
      expect(environment).toMatchObject({ S3_ENDPOINT: 'http://minio:9000', S3_BUCKET: bucket });
      expect(environment?.['S3_PUBLIC_ENDPOINT']).toContain('https://${PUBLIC_HOST');
    }
    expect(services['bucket']?.command?.join(' ')).toContain(`mb --ignore-existing files/${bucket}`);
    expect(read('deploy/Caddyfile')).toMatch(new RegExp(`handle /${bucket}/\\* {[^}]*reverse_proxy minio:9000`));
  });

  test('keeps what must last in volumes', () => {
    const kept = ['proxy', 'postgres', 'redis', 'minio', 'stripe'].map(
      (name) => services[name]?.volumes.at(-1)?.split(':')[0],
    );
    expect(kept).toEqual(Object.keys(volumes));
    expect(services['redis']?.command?.join(' ')).toContain('--appendonly yes');
  });

  test('starts nothing without its secrets, and service-keys prints each of them', async () => {
    const required = interpolations.filter(({ operator }) => operator === ':?').map(({ key }) => key);
    const ofOthers = /^(?:TELEGRAM|OPENAI|GOOGLE|ZOOM|TWILIO|CREDENTIAL_CHECKER|STRIPE|FCM|WEB_PUSH|GETCOURSE)_/;
    const isSecret = (key: string) => /_KEYS?$|PASSWORD|SECRET/.test(key) && !ofOthers.test(key);
    const secrets = interpolations.map(({ key }) => key).filter(isSecret);
    expect([...new Set(required)].sort()).toEqual([...new Set(secrets)].sort());
    const printed = await composeSecrets(
      rooms.map(({ name }) => name),
      'kept',
    );
    expect(Object.keys(printed).sort()).toEqual([...new Set(required)].sort());
  });

  test('is in production unless told otherwise, and loads demo data in development only', () => {
    expect(interpolations.find(({ key }) => key === 'NODE_ENV')).toMatchObject({ operator: ':-', word: 'production' });
    expect(services['demo']?.profiles).toEqual(['development']);
    expect(text).not.toMatch(/image: \S+:latest|image: [^:\s]+$/m);
  });
});

describe('the image', () => {
  test('is built in stages and does not run as root', () => {
    const dockerfile = read('Dockerfile');
    expect(dockerfile.match(/^FROM /gm)).toHaveLength(2);
    expect(dockerfile.lastIndexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('FROM '));
  });

  test('takes nothing along that is secret or built elsewhere', () => {
    const left = read('.dockerignore').split('\n');
    for (const path of ['.env*', '.git', '.data', '**/node_modules', '**/dist']) expect(left).toContain(path);
  });
});
