import { type ChildProcess, spawn } from 'node:child_process';

/** Builds, then rebuilds and restarts the single process at every change, until Ctrl-C. */
const children: ChildProcess[] = [];
const stop = () => {
  for (const child of children) child.kill('SIGTERM');
};

const build = spawn('tsc', ['-b'], { stdio: 'inherit' });
build.on('close', (code) => {
  if (code !== 0) process.stdout.write('There are type errors; the server starts as soon as a build succeeds.\n');
  children.push(
    spawn('tsc', ['-b', '--watch', '--preserveWatchOutput'], { stdio: 'inherit' }),
    spawn(process.execPath, ['--watch', '--watch-preserve-output', 'gateway/dist/single-process.js'], {
      stdio: 'inherit',
    }),
  );
  for (const child of children) child.on('exit', stop);
});
process.on('SIGINT', stop).on('SIGTERM', stop);
