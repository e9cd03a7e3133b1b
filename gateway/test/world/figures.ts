/** The samples that a gateway shows at `/metrics`, by name and labels as Prometheus writes them. */
export async function readFigures(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

/** Names of all metrics that a gateway shows, whether they have samples or not. */
export async function readMetricNames(url: string): Promise<Map<string, string>> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  return new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]));
}
