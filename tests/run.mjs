// Runs the API and scenario tests: text files that a domain expert can read and write.
//
//   # What the next exchange shows.
//   POST /api/v1/cases as resident 13900000001
//   {"kind": "resident_request", "place": "{village}"}
//   201
//   {"stage": "received"}
//   case = id
//
// An exchange is a request line (`as NAME` signs in as a user of world.json, `as resident PHONE` by
// one-time code, nothing is anonymous; `eventually` asks again until the answer fits, at most 10 s;
// `header NAME: VALUE` lines may follow), an optional body (`base64 …` for bytes that are no text),
// the expected status, what the answer must contain, and names kept for later as {name}. Expected objects may leave members out; arrays
// must fit item by item, unless they end in "…"; "<any>" fits everything that is there; a line that
// starts with ~ must occur in the text of the answer, !~ must not.
//
// usage: node tests/run.mjs --linli PROGRAM [--postgres URI] [FILE…]
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { randomUUID } from 'node:crypto';
import { World, root } from './world.mjs';

const METHOD = /^(GET|POST|PUT|PATCH|DELETE|HEAD) (\S+)(.*)$/;

function options() {
  const result = { files: [] };
  const words = process.argv.slice(2);
  while (words.length > 0) {
    const word = words.shift();
    if (word === '--linli') result.linli = words.shift();
    else if (word === '--postgres') result.postgres = words.shift();
    else result.files.push(word);
  }
  return result;
}

function filesUnder(folder) {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesUnder(path) : [path]))
    .filter((path) => path.endsWith('.http'))
    .sort();
}

// The exchanges of a file, each with the line it starts on.
function parse(text) {
  const exchanges = [];
  let current = null;
  text.split('\n').forEach((raw, index) => {
    const line = raw.trimEnd();
    if (line.startsWith('#')) return;
    const request = METHOD.exec(line);
    if (request) {
      current = { line: index + 1, method: request[1], path: request[2], rest: request[3].trim(), headers: {}, body: '', expected: '', contains: [], lacks: [], keep: [] };
      exchanges.push(current);
    } else if (current === null || line === '') {
      return;
    } else if (current.status === undefined && line.startsWith('header ')) {
      const [name, ...value] = line.slice(7).split(': ');
      current.headers[name.toLowerCase()] = value.join(': ');
    } else if (current.status === undefined && /^\d{3}$/.test(line)) {
      current.status = Number(line);
    } else if (current.status === undefined) {
      current.body += line + '\n';
    } else if (line.startsWith('!~ ')) {
      current.lacks.push(line.slice(3));
    } else if (line.startsWith('~ ')) {
      current.contains.push(line.slice(2));
    } else if (/^\w+ = \S+$/.test(line)) {
      current.keep.push(line.split(' = '));
    } else {
      current.expected += line + '\n';
    }
  });
  return exchanges;
}

function valueAt(tree, path) {
  return path.split('.').reduce((node, key) => node?.[key], tree);
}

// What differs, as a list of sentences.
function differences(expected, actual, where = '') {
  if (expected === '<any>') return actual === undefined ? [`${where} is not there`] : [];
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${where} is no array: ${JSON.stringify(actual)}`];
    const open = expected.at(-1) === '…';
    const items = open ? expected.slice(0, -1) : expected;
    if (!open && items.length !== actual.length) return [`${where} has ${actual.length} items, expected ${items.length}: ${JSON.stringify(actual)}`];
    return items.flatMap((item, index) => differences(item, actual[index], `${where}/${index}`));
  }
  if (expected !== null && typeof expected === 'object') {
    if (actual === null || typeof actual !== 'object') return [`${where} is ${JSON.stringify(actual)}`];
    return Object.entries(expected).flatMap(([key, value]) => differences(value, actual[key], `${where}/${key}`));
  }
  return Object.is(expected, actual) ? [] : [`${where} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`];
}

async function ask(world, exchange, fill) {
  const who = /\bas (resident \S+|\S+)/.exec(exchange.rest)?.[1];
  const headers = { ...(who ? await world.session(who) : {}) };
  for (const [name, value] of Object.entries(exchange.headers)) headers[name] = fill(value);
  const bytes = /^base64 (\S+)\n$/.exec(exchange.body)?.[1];
  const body = bytes ? Buffer.from(bytes, 'base64') : exchange.body ? fill(exchange.body) : undefined;
  if (body !== undefined && !headers['content-type']) headers['content-type'] = 'application/json';
  const answer = await fetch(world.url + encodeURI(fill(exchange.path)), { method: exchange.method, headers, body, redirect: 'manual' });
  return { status: answer.status, text: await answer.text() };
}

function judge(exchange, answer, fill) {
  const wrong = [];
  if (answer.status !== exchange.status) wrong.push(`status ${answer.status}, expected ${exchange.status}`);
  const text = answer.text;
  let tree;
  try {
    tree = JSON.parse(text);
  } catch {
    tree = undefined;
  }
  if (wrong.length === 0 && exchange.expected) wrong.push(...differences(JSON.parse(fill(exchange.expected)), tree));
  for (const line of exchange.contains) if (!text.includes(fill(line))) wrong.push(`does not contain: ${fill(line)}`);
  for (const line of exchange.lacks) if (text.includes(fill(line))) wrong.push(`contains: ${fill(line)}`);
  return { wrong, tree };
}

// Names for now: {month} 2025-03, {today} 2025-03-01, in the platform's zone (UTC+8).
function moment() {
  const today = new Date(Date.now() + 8 * 3600 * 1000).toISOString();
  return { month: today.slice(0, 7), today: today.slice(0, 10) };
}

async function runFile(world, file) {
  const names = { ...world.facts.names, ...moment() };
  const fill = (text) =>
    text.replace(/\{(\w+)\}/g, (hole, name) => {
      if (name.startsWith('uuid') && !(name in names)) names[name] = randomUUID();
      return name in names ? names[name] : hole;
    });
  let count = 0;
  for (const exchange of parse(readFileSync(file, 'utf8'))) {
    const deadline = Date.now() + (exchange.rest.includes('eventually') ? 10_000 : 0);
    let verdict;
    let answer;
    do {
      answer = await ask(world, exchange, fill);
      verdict = judge(exchange, answer, fill);
    } while (verdict.wrong.length > 0 && Date.now() < deadline);
    if (verdict.wrong.length > 0) {
      throw new Error(`${relative(root, file)}:${exchange.line}: ${exchange.method} ${fill(exchange.path)}\n  ${verdict.wrong.join('\n  ')}\n  answer: ${answer.text.slice(0, 2000)}`);
    }
    for (const [name, path] of exchange.keep) names[name] = valueAt(verdict.tree, path);
    count += 1;
  }
  return count;
}

const chosen = options();
const files = chosen.files.length > 0 ? chosen.files : [...filesUnder(join(root, 'tests/api')), ...filesUnder(join(root, 'tests/scenario'))];
const engine = chosen.postgres ? 'postgres' : 'sqlite';
const world = new World(chosen.linli, chosen.postgres);
let passed = 0;
let failed = 0;
await world.start();
for (const file of files) {
  try {
    const count = await runFile(world, file);
    console.log(`ok   ${engine} ${relative(root, file)} (${count} exchanges)`);
    passed += 1;
  } catch (error) {
    console.log(`FAIL ${engine} ${error.message}`);
    failed += 1;
  }
}
await world.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
