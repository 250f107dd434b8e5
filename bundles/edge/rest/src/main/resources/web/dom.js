// SPDX-License-Identifier: Apache-2.0

/** Returns an element of the page by its id. */
export const $ = (id) => document.getElementById(id);

/** Makes an element; children are elements or text, which is never read as HTML. */
export function el(name, attributes, ...children) {
  const node = document.createElement(name);
  Object.entries(attributes || {}).forEach(([key, value]) => {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
  });
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Tells what went wrong, or by nothing that all is well again. */
export function notice(text) {
  if ($('notice').textContent !== text) $('notice').textContent = text || '';
  $('notice').hidden = !text;
}
