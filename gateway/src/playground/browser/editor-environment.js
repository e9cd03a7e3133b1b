// Where the code editor finds its workers, and that it shows itself as `monaco`: both are asked for when it loads.
{
  const folder = new URL('graphiql/', document.currentScript.src);
  globalThis.MonacoEnvironment = {
    globalAPI: true,
    getWorkerUrl: (_module, label) => new URL(`${label}.js`, folder).href,
  };
}
