/*
 * Preloaded into each measured process (`node --import`): tells its parent what it has used, and does not outlive it.
 */
import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What the parent may ask, and what it is told. */
export interface Answers {
  /** Milliseconds of processor time that all threads of the process have used, in the kernel too. */
  cpuMs: number;
  /** Bytes held after everything that can be collected was. */
  heapBytes: number;
  /** Starts to sample what runs. */
  profiling: boolean;
  /** What ran since, as Chrome's developer tools read it. */
  profile: object;
}

const SAMPLE_EACH_US = 200;
let session: Session | undefined;

const answers: { [Ask in keyof Answers]: () => Answers[Ask] | Promise<Answers[Ask]> } = {
  cpuMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
  heapBytes() {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    collect();
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
  async profiling() {
    session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_EACH_US });
    await session.post('Profiler.start');
    return true;
  },
  async profile() {
    if (!session) throw new Error('Ask for `profiling` first');
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return profile;
  },
};

process.once('disconnect', () => process.exit());
process.on('message', async (ask: keyof Answers) => process.send?.({ [ask]: await answers[ask]() }));
process.channel?.unref();
