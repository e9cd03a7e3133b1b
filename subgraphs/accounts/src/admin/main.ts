import 'reflect-metadata';
import { openDatabase } from '@tutorgraph/kit/database/open-database';
import { createOrm, migrate } from '@tutorgraph/kit/database/orm';
import { commonSettings, processSettings, readEnvironment } from '@tutorgraph/kit/environment/environment';
import { maskText } from '@tutorgraph/kit/telemetry/redaction';
import { z } from 'zod';
import { database } from '../database.js';
import { AdminService } from './admin.service.js';
import { type AdminCommand, readAdminArguments } from './admin-arguments.js';
import { askPassword } from './ask-password.js';

const settings = {
  ...commonSettings,
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a PostgreSQL URL' }).optional(),
};

/** Runs one command on DATABASE_URL, else in the embedded database, whether the server runs or not. */
async function run(command: AdminCommand): Promise<string> {
  const { DATABASE_URL, DATA_DIR } = readEnvironment(settings, processSettings());
  const password =
    command.name === 'create-super-admin'
      ? (command.password ?? (await askPassword(process.stdin, process.stdout)))
      : '';
  const opened = await openDatabase({
    dataDir: DATA_DIR,
    joinRunning: true,
    ...(DATABASE_URL && { databaseUrl: DATABASE_URL }),
  });
  try {
    const orm = await createOrm(database, { url: opened.url, poolSize: 1 });
    try {
      await migrate(orm, database.room);
      const admin = new AdminService(orm.em);
      if (command.name === 'create-super-admin') {
        await admin.createSuperAdmin({ ...command, password });
        return 'The super admin can sign in now.';
      }
      await admin.setSuspended(command.email, command.name === 'suspend');
      return command.name === 'suspend'
        ? 'The account is suspended; its sessions end within seconds.'
        : 'The account can sign in again.';
    } finally {
      await orm.close();
    }
  } finally {
    await opened.close();
  }
}

try {
  process.stdout.write(`${await run(readAdminArguments(process.argv.slice(2)))}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? maskText(error.message) : String(error)}\n`);
  process.exitCode = 1;
}
