// Power is cut between a change and what follows from it: reach follows all the same.
import assert from 'node:assert/strict';
import { both, eventually } from './place.mjs';

const kFigure = '/api/v1/measures/values?keys=pingliang_fitness_everyone&place=';

async function killedBeforeReachFollows(place) {
  const world = await place.served('worker', 'planner');
  const { village, county } = world.facts.names;
  const put = async (kind, values) => {
    const made = await world.call('worker', 'POST', `/api/v1/registers/${kind}/records`, { place: village, values });
    assert.equal(made.status, 201, made.text);
    return made.body;
  };
  const dwelling = await put('dwelling', { address: '北街1号', use: 'owner', point: { lon: 106.68, lat: 35.54 } });
  const household = await put('household', { head_name: '周建国', kind: 'family', dwelling: dwelling.id });
  await put('person', { name: '周建国', birth_date: '1960-05-01', residence: 'registered_here', household: household.id });
  const says = (value) =>
    eventually(async () => {
      for (const at of [village, county]) {
        const { body, text } = await world.call('planner', 'GET', kFigure + at);
        assert.equal(body.values[0].value, value, text);
      }
    }, 60);
  await says(0);
  let open = await put('facility', { name: '北街健身点', kind: 'fitness_point', in_service: true, point: { lon: 106.683, lat: 35.54 } });
  world.server.kill('SIGKILL');
  await world.ended;
  await world.serve();
  await says(100);
  for (const in_service of [false, true, false]) {
    const changed = await world.call('worker', 'PATCH', `/api/v1/registers/facility/records/${open.id}`, { version: open.version, values: { in_service } });
    assert.equal(changed.status, 200, changed.text);
    open = changed.body;
    world.server.kill('SIGKILL');
    await world.ended;
    await world.serve();
    await says(in_service ? 100 : 0);
  }
  await world.halt();
  const { code, out } = await place.doctor(world);
  assert.equal(code, 0, out);
}

export const scenarios = [{ name: 'killed before reach follows a change, it follows when it is back', engines: both, test: killedBeforeReachFollows }];
