// The same thing at the same moment: once, and whoever came second is told.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { listed, requests } from './cases.mjs';
import { both } from './place.mjs';

const times = (count, act) => Promise.all(Array.from({ length: count }, (_, index) => act(index)));

async function onePlaceOneHand(place) {
  const world = await place.served('operator', 'dispatcher', 'planner');
  await world.command('user', 'create', '--name', 'second', '--password', world.facts.password, '--grant', `township_dispatcher@${world.facts.names.township}`);
  const [report] = requests(1, world, { channel: 'counter', reporter: { name: '王秀英', phone: '13900000114' } });
  delete report.id;
  await world.session('dispatcher');
  await world.session('second');

  // A phone that gets no answer sends again and again, under one key.
  const key = randomUUID();
  const sent = await times(8, () => world.call('dispatcher', 'POST', '/api/v1/cases', report, { 'idempotency-key': key }));
  const made = sent.filter(({ status }) => status === 201);
  assert.ok(made.length > 0);
  for (const { body } of made) assert.equal(body.number, made[0].body.number);
  for (const { status, body } of sent.filter((answer) => answer.status !== 201)) {
    assert.equal(status, 409);
    assert.equal(body.code, 'request.repeated');
  }
  const again = await world.call('dispatcher', 'POST', '/api/v1/cases', report, { 'idempotency-key': key });
  assert.equal(again.status, 201);
  assert.equal(again.text, made[0].text);
  assert.equal((await listed(world, 'dispatcher')).size, 1);

  // Two dispatchers send the same case to eight places: one is right, the others read who was first.
  const { id, version } = made[0].body;
  const departments = ['housing', 'water', 'ecology', 'transport'];
  const acted = await times(8, (index) =>
    world.call(index % 2 ? 'second' : 'dispatcher', 'POST', `/api/v1/cases/${id}/assign`, { version, to: `${departments[index >> 1]}@${world.facts.region}` }),
  );
  const first = acted.filter(({ status }) => status === 200);
  assert.equal(first.length, 1);
  for (const { status, body } of acted.filter((answer) => answer !== first[0])) {
    assert.equal(status, 409);
    assert.equal(body.code, 'record.changed_meanwhile');
  }
  const { body } = await world.call('second', 'GET', `/api/v1/cases/${id}`);
  assert.equal(body.version, version + 1);
  assert.equal(body.unit, first[0].body.unit);
  const assigned = body.events.filter(({ action }) => action === 'assign');
  assert.equal(assigned.length, 1);
  assert.match(assigned[0].actor_name, /^(dispatcher|second)$/);
}

export const scenarios = [{ name: 'of many who do the same at once one does it', engines: both, test: onePlaceOneHand }];
