// SPDX-License-Identifier: Apache-2.0
import { el } from './dom.js';

/** Shows what waits, how fast it leaves and what failed. Others' words become text, never HTML. */
export const queue = (() => {
  const SVG = 'http://www.w3.org/2000/svg';
  const COUNTED = 10000;
  const KINDS = [['accepted', 'accepted'], ['deferred', 'deferred'], ['failed', 'failed'], ['in_doubt', 'in doubt']];
  let addresses = new Map();
  let askedAt = 0;
  let job = null;

  const place = (id) => document.getElementById(id);
  const count = (n) => (n >= COUNTED ? `${COUNTED}+` : String(n));
  const mailbox = (id) => addresses.get(id) || id;
  const when = (text) => (text ? new Date(text).toLocaleTimeString() : '');

  function shape(name, attributes, ...children) {
    const node = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, String(value)));
    node.append(...children);
    return node;
  }

  /** Stacked bars, one for each point of time, the newest at the right. */
  function graph(points) {
    const width = 10 * points.length;
    const height = 60;
    const sum = (point) => KINDS.reduce((all, [kind]) => all + point.outcomes[kind], 0);
    const most = Math.max(1, ...points.map(sum));
    const bars = [];
    points.forEach((point, i) => {
      let top = height;
      KINDS.forEach(([kind]) => {
        const size = (height * point.outcomes[kind]) / most;
        top -= size;
        if (size > 0) bars.push(shape('rect', { class: kind, x: 10 * i + 1, y: top, width: 8, height: size }));
      });
    });
    const seconds = points.length > 1 ? (new Date(points[1].at) - new Date(points[0].at)) / 1000 : 10;
    const title = shape('title', {}, `At most ${most} outcomes in ${seconds} s`);
    return shape('svg', { class: 'graph', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img' }, title, ...bars);
  }

  function table(caption, heads, rows) {
    return el('table', {},
      el('caption', {}, caption),
      el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, head)))),
      el('tbody', {}, ...rows.map((cells) => el('tr', {}, ...cells.map((cell) => el('td', {}, cell))))));
  }

  function told(outcomes) {
    return [`${outcomes.per_minute}/min`, ...KINDS.map(([kind]) => String(outcomes[kind]))];
  }

  function showRates(rates) {
    const names = KINDS.map(([, name]) => name);
    const parts = [
      el('p', { class: 'figures' }, `${rates.total.per_second}/s · ${rates.total.per_minute}/min accepted over five minutes`),
      graph(rates.points),
      el('p', { class: 'key' }, ...KINDS.map(([kind, name]) => el('span', { class: kind }, name))),
    ];
    if (rates.mailboxes.length) {
      parts.push(table('By mailbox', ['mailbox', 'rate', ...names], rates.mailboxes.map((m) => [mailbox(m.mailbox_id), ...told(m.outcomes)])));
    }
    if (rates.domains.length) {
      const domain = (name) => (name === '*' ? 'all others' : name);
      parts.push(table('By recipient domain', ['domain', 'rate', ...names], rates.domains.map((d) => [domain(d.domain), ...told(d.outcomes)])));
    }
    place('rates').replaceChildren(...parts);
  }

  function showLanes(totals, lanes) {
    const figures = [
      `${count(totals.due)} due`, `${count(totals.transactional_due)} transactional`, `${count(totals.held)} held`,
      `${totals.lanes_held_back} of ${totals.lanes} lanes held back`, `${count(totals.in_doubt)} in doubt`,
    ];
    const rows = lanes.data.map((lane) => [
      mailbox(lane.mailbox_id), count(lane.due), count(lane.transactional_due), count(lane.held), String(lane.in_flight),
      `${lane.accepted_last_minute}/min`, when(lane.next_due_at), lane.held_back || (lane.owner ? 'at work' : ''),
    ]);
    const heads = ['mailbox', 'due', 'transactional', 'held', 'in flight', 'rate', 'next', 'why'];
    place('lanes').replaceChildren(
      el('p', { class: 'figures' }, figures.join(' · ')),
      rows.length ? table(lanes.next_cursor ? 'The first lanes' : 'Lanes', heads, rows) : el('p', { class: 'soft' }, 'Nothing waits.'));
  }

  function showDead(totals, reasons, call, failed) {
    const rows = reasons.data.map((reason) => [
      String(reason.count), [reason.code || '', reason.enhanced_code || ''].join(' ').trim() || 'none', reason.detail || '',
      el('button', { type: 'button', onclick: (event) => requeue(reason, event.currentTarget, call, failed) }, 'Requeue'),
    ]);
    place('dead').replaceChildren(
      el('h3', {}, `Dead letters: ${count(totals.dead_letters)}`),
      job ? el('p', { class: 'figures', role: 'status' }, job) : '',
      rows.length ? table('Why', ['how many', 'code', 'what was said', ''], rows) : el('p', { class: 'soft' }, 'None.'));
  }

  /** What stops all sending, or that of a domain; a button for each to end it, and one to stop all. */
  function showPauses(pauses, call, failed) {
    const parts = [];
    const until = (pause) => (pause.until ? `until ${new Date(pause.until).toLocaleString()}` : 'until somebody resumes it');
    const rows = pauses.data.map((pause) => [
      pause.scope === 'tenant' ? 'all sending' : pause.domain, pause.reason || pause.cause, when(pause.paused_at), until(pause),
      el('button', { type: 'button', onclick: (event) => change(event.currentTarget, `/api/v1/sending-pauses/${pause.id}/resume`, undefined, call, failed) }, 'Resume'),
    ]);
    if (rows.length) parts.push(table('Paused', ['what', 'why', 'since', '', ''], rows));
    if (!pauses.data.some((pause) => pause.scope === 'tenant')) {
      parts.push(el('button', { type: 'button', onclick: (event) => stop(event.currentTarget, call, failed) }, 'Pause all sending'));
    }
    place('pauses').replaceChildren(...parts);
  }

  async function stop(button, call, failed) {
    if (!window.confirm('Stop all sending? What is queued waits until you resume.')) return;
    await change(button, '/api/v1/sending-pauses', { scope: 'tenant', reason: 'Paused on the page' }, call, failed);
  }

  async function change(button, path, body, call, failed) {
    button.disabled = true;
    try {
      await call(path, 'POST', body);
      showPauses(await call('/api/v1/sending-pauses'), call, failed);
    } catch (error) {
      button.disabled = false;
      failed(error);
    }
  }

  async function requeue(reason, button, call, failed) {
    if (!window.confirm('Send all messages with this reason again?')) return;
    button.disabled = true;
    try {
      // Empty for none: else those with another enhanced code would go along.
      const body = { code: reason.code, enhanced_code: reason.enhanced_code || '' };
      const begun = await call('/api/v1/dead-letters/requeue', 'POST', body);
      job = 'Going into the queue again…';
      await follow(begun.id, call);
    } catch (error) {
      job = null;
      failed(error);
    } finally {
      button.disabled = false;
    }
  }

  async function follow(id, call) {
    for (;;) {
      const now = await call(`/api/v1/jobs/${id}`);
      if (now.finished_at) {
        job = now.error || `${now.result.requeued || 0} are in the queue again`;
        return;
      }
      job = `${now.done} of ${now.total} looked at`;
      await new Promise((resolve) => { setTimeout(resolve, 1000); });
    }
  }

  async function names(call) {
    if (Date.now() - askedAt < 60000) return;
    askedAt = Date.now();
    const page = await call('/api/v1/mailboxes?limit=500');
    addresses = new Map(page.data.map((box) => [box.id, box.address]));
  }

  /** Asks for all of it and shows it; a key that may not see it sees no section. */
  async function show(call, failed) {
    try {
      await names(call);
      const [totals, lanes, rates, reasons, pauses] = await Promise.all([
        call('/api/v1/queue'), call('/api/v1/lanes?limit=50'), call('/api/v1/sending-rates?window=five_minutes&top=5'),
        call('/api/v1/dead-letters/reasons'), call('/api/v1/sending-pauses'),
      ]);
      showPauses(pauses, call, failed);
      showLanes(totals, lanes);
      showRates(rates);
      showDead(totals, reasons, call, failed);
      place('queue').hidden = false;
      place('queue').setAttribute('aria-busy', 'false');
    } catch (error) {
      if (error.status !== 403 && error.status !== 404 && error.status !== 503) throw error;
      place('queue').hidden = true;
    }
  }

  function forget() {
    addresses = new Map();
    askedAt = 0;
    job = null;
    ['pauses', 'lanes', 'rates', 'dead'].forEach((id) => place(id).replaceChildren());
    place('queue').hidden = true;
  }

  return { show, forget };
})();
