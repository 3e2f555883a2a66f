// The command line: what it says, what it refuses, and its exit codes.
import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root, run } from '../world.mjs';
import { both, refused, sqlite } from './place.mjs';

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

// Every command and option has its words in Chinese: none shows the key of a text or English.
async function helpSpeaksChinese(place) {
  const commands = async (words) => {
    const { code, out } = await run(place.linli, [...words, '--help'], 'zh');
    assert.equal(code, 0, words.join(' '));
    for (const line of out.replace(/\n {20,}/g, ' ').split('\n').filter((text) => text !== '')) {
      assert.match(line, /\p{Script=Han}/u, `${words.join(' ')}: ${line}`);
    }
    const list = out.split('命令:\n')[1] ?? '';
    for (const [, name] of list.matchAll(/^ {2}(\w+)/gm)) await commands([...words, name]);
  };
  await commands([]);
}

async function wrongUsage(place) {
  for (const [words, said] of [
    [['surve'], /surve/],
    [['user', 'remove'], /remove/],
    [['serve', '--bogus'], /--bogus/],
    [['serve', '--port', '99999'], /--port.*0–65535/],
    [['serve', '--workers', '0'], /--workers.*1–256/],
    [['user', 'create'], /--name/],
    [['demo', '--persons', '-5'], /--persons.*1–10000000/],
    [['demo', '--persons', 'many'], /--persons/],
    [['user'], /command|命令/],
  ]) {
    const { code, out, err } = await place.run(...words);
    assert.equal(code, 2, words.join(' '));
    assert.equal(out, '');
    assert.match(err.split('\n')[0], said);
    const chinese = await run(place.linli, words, 'zh');
    assert.match(chinese.err, said);
    for (const line of chinese.err.trim().split('\n')) assert.match(line, /\p{Script=Han}/u);
  }
}

async function portInUse(place) {
  const world = await place.made('operator');
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address();
  const answer = await world.run('serve', '--port', String(port));
  other.close();
  refused(answer, 'net.port_in_use');
  assert.match(sentence(answer.err), new RegExp(`Port ${port} is in use`));
  const elsewhere = await world.run('serve', '--port', '0', '--address', '192.0.2.1');
  refused(elsewhere, 'net.cannot_listen');
  assert.match(sentence(elsewhere.err), /Cannot listen/);
}

// A key that cannot be read is not replaced by a new one: what it sealed would be lost.
async function keyAway(place) {
  const world = await place.made('operator');
  const key = join(world.data, 'key');
  renameSync(key, place.path('key'));
  refused(await world.run('serve', '--port', '0'), 'key.missing');
  mkdirSync(key);
  refused(await world.run('serve', '--port', '0'), 'key.unreadable');
  rmdirSync(key);
  renameSync(place.path('key'), key);
  assert.match(await world.command('user', 'list'), /operator/);
}

// Files of places come from outside: what is none of them is said before anything is written.
async function notDivisions(place) {
  const folder = place.path('divisions');
  cpSync(join(root, 'tests/data/divisions'), folder, { recursive: true });
  writeFileSync(join(folder, 'cities.csv'), '代码,名称\n6208,平凉市\n');
  const answer = await place.run('import', 'divisions', folder, '--region', '620802', '--create', '--data', place.path('data'));
  refused(answer, 'import.bad_header');
  assert.match(sentence(answer.err), /cities\.csv must begin with code,name/);
}

async function demoOnNothing(place) {
  const demo = (...words) => place.run('demo', '--region', '620802', '--persons', '10', '--data', place.path('data'), ...words);
  const answer = await demo();
  refused(answer, 'demo.no_villages');
  assert.match(sentence(answer.err), /There is no village under 620802: import its places first/);
  const packs = place.path('packs');
  cpSync(join(root, 'packs'), packs, { recursive: true });
  writeFileSync(join(packs, 'demo/names.yaml'), 'surnames: [');
  const broken = await demo('--packs', packs);
  refused(broken, 'demo.bad_content');
  assert.match(sentence(broken.err), /demo\/names\.yaml/);
}

