# SPDX-License-Identifier: Apache-2.0
"""Gives schemathesis requests that an owner could make, and counts what is answered.

Random ids name nothing, so that most of a run would end as 404. The harness therefore serves
prepared requests; a part of the cases takes over the ids of one, another part all of it, the more
the rarer an operation has succeeded so far. What is invalid on purpose stays as it was made, unless
the very same request has been made before, or hardly any other request of its operation is made.
"""

import ast
import collections
import json
import os
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid

import schemathesis

SUPPLIER = os.environ["ROOKERY_FUZZ_SUPPLIER"]
BEARER = "Bearer " + os.environ["ROOKERY_FUZZ_KEY"]
TALLY = os.environ["ROOKERY_FUZZ_TALLY"]
# Ids of what has to outlive the run: the key, its tenant, and what prepared requests build on.
SPARED = set(os.environ["ROOKERY_FUZZ_SPARED"].split(","))
WANTED = 0.4
COMMON = 0.7
# Below this share of successes every third request that is invalid on purpose makes room, too.
RARE = 0.25

_lock = threading.Lock()
_parsing = threading.RLock()
_made = set()
_sent = collections.Counter()
_succeeded = collections.Counter()
_unsupplied = collections.Counter()
_tally = open(TALLY, "a", encoding="utf-8", buffering=1)


def _one_at_a_time(parse):
    def parsing(*arguments, **keywords):
        with _parsing:
            return parse(*arguments, **keywords)

    return parsing


# Threads that build syntax trees at once disturb each other up to Python 3.11.7: a SystemError,
# "AST constructor recursion depth mismatch" (python/cpython#106905).
ast.parse = _one_at_a_time(ast.parse)


def _prepared(label):
    """Returns a request of the operation, or None where the harness has none."""
    if _unsupplied[label] > 9:
        return None
    address = SUPPLIER + "?" + urllib.parse.urlencode({"operation": label})
    try:
        with urllib.request.urlopen(address, timeout=120) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as e:
        print(label, e.read(), file=sys.stderr)
        _unsupplied[label] += 1
    except OSError as e:
        print(label, e, file=sys.stderr)
    return None


def _share(label):
    return _succeeded[label] / _sent[label] if _sent[label] else 0.0


def _take(case, prepared, whole):
    bearer = prepared["headers"].get("Authorization")
    if bearer is not None:
        case.headers["Authorization"] = bearer
    if prepared["path"]:
        case.path_parameters = dict(prepared["path"])
    if not whole:
        return
    case.headers = {"Authorization": BEARER, **prepared["headers"]}
    case.query = dict(prepared["query"])
    if prepared["body"] is not None:
        case.body = prepared["body"]
        case.media_type = prepared["type"]


def _single(case):
    """Of a list that a link handed on, a path takes one member."""
    for name, value in dict(case.path_parameters or {}).items():
        if isinstance(value, list) and value and _valid(case):
            case.path_parameters = {**case.path_parameters, name: value[0]}


def _spare(case):
    """Keeps what a case was led to by answers from ending what the run itself needs."""
    if case.method.upper() == "GET":
        return
    for name, value in dict(case.path_parameters or {}).items():
        if str(value).lower() in SPARED:
            case.path_parameters = {**case.path_parameters, name: str(uuid.uuid4())}


def _probe(case):
    return case.method.upper() != case.operation.method.upper()


def _again(case):
    """Whether a request has been made before, word for word, so that it could tell nothing new."""
    made = repr(
        (
            case.operation.label,
            case.path_parameters,
            case.query,
            case.headers,
            case.cookies,
            case.body,
            case.media_type,
        )
    )
    with _lock:
        known = made in _made
        _made.add(made)
    return known


def _valid(case):
    return case.meta is None or case.meta.generation.mode.is_positive


def _resume(response):
    """Ends a pause at once: while nothing is sent, nothing that mail is needed for succeeds."""
    address = response.request.url.split("?")[0] + "/" + response.json()["id"] + "/resume"
    headers = {
        "Authorization": response.request.headers["Authorization"],
        "Content-Type": "application/json",
    }
    request = urllib.request.Request(address, data=b"", headers=headers, method="POST")
    urllib.request.urlopen(request, timeout=60).close()


@schemathesis.hook
def before_call(context, case, kwargs):
    label = case.operation.label
    again = _again(case)
    _single(case)
    _spare(case)
    case.headers = {**(case.headers or {}), "Authorization": BEARER}
    share = _share(label)
    rare = share < RARE and _sent[label] % 3 == 2
    if not _probe(case) and (again or rare or _valid(case)):
        if share < COMMON:
            prepared = _prepared(label)
            if prepared is not None:
                _take(case, prepared, again or rare or share < WANTED)


@schemathesis.hook
def after_call(context, case, response):
    label = case.operation.label
    with _lock:
        _tally.write(f"{response.status_code} {case.method if _probe(case) else ''}\t{label}\n")
        if not _probe(case):
            _sent[label] += 1
            _succeeded[label] += response.status_code < 400
    if label == "POST /api/v1/sending-pauses" and response.status_code < 300 and not _probe(case):
        _resume(response)
