// SPDX-License-Identifier: Apache-2.0
import { $, el, notice } from './dom.js';
import * as account from './account.js';
import { mailView } from './mail.js';
import { queue } from './queue.js';
import * as session from './session.js';
import * as signin from './signin.js';

const { call } = session;
const nodes = new Map();
let timer = null;
let newest = null;
let older = null;
let shown = null;
let ticks = 0;

function failed(error) {
  if (error.status === 401) {
    leave();
    notice('You are signed out.');
  } else {
    notice(error.message);
  }
}

function clear() {
  clearTimeout(timer);
  nodes.clear();
  queue.forget();
  newest = older = shown = null;
  $('campaigns').replaceChildren();
  $('mails').replaceChildren();
  $('sessions').replaceChildren();
  $('account').open = false;
  $('mail').replaceChildren(el('p', { class: 'soft' }, 'Choose a mail to read it.'));
}

function leave() {
  session.forget();
  clear();
  $('who').textContent = $('person').textContent = '';
  $('signed-in').hidden = $('work').hidden = true;
  signin.ask();
}

async function enter() {
  try {
    const me = await call('/api/v1/me');
    clear();
    account.showPerson(me, enter);
    $('enter').hidden = true;
    $('work').hidden = $('signed-in').hidden = false;
    notice('');
    $('main').focus();
    await account.showInvitation(failed);
    tick();
  } catch (error) {
    failed(error);
  }
}

/** Somebody who was here before is signed in by the cookie; everybody else is asked. */
async function begin() {
  try {
    await session.resume();
  } catch (error) {
    leave();
    notice(error.status === 401 ? '' : error.message);
    return;
  }
  await enter();
}

async function signOut() {
  try {
    await session.signOut();
    notice('');
  } catch (error) {
    notice(error.message);
  }
  leave();
}

async function tick() {
  clearTimeout(timer);
  let wait = 1000;
  if (!document.hidden) {
    try {
      await showCampaigns();
      if (ticks % 5 === 0) await queue.show(call, failed);
      if (ticks++ % 3 === 0) await refreshMails();
      notice('');
    } catch (error) {
      failed(error);
      wait = Math.max(5, error.retryAfter || 0) * 1000;
    }
  }
  if (session.current()) timer = setTimeout(tick, wait);
}

const ACTIONS = {
  draft: [['start', 'Start']],
  scheduled: [['cancel', 'Cancel']],
  running: [['pause', 'Pause'], ['cancel', 'Cancel']],
  paused: [['resume', 'Resume'], ['cancel', 'Cancel']],
};

async function showCampaigns() {
  const { data } = await call('/api/v1/campaigns?limit=50');
  $('campaigns').setAttribute('aria-busy', 'false');
  if (data.length === 0) {
    nodes.clear();
    $('campaigns').replaceChildren(el('p', { class: 'soft' }, 'No campaigns yet. Make one with POST /api/v1/campaigns.'));
    return;
  }
  const list = await Promise.all(data.map(showCampaign));
  if (list.length !== $('campaigns').children.length || list.some((node, i) => node !== $('campaigns').children[i])) {
    $('campaigns').replaceChildren(...list);
  }
}

async function showCampaign(campaign) {
  let entry = nodes.get(campaign.id);
  const version = `${campaign.version} ${campaign.state}`;
  const moving = ['running', 'paused'].includes(campaign.state);
  if (entry && entry.version === version && !moving) return entry.node;
  const progress = campaign.state === 'draft' ? null : await call(`/api/v1/campaigns/${campaign.id}/progress`);
  if (!entry || entry.version !== version) {
    entry = { version, ...campaignNode(campaign, entry && entry.node) };
    nodes.set(campaign.id, entry);
  }
  if (progress) showProgress(entry, progress);
  return entry.node;
}

function campaignNode(campaign, present) {
  const actions = (ACTIONS[campaign.state] || []).map(([verb, label]) => el('button', {
    type: 'button',
    class: verb === 'cancel' ? 'danger' : verb === 'pause' ? '' : 'primary',
    'aria-label': `${label} ${campaign.name}`,
    onclick: (event) => act(campaign, verb, event.currentTarget),
  }, label));
  const bar = el('progress', { max: '1', value: '0', 'aria-label': `Progress of ${campaign.name}`, hidden: campaign.state === 'draft' });
  const figures = el('p', { class: 'figures' }, campaign.state === 'draft' ? 'Not started' : '');
  const title = el('h3', {}, campaign.name, el('span', { class: `state ${campaign.state}` }, campaign.state), campaign.mode === 'test' ? el('span', { class: 'state' }, 'test') : null);
  const node = present || el('article', { class: 'campaign' });
  node.replaceChildren(title, el('div', { class: 'actions' }, ...actions), bar, figures);
  return { node, bar, figures };
}

