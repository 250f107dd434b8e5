// SPDX-License-Identifier: Apache-2.0

/*
 * Who is signed in. The access token is in this variable and nowhere else, so it is gone with the page; what keeps
 * somebody signed in is a cookie that no script can read. docs/security.md says what that does and does not keep off.
 */
let present = null;

const EARLY = 60 * 1000;

/** An answer that is none of success. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    const fields = (body.errors || []).map((e) => `${e.pointer} ${e.detail}`).join('; ');
    super([body.detail || `The server answered ${status}`, fields].filter(Boolean).join(' – '));
    this.status = status;
    this.code = body.code;
    this.retryAfter = retryAfter;
  }
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, cache: 'no-store', credentials: 'same-origin', redirect: 'error' });
  } catch {
    throw new Error('The server cannot be reached; trying again.');
  }
  const json = (response.headers.get('Content-Type') || '').includes('json');
  const content = response.status === 204 ? null : json ? await response.json() : await response.text();
  if (!response.ok) throw new Problem(response.status, json ? content : {}, Number(response.headers.get('Retry-After')) || 0);
  return content;
}

/** Asks the page's own door, which knows the cookie. */
async function door(path, method, body) {
  const answer = await send(path, {
    method,
    headers: { 'Rookery-Console': '1', 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (answer && answer.session) present = answer.session;
  return answer;
}

/** Two tabs share one cookie, and one that comes twice ends its session: one tab at a time. */
function alone(work) {
  return navigator.locks ? navigator.locks.request('rookery-session', work) : work();
}

export const current = () => present;

/** Returns a question for a code, or nothing where the password was enough. */
export async function signIn(email, password) {
  return (await door('/console/session', 'POST', { email, password })).challenge;
}

export const verify = (challenge, code) => door('/console/session/verify', 'POST', { challenge, code });

/** Goes on with the cookie of a former visit. */
export const resume = () => alone(() => door('/console/session/refresh', 'POST'));

export const enter = (tenant) => alone(() => door('/console/session/enter', 'POST', { tenant }));

export async function signOut() {
  present = null;
  await alone(() => door('/console/session', 'DELETE'));
}

export function forget() {
  present = null;
}

function over() {
  return !present || Date.parse(present.access_token_expires_at) - Date.now() < EARLY;
}

function token() {
  return alone(async () => {
    if (over()) await door('/console/session/refresh', 'POST');
    return present.access_token;
  });
}

/** Asks the API as whoever is signed in. */
export async function call(path, method = 'GET', body = undefined) {
  const headers = { Authorization: `Bearer ${over() ? await token() : present.access_token}` };
  if (method === 'POST') headers['Idempotency-Key'] = `"${crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2)}"`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  return send(path, { method, headers, body: body && JSON.stringify(body) });
}
