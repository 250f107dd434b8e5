// SPDX-License-Identifier: Apache-2.0
import { el } from './dom.js';

/**
 * Foreign HTML is shown in a frame of which the server says that it runs no script, sends no form
 * and loads nothing: remote images stay off, as they would tell their sender who looks. The frame
 * is of this page's origin, so that this page can write into it; that nothing in it runs is what
 * makes that safe.
 */
function frame(html) {
  const node = el('iframe', {
    sandbox: 'allow-same-origin', src: '/assets/mail.html', title: 'The mail as HTML', referrerpolicy: 'no-referrer',
  });
  node.addEventListener('load', () => {
    const inside = node.contentDocument;
    inside.body.replaceChildren(inside.createRange().createContextualFragment(html));
  }, { once: true });
  return node;
}

function headerList(headers) {
  const list = el('dl');
  headers.forEach((header) => list.append(el('dt', {}, header.name), el('dd', {}, header.value)));
  return list;
}

/** Shows a mail under tabs; the source is asked for when its tab is opened. */
export function mailView(mail, loadSource) {
  const panel = el('div', { role: 'tabpanel', id: 'mail-panel', tabindex: '0' });
  const views = {
    HTML: () => (mail.html ? frame(mail.html) : el('p', { class: 'soft' }, 'This mail has no HTML part.')),
    Text: () => (mail.text ? el('pre', {}, mail.text) : el('p', { class: 'soft' }, 'This mail has no text part.')),
    Source: () => {
      const pre = el('pre', {}, 'Loading…');
      loadSource().then((text) => { pre.textContent = text; }, (error) => { pre.textContent = error.message; });
      return pre;
    },
    Headers: () => headerList(mail.headers),
  };
  const names = Object.keys(views);
  const tabs = names.map((name) => el('button', {
    role: 'tab', type: 'button', 'aria-controls': 'mail-panel', onclick: () => choose(name),
  }, name));
  function choose(name, focus) {
    tabs.forEach((tab, i) => {
      const chosen = names[i] === name;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen && focus) tab.focus();
    });
    panel.setAttribute('aria-label', name);
    panel.replaceChildren(views[name]());
  }
  const list = el('div', {
    role: 'tablist',
    'aria-label': 'Parts of the mail',
    onkeydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const at = tabs.findIndex((tab) => tab.tabIndex === 0);
      choose(names[(at + step + names.length) % names.length], true);
    },
  }, ...tabs);
  choose(mail.html ? 'HTML' : 'Text');
  const m = mail.message;
  return [
    el('h3', {}, m.subject || '(no subject)'),
    el('p', { class: 'soft' }, `${m.from || m.envelope_sender} → ${m.to || m.recipients.join(', ')}`),
    list,
    panel,
  ];
}
