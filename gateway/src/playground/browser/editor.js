const FRAMES = 120;

/** Opens an operation in the editor: in the tab that has it already, else in a new one. */
export async function openInEditor({ name, document: text, variables }) {
  const editors = await editorModels();
  const tab = tabNamed(name);
  if (tab) tab.click();
  else document.querySelector('.graphiql-tab-add').click();
  await frame();
  editors.variables.setValue(JSON.stringify(variables, null, 2));
  editors.operation.setValue(text);
  editors.focus();
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
