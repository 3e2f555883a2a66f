// Somebody writes into the database past the program.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { requests } from './cases.mjs';
import { both } from './place.mjs';

const kStatement = 'import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); print(d.execute(sys.argv[2]).rowcount); d.commit()';

function write(place, world, sql) {
  if (world.database) place.sql(sql, world.database);
  else assert.equal(execFileSync('python3', ['-c', kStatement, join(world.data, 'linli.db'), sql], { encoding: 'utf8' }).trim(), '1', sql);
}

async function auditTrail(place) {
  const world = await place.made('operator', 'planner');
  await world.command('migrate');
  assert.equal((await place.doctor(world)).code, 0);
  write(place, world, "UPDATE audit_entry SET action = 'nothing.done' WHERE id = (SELECT MIN(id) FROM audit_entry WHERE action = 'account.created')");
  const { code, out } = await place.doctor(world);
  assert.equal(code, 1, out);
  assert.match(out, /audit|trail/i);
}

async function auditEnd(place) {
  const world = await place.made('operator', 'planner');
  await world.command('migrate');
  assert.equal((await place.doctor(world)).code, 0);
  write(place, world, 'DELETE FROM audit_entry WHERE id = (SELECT MAX(id) FROM audit_entry)');
  const { code, out } = await place.doctor(world);
  assert.equal(code, 1, out);
  assert.match(out, /audit|trail/i);
}

async function sealedFields(place) {
  const world = await place.served('worker', 'dispatcher');
  const [request] = requests(1, world, { channel: 'counter', reporter: { name: '王秀英', phone: '13900000113' } });
  assert.equal((await world.call('dispatcher', 'POST', '/api/v1/cases', request)).status, 201);
  const person = { id: randomUUID(), place: world.facts.names.village, values: { name: '张桂兰', residence: 'registered_here', phone: '13812345678' } };
  const made = await world.call('worker', 'POST', '/api/v1/registers/person/records', person);
  assert.equal(made.status, 201, made.text);
  write(place, world, `UPDATE service_case SET contact = SUBSTR(contact, 1, 40) || 'AAAA' || SUBSTR(contact, 45) WHERE id = '${request.id}'`);
  write(place, world, `UPDATE reg_person SET phone = SUBSTR(phone, 1, 40) || 'AAAA' || SUBSTR(phone, 45) WHERE id = '${person.id}'`);
  for (const [who, path, body] of [
    ['dispatcher', `/api/v1/cases/${request.id}/reveal`, { reason: '回访' }],
    ['worker', `/api/v1/registers/person/records/${person.id}/reveal`, { field: 'phone', reason: '回访' }],
  ]) {
    const { status, text } = await world.call(who, 'POST', path, body);
    assert.ok(status >= 400, `${path}: ${text}`);
    assert.doesNotMatch(text, /13900000113|13812345678/);
  }
  assert.equal((await world.call('', 'GET', '/readyz')).status, 200);
  assert.equal((await world.call('dispatcher', 'GET', '/api/v1/cases')).status, 200);
}

async function anotherKey(place) {
  const world = await place.made('operator');
  await world.command('migrate');
  assert.equal((await place.doctor(world)).code, 0);
  const other = place.world('other');
  await other.make('operator');
  copyFileSync(join(other.data, 'key'), join(world.data, 'key'));
  const { code, out, err } = await place.doctor(world);
  assert.equal(code, 1, out + err);
}

export const scenarios = [
  { name: 'a changed audit trail is found', engines: both, test: auditTrail },
  { name: 'a shortened audit trail is found', engines: both, test: auditEnd },
  { name: 'a changed sealed field is not shown, and the rest goes on', engines: both, test: sealedFields },
  { name: 'the key of another installation is found', engines: ['sqlite'], test: anotherKey },
];
