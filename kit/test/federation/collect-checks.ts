import { expect, vi } from 'vitest';

type Body = () => unknown;

/**
 * Loads test files that were written for Jest and keeps their bodies by the name under which Apollo counts them: that of
 * the outermost `describe`, or of the test where there is none.
 */
export async function collectChecks(files: readonly string[]): Promise<Map<string, Body[]>> {
  const checks = new Map<string, Body[]>();
  let outermost: string | undefined;
  const test = (name: string, body: Body): void => {
    const group = outermost ?? name;
    checks.set(group, [...(checks.get(group) ?? []), body]);
  };
  const describe = (name: string, define: () => void): void => {
    const outer = outermost;
    outermost ??= name;
    define();
    outermost = outer;
  };
  const globals = { describe, test, it: test, expect };
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  for (const file of files) await import(file);
  return checks;
}
