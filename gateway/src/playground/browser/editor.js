const FRAMES = 120;

/** Opens an operation in the editor: in the tab that has it already, else in a new one. */
export async function openInEditor({ name, document: text, variables }) {
  const editors = await editorModels();
  const tab = tabNamed(name);
  if (tab) tab.click();
  else document.querySelector('.graphiql-tab-add').click();
  await frame();
  document.querySelector('.graphiql-tab-active')?.scrollIntoView({ inline: 'nearest' });
  editors.variables.setValue(JSON.stringify(variables, null, 2));
  editors.operation.setValue(text);
  editors.focus();
}

/** What GraphiQL leaves undone. Call it before GraphiQL draws itself. */
export function tuneEditors() {
  const { editor: editors } = globalThis.monaco;
  // Answers are in two alphabets: letters that look alike are no cause for a warning.
  const unicodeHighlight = { ambiguousCharacters: false };
  editors.onDidCreateEditor((editor) => editor.updateOptions({ unicodeHighlight }));
  // The rest of the page follows the system by itself.
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
    const isChosen = /\bgraphiql-(light|dark)\b/.test(document.body.className);
    if (!isChosen) editors.setTheme(matches ? 'graphiql-DARK' : 'graphiql-LIGHT');
  });
}

function tabNamed(name) {
  const tabs = document.querySelectorAll('.graphiql-tab [role="tab"], .graphiql-tab-button');
  return [...tabs].find((tab) => tab.textContent.trim() === name);
}

/** GraphiQL names its models after these files; they are there once it has drawn itself. */
async function editorModels() {
  for (let attempt = 0; attempt < FRAMES; attempt += 1) {
    const models = globalThis.monaco?.editor.getModels() ?? [];
    const named = (file) => models.find((model) => model.uri.path.endsWith(file));
    const [operation, variables] = [named('operation.graphql'), named('variables.json')];
    if (operation && variables && document.querySelector('.graphiql-tab-add')) {
      const focus = () =>
        globalThis.monaco.editor
          .getEditors()
          .find((editor) => editor.getModel() === operation)
          ?.focus();
      return { operation, variables, focus };
    }
    await frame();
  }
  throw new Error('The editor has not loaded: reload the page.');
}

function frame() {
  return new Promise((resolve) => {
    requestAnimationFrame(resolve);
  });
}
