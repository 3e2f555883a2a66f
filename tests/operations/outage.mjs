// The disk is full, the database goes away: the platform says so, lives, and works again.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requests } from './cases.mjs';
import { Skipped, eventually, postgres, sqlite } from './place.mjs';

async function fullDisk(place) {
  const disk = place.path('disk');
  mkdirSync(disk);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', disk]).status !== 0) throw new Skipped('mounting a small disk is not permitted');
  place.farewells.push(() => spawnSync('umount', ['-l', disk]));
  const world = place.world('', '', join(disk, 'data'));
  await world.make('dispatcher');
  await world.serve();
  await world.session('dispatcher');
  const { bavail, bsize } = statfsSync(disk);
  try {
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - 65536)));
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error; // the platform was writing meanwhile: as full as wanted
  }

  let refused;
  for (const request of requests(400, world)) {
    const answer = await world.call('dispatcher', 'POST', '/api/v1/cases', request);
    if (answer.status === 201) continue;
    refused = { request, answer };
    break;
  }
  assert.ok(refused, 'the disk never filled');
  assert.ok([500, 503].includes(refused.answer.status), refused.answer.text);
  assert.equal((await world.call('', 'GET', '/healthz')).status, 200);
  assert.equal((await world.call('dispatcher', 'GET', '/api/v1/cases')).status, 200);

  rmSync(join(disk, 'ballast'));
  const again = await eventually(async () => {
    const answer = await world.call('dispatcher', 'POST', '/api/v1/cases', refused.request);
    assert.equal(answer.status, 201, answer.text);
    return answer;
  });
  assert.equal(again.body.id, refused.request.id);
  await world.halt();
}

async function lostConnections(place) {
  const world = await place.served('dispatcher');
  await world.session('dispatcher');
  const cut = () => place.sql("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", world.database);
  for (const request of requests(20, world)) {
    if (Number(request.form.description.match(/\d+/)[0]) % 5 === 0) cut();
    await eventually(async () => {
      const answer = await world.call('dispatcher', 'POST', '/api/v1/cases', request);
      assert.equal(answer.status, 201, answer.text);
    }, 5);
  }
  assert.equal((await world.call('', 'GET', '/readyz')).status, 200);
  const { body } = await world.call('dispatcher', 'GET', `/api/v1/cases?place=${world.facts.names.quiet_village}&limit=100`);
  assert.equal(body.items.length, 20);
  await world.halt();
}

export const scenarios = [
  { name: 'a full disk is said, and forgotten when there is space', engines: sqlite, test: fullDisk },
  { name: 'connections that the database ends are made anew', engines: postgres, test: lostConnections },
];
