const SHARED = ['graphiql:theme', 'graphiql:visiblePlugin'];

/**
 * Where GraphiQL keeps its tabs: each window has its own, and a new window begins with those that were changed last.
 * The theme is the same for all windows.
 */
export const windowStorage = {
  getItem(key) {
    return (SHARED.includes(key) ? null : sessionStorage.getItem(key)) ?? localStorage.getItem(key);
  },
  setItem(key, value) {
    sessionStorage.setItem(key, value);
    localStorage.setItem(key, value);
  },
  removeItem(key) {
    sessionStorage.removeItem(key);
    localStorage.removeItem(key);
  },
  clear() {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith('graphiql:'))) this.removeItem(key);
  },
  get length() {
    return Object.keys(localStorage).filter((key) => key.startsWith('graphiql:')).length;
  },
};
