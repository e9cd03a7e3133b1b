/**
 * Makes an element. Properties are set as such (`textContent`, `onclick`), those with a dash as attributes.
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-')) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

/** The element of the page's frame that has this id. */
export function byId(id) {
  return document.getElementById(id);
}
