// A copy is taken while people work, and put back elsewhere.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figuresSay, listed, requests, send } from './cases.mjs';
import { both, refused, sqlite } from './place.mjs';
import { root } from '../world.mjs';

async function copiedAndPutBack(place) {
  const world = await place.served('worker', 'dispatcher', 'planner');
  const streets = await world.run('import', 'osm', join(root, 'tests/data/osm/shanghai-centre.osm.gz'));
  assert.equal(streets.code, 0, streets.err);
  const reporter = { name: '王秀英', phone: '13900000113' };
  const burst = requests(80, world, { channel: 'counter', reporter });
  const copy = place.path('copy');
  const before = [];
  let copied;
  await send(world, 'dispatcher', burst, 6, ({ id }, answer) => {
    assert.equal(answer?.status, 201, answer?.text);
    if (!copied) before.push(id);
    if (before.length === 30) copied ??= world.run('backup', copy);
  });
  assert.equal((await copied).code, 0, (await copied).err);
  assert.ok(!existsSync(join(copy, 'key')), 'the key is in the copy');
  refused(await world.run('backup', copy), 'backup.exists');
  await world.halt();

  const other = place.world('other');
  const back = () => other.run('restore', copy, ...(other.database ? ['--database', other.database] : []));
  const keyless = await back();
  refused(keyless, 'file.missing');
  assert.match(keyless.err, /key/);

  mkdirSync(other.data, { mode: 0o700, recursive: true });
  copyFileSync(join(world.data, 'key'), join(other.data, 'key'));
  const restored = await back();
  assert.equal(restored.code, 0, restored.err);
  refused(await back(), 'backup.exists');

  await other.serve();
  const near = await other.call(null, 'GET', '/api/v1/circles/reach?lon=121.4737&lat=31.2304&minutes=5');
  assert.equal(near.body.has_map, true, near.text);
  const found = await listed(other, 'dispatcher');
  for (const id of before) assert.ok(found.has(id), 'a case from before the copy is not in it');
  assert.ok(found.size <= 80);
  await figuresSay(other, 'planner', found.size);
  const { status, body, text } = await other.call('dispatcher', 'POST', `/api/v1/cases/${before[0]}/reveal`, { reason: '回访' });
  assert.equal(status, 200, text);
  assert.deepEqual(body, reporter);
  // It goes on from there: no number is given twice.
  const [next] = requests(1, other);
  const made = await other.call('dispatcher', 'POST', '/api/v1/cases', next);
  assert.equal(made.status, 201, made.text);
  assert.ok([...found.values()].every(({ number }) => number !== made.body.number));
  await other.halt();
  const { code, out } = await place.doctor(other);
  assert.equal(code, 0, out);
}

// What cannot be copied whole is no copy: the operator is told why, and it cannot be put back.
async function notCopied(place) {
  const world = await place.made('operator');
  const database = join(world.data, 'linli.db');
  const [lost, broken] = [place.path('lost'), place.path('broken')];
  renameSync(database, place.path('linli.db'));
  const away = await world.run('backup', lost);
  refused(away, 'backup.failed');
  assert.match(away.err, /linli\.db: unable to open/);
  refused(await place.world('other').run('restore', lost), 'file.missing');

  writeFileSync(database, 'no database'.repeat(1000));
  const torn = await world.run('backup', broken);
  refused(torn, 'backup.failed');
  assert.match(torn.err, /not a database/);
}

export const scenarios = [
  { name: 'a copy taken while people work is put back elsewhere', engines: both, test: copiedAndPutBack },
  { name: 'what cannot be copied is said and cannot be put back', engines: sqlite, test: notCopied },
];