async function planOfNoPack(place) {
  refused(await place.run('plan', 'list', '--pack', place.path('nowhere')), 'pack.no_such_pack');
  const [first] = readdirSync(join(root, 'tests/packs/broken'));
  refused(await place.run('plan', 'list', '--pack', `tests/packs/broken/${first}`), 'pack.invalid');
}

async function noDataFolder(place) {
  writeFileSync(place.path('file'), '');
  const divisions = (from, data) => ['import', 'divisions', from, '--region', '620802', '--create', '--data', place.path(data)];
  for (const [words, code] of [
    [['serve', '--data', place.path('nowhere')], 'installation.missing'],
    [['doctor', '--data', place.path('nowhere')], 'installation.missing'],
    [['backup', place.path('copy'), '--data', place.path('nowhere')], 'installation.missing'],
    [divisions('tests/data/divisions', 'file/data'), 'installation.unwritable'],
    [divisions(place.path('nowhere'), 'data'), 'import.no_file'],
  ]) {
    const answer = await place.run(...words);
    refused(answer, code);
    sentence(answer.err);
  }
}

async function badSettings(place) {
  const world = await place.made('operator');
  const file = join(world.data, 'settings.json');
  const settings = JSON.parse(readFileSync(file, 'utf8'));
  const doctor = async (connections) => {
    writeFileSync(file, JSON.stringify({ ...settings, connections }));
    return world.run('doctor');
  };
  for (const connections of [-1, 1001]) {
    const answer = await doctor(connections);
    refused(answer, 'installation.bad_connections');
    sentence(answer.err);
  }
  assert.doesNotMatch((await doctor(6)).err, /installation/);
}

