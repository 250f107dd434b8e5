// SPDX-License-Identifier: Apache-2.0
import { $, el, notice } from './dom.js';
import { call, current, enter } from './session.js';

const when = (text) => new Date(text).toLocaleString();

/** Shows who is signed in, and where; somebody who belongs to several tenants may choose. */
export function showPerson(me, changed) {
  $('person').textContent = `${me.person ? me.person.name : ''} (${current().role})`;
  const marks = [me.tenant.name, me.tenant.status === 'suspended' ? 'suspended' : ''].filter(Boolean).join(' · ');
  $('who').textContent = marks;
  const tenants = current().tenants;
  $('tenants').hidden = tenants.length < 2;
  $('tenant').replaceChildren(...tenants.map((t) => el('option', {
    value: t.tenant_id, selected: t.tenant_id === current().tenant_id,
  }, t.name)));
  $('tenant').onchange = async (event) => {
    event.target.disabled = true;
    try {
      await enter(event.target.value);
      await changed();
    } catch (error) {
      notice(error.message);
    } finally {
      event.target.disabled = false;
    }
  };
}

async function end(session, failed) {
  try {
    await call(`/api/v1/sessions/${session.id}`, 'DELETE');
    await showSessions(failed);
  } catch (error) {
    failed(error);
  }
}

function line(session, failed) {
  const button = session.current
    ? el('span', { class: 'soft' }, 'this one')
    : el('button', { type: 'button', class: 'danger', 'aria-label': `End the session from ${session.address || 'an unknown address'}`, onclick: () => end(session, failed) }, 'End');
  return el('tr', {}, el('td', {}, session.client || 'unknown'), el('td', {}, session.address || 'unknown'),
    el('td', {}, when(session.created_at)), el('td', {}, when(session.seen_at)), el('td', {}, button));
}

/** Shows one's own sessions, which one may end. */
export async function showSessions(failed) {
  const { data } = await call('/api/v1/sessions');
  const head = ['Program', 'Address', 'Since', 'Last seen', ''].map((text) => el('th', { scope: 'col' }, text));
  $('sessions').replaceChildren(el('table', {}, el('thead', {}, el('tr', {}, ...head)),
    el('tbody', {}, ...data.map((session) => line(session, failed)))));
}

/** Offers to join to whoever came by the link of an invitation; its token leaves the address at once. */
export async function showInvitation(failed) {
  const [, token] = /^#invitation=(rky_invitation_[\w-]+)$/.exec(location.hash) || [];
  if (!token) return;
  history.replaceState(null, '', location.pathname);
  const join = async (event) => {
    event.target.disabled = true;
    try {
      const member = await call('/api/v1/invitations/join', 'POST', { token });
      $('invitation').replaceChildren(el('p', { role: 'status' }, `You have joined as ${member.role}. Sign in again to choose the tenant.`));
    } catch (error) {
      event.target.disabled = false;
      failed(error);
    }
  };
  $('invitation').hidden = false;
  $('invitation').replaceChildren(el('h2', {}, 'Invitation'), el('p', {}, 'You are invited to another tenant.'),
    el('button', { type: 'button', class: 'primary', onclick: join }, 'Join'));
}

/** Has the sessions shown whenever somebody opens their place. */
export function start(failed) {
  $('account').addEventListener('toggle', () => {
    if ($('account').open) showSessions(failed).catch(failed);
  });
}
