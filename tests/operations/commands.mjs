// The command line: what it says, what it refuses, and its exit codes.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from '../world.mjs';
import { both, sqlite } from './place.mjs';

// What was said to the operator, beside the log: one line.
function sentence(text) {
  const said = text.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  assert.equal(said.length, 1, `one sentence, not: ${said.join('\n')}`);
  return said[0];
}

async function helpExplains(place) {
  const commands = async (words) => {
    const { code, out } = await place.run(...words, '--help');
    assert.equal(code, 0, words.join(' '));
    assert.match(out, /Usage: linli/);
    const list = out.split('Subcommands:\n')[1] ?? '';
    for (const [, name] of list.matchAll(/^ {2}(\w+)/gm)) await commands([...words, name]);
    return list;
  };
  assert.match(await commands([]), /serve[^]*backup[^]*key/);
}

async function wrongUsage(place) {
  for (const [words, said] of [
    [['surve'], /surve/],
    [['user', 'remove'], /remove/],
    [['serve', '--bogus'], /--bogus/],
    [['serve', '--port', '99999'], /--port/],
    [['serve', '--workers', '0'], /--workers/],
    [['user', 'create'], /--name/],
  ]) {
    const { code, out, err } = await place.run(...words);
    assert.equal(code, 2, words.join(' '));
    assert.equal(out, '');
    assert.match(err.split('\n')[0], said);
  }
}

async function portInUse(place) {
  const world = await place.made('operator');
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address();
  const { code, err } = await world.run('serve', '--port', String(port));
  other.close();
  assert.equal(code, 1);
  assert.match(sentence(err), new RegExp(`Port ${port} is in use`));
}

async function noDataFolder(place) {
  writeFileSync(place.path('file'), '');
  for (const [words, said] of [
    [['serve', '--data', place.path('nowhere')], /There is no installation/],
    [['doctor', '--data', place.path('nowhere')], /There is no installation/],
    [['backup', place.path('copy'), '--data', place.path('nowhere')], /There is no installation/],
    [['import', 'divisions', 'tests/data/divisions', '--region', '620802', '--create', '--data', place.path('file/data')], /Cannot write/],
    [['import', 'divisions', place.path('nowhere'), '--region', '620802', '--create', '--data', place.path('data')], /nowhere/],
  ]) {
    const { code, err } = await place.run(...words);
    assert.equal(code, 1, words.join(' '));
    assert.match(sentence(err), said);
  }
}

async function brokenPack(place) {
  const world = await place.made('operator');
  const packs = place.path('packs');
  cpSync(join(root, 'packs'), packs, { recursive: true });
  const file = join(packs, 'base/registers/person.yaml');
  const text = readFileSync(file, 'utf8');
  const line = text.split('\n').findIndex((each) => each.startsWith('title:')) + 1;
  writeFileSync(file, text.replace('\ntitle:', '\ntitel:'));
  const { code, err } = await world.run('serve', '--port', '0', '--packs', packs);
  assert.equal(code, 1);
  assert.ok(err.includes(`base/registers/person.yaml:${line}: unknown key \`titel\``), err);
}

async function packCheck(place) {
  const folder = 'tests/packs/broken';
  for (const pack of readdirSync(join(root, folder))) {
    const expected = readFileSync(join(root, folder, pack, 'expected.txt'), 'utf8').trim().split('\n');
    const { code, out } = await place.run('pack', 'check', folder, '--use', pack);
    assert.equal(code, 1, pack);
    for (const line of expected) assert.ok(out.includes(`${folder}/${line}`), `${pack}: ${line}\n${out}`);
  }
  const right = await place.run('pack', 'check');
  assert.equal(right.code, 0, right.out);
  assert.match(right.out, /[1-9]\d* examples hold/);
}

async function packExamples(place) {
  const packs = place.path('packs');
  cpSync(join(root, 'tests/packs/sample'), packs, { recursive: true });
  mkdirSync(join(packs, 'sample/tests'), { recursive: true });
  writeFileSync(join(packs, 'sample/tests/wrong.yaml'), 'example: no such figure\nexpect:\n  - {figure: nothing.1, at: "620802001", value: 80}\n');
  const { code, out } = await place.run('pack', 'check', packs);
  assert.equal(code, 1, out);
  assert.match(out, /sample\/tests\/wrong\.yaml:3: /);
}

async function endsWell(place) {
  const world = await place.served('worker');
  const session = await world.session('worker');
  const streamed = await fetch(`${world.url}/events?topic=notices`, { headers: session });
  const asked = Array.from({ length: 20 }, () => world.call('worker', 'GET', '/api/v1/cases/kinds'));
  await asked[0];
  world.server.kill('SIGTERM');
  const answers = await Promise.allSettled(asked);
  const begun = answers.filter(({ status }) => status === 'fulfilled');
  assert.ok(begun.every(({ value }) => value.status === 200), 'a request that had begun was not answered');
  assert.equal(await world.ended, 0, world.log);
  await streamed.text().catch(() => {});
}

export const scenarios = [
  { name: 'every command explains itself', engines: sqlite, test: helpExplains },
  { name: 'wrong usage is one clear line and exit code 2', engines: sqlite, test: wrongUsage },
  { name: 'a port in use is said', engines: sqlite, test: portInUse },
  { name: 'a data folder that is missing or cannot be written is said', engines: sqlite, test: noDataFolder },
  { name: 'a broken pack does not start, and its file and line are named', engines: sqlite, test: brokenPack },
  { name: 'pack check says what is wrong in every broken pack', engines: sqlite, test: packCheck },
  { name: 'pack check runs the examples of packs', engines: sqlite, test: packExamples },
  { name: 'SIGTERM lets requests end and exits 0', engines: both, test: endsWell },
];