async function brokenPack(place) {
  const world = await place.made('operator');
  const packs = place.path('packs');
  cpSync(join(root, 'packs'), packs, { recursive: true });
  const file = join(packs, 'base/registers/person.yaml');
  const text = readFileSync(file, 'utf8');
  const line = text.split('\n').findIndex((each) => each.startsWith('title:')) + 1;
  writeFileSync(file, text.replace('\ntitle:', '\ntitel:'));
  const answer = await world.run('serve', '--port', '0', '--packs', packs);
  refused(answer, 'pack.invalid');
  assert.ok(answer.err.includes(`base/registers/person.yaml:${line}: unknown key \`titel\``), answer.err);
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

// The Chinese of an operator whose terminal is Chinese: the same lines of the same files.
async function packCheckInChinese(place) {
  const broken = 'tests/packs/broken';
  const { code, out } = await run(place.linli, ['pack', 'check', broken, '--use', 'unknown_key'], 'zh_CN.UTF-8');
  assert.equal(code, 1);
  assert.ok(out.includes('tests/packs/broken/unknown_key/pack.yaml:10: 没有 `lables` 这个键；是不是 `labels`？'), out);
  const listed = await run(place.linli, ['plan', 'list', '--pack', `${broken}/unknown_key`], 'zh_CN.UTF-8');
  assert.ok(listed.err.includes('没有 `lables` 这个键'), listed.err);
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

// From nothing to the indicators of a county that is in none of the shipped plans.
async function newPlan(place) {
  const packs = place.path('packs');
  cpSync(join(root, 'packs'), packs, { recursive: true });
  const made = await place.run('pack', 'new', 'lingtai', '--territory', '620822', '--from', '2026', '--to', '2030', '--packs', packs);
  assert.equal(made.code, 0, made.err);
  const checked = await place.run('pack', 'check', packs);
  assert.equal(checked.code, 0, checked.out);
  const listed = await place.run('plan', 'list', '--pack', join(packs, 'lingtai'), '--json');
  const [plan] = JSON.parse(listed.out).plans;
  assert.equal(plan.plan.territory, '620822');
  assert.deepEqual(plan.indicators.map(({ key }) => key), ['lingtai.1', 'lingtai.2']);
  assert.equal(plan.standards.length, 1);
  const again = await place.run('pack', 'new', 'lingtai', '--territory', '620822', '--packs', packs);
  assert.equal(again.code, 1);
  assert.ok(sentence(again.err).includes('pack.exists'));
  const bad = await place.run('pack', 'new', 'Ling-Tai', '--territory', '620822', '--packs', packs);
  assert.ok(sentence(bad.err).includes('pack.bad_name'));
}

async function planValues(place) {
  const world = await place.made('operator');
  const { code, out, err } = await world.run('plan', 'values', '--pack', 'pingliang', '--place', '620802', '--json');
  assert.equal(code, 0, err);
  const values = JSON.parse(out.split('\n').find((line) => line.startsWith('{"plan"')));
  assert.equal(values.place, '620802');
  assert.equal(values.items.filter(({ main }) => main).length, 7);
  const unknown = await world.run('plan', 'values', '--pack', 'nowhere', '--place', '620802');
  assert.equal(unknown.code, 1);
}

async function exportsTiles(place) {
  const world = await place.made('operator');
  const file = place.path('places.pmtiles');
  const { code, out, err } = await world.run('export', 'tiles', file);
  assert.equal(code, 0, err);
  assert.match(out, /Wrote [1-9]\d* map tiles/);
  const bytes = readFileSync(file);
  assert.equal(bytes.subarray(0, 7).toString(), 'PMTiles');
  const at = Number(bytes.readBigUInt64LE(24));
  const metadata = JSON.parse(bytes.subarray(at, at + Number(bytes.readBigUInt64LE(32))).toString());
  assert.ok(metadata.vector_layers.some(({ id }) => id === 'village'), JSON.stringify(metadata));
  // tiles.nothing_to_draw
  const nowhere = await world.run('export', 'tiles', file, '--place', '990101');
  assert.equal(nowhere.code, 1);
  assert.match(sentence(nowhere.err), /no areas of places/);
  const unwritable = await world.run('export', 'tiles', place.path('nowhere/places.pmtiles'));
  assert.equal(unwritable.code, 1);
  assert.match(sentence(unwritable.err), /Cannot write/);
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

// Before the first start too.
async function madeWhole(place) {
  const world = await place.made('operator');
  const { code, out } = await place.doctor(world);
  assert.equal(code, 0, out);
}

async function importedIsCounted(place) {
  const world = await place.served('operator');
  await world.halt();
  const folder = place.path('divisions');
  cpSync(join(root, 'tests/data/divisions'), folder, { recursive: true });
  appendFileSync(join(folder, 'villages.csv'), '620802001998,"新设社区居委会",620802001,62,6208,620802\n');
  await world.command('import', 'divisions', folder);
  const { code, out } = await place.doctor(world);
  assert.equal(code, 0, out);
}

export const scenarios = [
  { name: 'every command explains itself', engines: sqlite, test: helpExplains },
  { name: 'every command explains itself in Chinese', engines: sqlite, test: helpSpeaksChinese },
  { name: 'what import divisions --create has made is whole', engines: both, test: madeWhole },
  { name: 'places that a later import adds are counted', engines: both, test: importedIsCounted },
  { name: 'wrong usage is one clear line and exit code 2', engines: sqlite, test: wrongUsage },
  { name: 'a port in use is said', engines: sqlite, test: portInUse },
  { name: 'a data folder that is missing or cannot be written is said', engines: sqlite, test: noDataFolder },
  { name: 'settings that cannot be are said', engines: sqlite, test: badSettings },
  { name: 'a key that is away or cannot be read is said, and no new one made', engines: sqlite, test: keyAway },
  { name: 'a file that holds no places is said', engines: sqlite, test: notDivisions },
  { name: 'a demo without places or content is said', engines: sqlite, test: demoOnNothing },
  { name: 'plan list of no pack or a broken one is said', engines: sqlite, test: planOfNoPack },
  { name: 'a broken pack does not start, and its file and line are named', engines: sqlite, test: brokenPack },
  { name: 'pack check says what is wrong in every broken pack', engines: sqlite, test: packCheck },
  { name: 'pack check speaks Chinese to Chinese terminals', engines: sqlite, test: packCheckInChinese },
  { name: 'pack check runs the examples of packs', engines: sqlite, test: packExamples },
  { name: 'a new plan is made, checked and listed', engines: sqlite, test: newPlan },
  { name: 'a plan’s values are printed', engines: both, test: planValues },
  { name: 'areas of places are exported as vector tiles', engines: sqlite, test: exportsTiles },
  { name: 'SIGTERM lets requests end and exits 0', engines: both, test: endsWell },
];