function showProgress(entry, p) {
  const finished = p.planned - p.waiting;
  entry.bar.max = Math.max(1, p.planned);
  entry.bar.value = Math.max(0, finished);
  const parts = [`${p.sent} of ${p.planned} sent`];
  [['waiting', p.waiting], ['failed', p.failed], ['suppressed', p.suppressed], ['in doubt', p.in_doubt], ['cancelled', p.cancelled]]
    .forEach(([name, count]) => { if (count > 0) parts.push(`${count} ${name}`); });
  if (p.planning) parts.push('choosing contacts…');
  entry.figures.textContent = parts.join(' · ');
}

async function act(campaign, verb, button) {
  if (verb === 'cancel' && !window.confirm(`End “${campaign.name}” for good? What is not sent will not be sent.`)) return;
  button.disabled = true;
  try {
    await call(`/api/v1/campaigns/${campaign.id}/${verb}`, 'POST');
    notice('');
    await showCampaigns();
  } catch (error) {
    failed(error);
  } finally {
    button.disabled = false;
  }
}

async function refreshMails() {
  let page;
  try {
    page = await call('/api/v1/sandbox-messages?limit=20');
  } catch (error) {
    if (error.status !== 503 && error.status !== 403 && error.status !== 404) throw error;
    $('mails').setAttribute('aria-busy', 'false');
    $('mails').replaceChildren(el('p', { class: 'soft' }, error.message));
    return;
  }
  const first = page.data.length ? page.data[0].id : '';
  if (first === newest) return;
  newest = first;
  older = page.next_cursor;
  $('clear').hidden = page.data.length === 0;
  $('more').hidden = !older;
  $('mails').setAttribute('aria-busy', 'false');
  $('mails').replaceChildren(page.data.length
    ? el('ul', {}, ...page.data.map(mailItem))
    : el('p', { class: 'soft' }, 'No mail caught yet. What the sandbox backend gets appears here.'));
}

function mailItem(mail) {
  return el('li', {}, el('button', {
    type: 'button', 'data-id': mail.id, 'aria-current': String(mail.id === shown), onclick: () => read(mail.id),
  },
  el('span', {}, mail.subject || '(no subject)'),
  el('span', { class: 'soft' }, mail.to || mail.recipients.join(', ')),
  el('span', { class: 'soft' }, new Date(mail.caught_at).toLocaleString())));
}

async function read(id) {
  try {
    const mail = await call(`/api/v1/sandbox-messages/${id}`);
    shown = id;
    document.querySelectorAll('#mails [data-id]').forEach((b) => b.setAttribute('aria-current', String(b.dataset.id === id)));
    $('mail').replaceChildren(...mailView(mail, () => call(`/api/v1/sandbox-messages/${id}/source`)));
  } catch (error) {
    failed(error);
  }
}

async function showOlder() {
  try {
    const page = await call(`/api/v1/sandbox-messages?limit=20&cursor=${encodeURIComponent(older)}`);
    document.querySelector('#mails ul').append(...page.data.map(mailItem));
    older = page.next_cursor;
    $('more').hidden = !older;
  } catch (error) {
    failed(error);
  }
}

async function clearMails() {
  if (!window.confirm('Remove all caught mails?')) return;
  try {
    await call('/api/v1/sandbox-messages', 'DELETE');
    newest = shown = null;
    $('mail').replaceChildren(el('p', { class: 'soft' }, 'Choose a mail to read it.'));
    await refreshMails();
  } catch (error) {
    failed(error);
  }
}

signin.start(enter);
account.start(failed);
$('leave').addEventListener('click', signOut);
$('more').addEventListener('click', showOlder);
$('clear').addEventListener('click', clearMails);
document.addEventListener('visibilitychange', () => { if (!document.hidden && session.current()) tick(); });
begin();
