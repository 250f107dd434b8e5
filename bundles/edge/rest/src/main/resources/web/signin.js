// SPDX-License-Identifier: Apache-2.0
import { $, notice } from './dom.js';
import { signIn, verify } from './session.js';

let challenge = null;

/** Shows the form for address and password, empty. */
export function ask() {
  challenge = null;
  $('enter-form').reset();
  $('code-form').reset();
  $('enter').hidden = false;
  $('enter-form').hidden = false;
  $('code-form').hidden = true;
  $('email').focus();
}

function askCode(given) {
  challenge = given.token;
  $('password').value = '';
  $('enter-form').hidden = true;
  $('code-form').hidden = false;
  $('code').focus();
}

/** What the server says of a refusal is the same whether there is such an account or not. */
function refused(error) {
  notice(error.status === 429 && error.retryAfter
    ? `${error.message}. Try again in ${Math.ceil(error.retryAfter / 60)} min.`
    : error.message);
}

async function submit(event, work) {
  event.preventDefault();
  const button = event.submitter || event.target.querySelector('button');
  button.disabled = true;
  try {
    await work();
  } catch (error) {
    refused(error);
    if (error.status === 401) event.target.querySelector('input:last-of-type').select();
  } finally {
    button.disabled = false;
  }
}

/** Has the forms sign people in; what to do then is given. */
export function start(signedIn) {
  $('enter-form').addEventListener('submit', (event) => submit(event, async () => {
    const asked = await signIn($('email').value.trim(), $('password').value);
    notice('');
    if (asked) {
      askCode(asked);
    } else {
      $('enter-form').reset();
      await signedIn();
    }
  }));
  $('code-form').addEventListener('submit', (event) => submit(event, async () => {
    await verify(challenge, $('code').value.trim());
    challenge = null;
    $('code-form').reset();
    notice('');
    await signedIn();
  }));
  $('back').addEventListener('click', () => { notice(''); ask(); });
}
