// Power is cut while residents report.
import assert from 'node:assert/strict';
import { figuresSay, listed, requests, send } from './cases.mjs';
import { both, eventually } from './place.mjs';

const kResident = 'resident 13900000101';

async function killedInABurst(place) {
  const world = await place.served('dispatcher', 'worker', 'planner', 'handler');
  // One case on its way when it happens: its notices are to be told once.
  const [first, ...burst] = requests(120, world);
  const told = await world.call(kResident, 'POST', '/api/v1/cases', first);
  assert.equal(told.status, 201, told.text);
  const given = await world.call('dispatcher', 'POST', `/api/v1/cases/${first.id}/assign`, { version: told.body.version, to: `housing@${world.facts.region}`, text: '请修' });
  assert.equal(given.status, 200, given.text);

  const numbers = new Map([[first.id, told.body.number]]);
  let version = given.body.version;
  let accepted;
  await send(world, kResident, burst, 12, async ({ id }, answer) => {
    if (answer?.status === 201) numbers.set(id, answer.body.number);
    else assert.equal(answer, null, answer?.text);
    if (numbers.size === 30) accepted = world.call('handler', 'POST', `/api/v1/cases/${first.id}/accept`, { version }).catch(() => null);
    if (numbers.size === 50) world.server.kill('SIGKILL');
  });
  await world.ended;
  await accepted;
  assert.ok(numbers.size >= 50 && numbers.size < 120, `${numbers.size} were acknowledged`);

  await world.serve();
  const kept = await listed(world, 'dispatcher');
  for (const [id, number] of numbers) assert.equal(kept.get(id)?.number, number, 'an acknowledged case is not there');

  await send(world, kResident, [first, ...burst], 12, ({ id }, answer) => {
    assert.equal(answer?.status, 201, answer?.text);
    if (numbers.has(id)) assert.equal(answer.body.number, numbers.get(id));
    numbers.set(id, answer.body.number);
  });
  assert.equal((await listed(world, 'dispatcher')).size, 120);
  assert.equal(new Set(numbers.values()).size, 120, 'a number was given twice');
  await figuresSay(world, 'planner', 120);

  const now = await world.call('handler', 'GET', `/api/v1/cases/${first.id}`);
  if (now.body.stage === 'assigned') {
    assert.equal((await world.call('handler', 'POST', `/api/v1/cases/${first.id}/accept`, { version: now.body.version })).status, 200);
  }
  version = (await world.call('handler', 'GET', `/api/v1/cases/${first.id}`)).body.version;
  const replied = await world.call('handler', 'POST', `/api/v1/cases/${first.id}/reply`, { version, text: '已修好', solved: true });
  assert.equal(replied.status, 200, replied.text);
  const notices = await eventually(async () => {
    const { body } = await world.call(kResident, 'GET', '/api/v1/notices?limit=100');
    assert.ok(body.items.some(({ title }) => title === '诉求已答复'), JSON.stringify(body));
    return body.items;
  });
  assert.deepEqual(notices.map(({ title }) => title).sort(), ['诉求已受理', '诉求已答复'].sort());

  await world.halt();
  const { code, out } = await place.doctor(world);
  assert.equal(code, 0, out);
}

export const scenarios = [{ name: 'killed in a burst of reports, nothing acknowledged is lost or doubled', engines: both, test: killedInABurst }];
