let hideCovering = () => undefined;

/** Says that a panel now lies over the editor, so that the one that did before goes: one at a time is enough. */
export function coverEditor(hide) {
  if (hideCovering !== hide) hideCovering();
  hideCovering = hide;
}
